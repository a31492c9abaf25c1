"""A policy text as a tree of clauses: 编, 章, 节, 条, 款, 项 and 目, and what stands around them.

- `text == source[start:end]`. Containers come before their content and span it; every character of the source that
  is not white space belongs to exactly one leaf.
- A chapter is a container (`c2`); its heading is the leaf `c2h` of kind title, and so for parts and sections.
- An article of one paragraph is itself the leaf. One with a list has its lead sentence in `7p1` (kind paragraph,
  label 第七条, paragraph None) and its items in `7.1`. With more than one 款 the ids are `7p1`, `7p2`, `7p2.1`, and the
  lead of a 款 with a list is `7p2h`; the words of an item that has subitems are `7.1h`.
- `part`, `chapter` and `section` hold the labels (第二章 申报认定), `parent` an id.
- Article numbers that begin again get a prefix: `part2:1`, in annexes `a1:3`, elsewhere `t2:1`. A number that the
  source gives twice is told apart by `~2`.
- A text without any 第X条 takes 一、 (or (一), or 1., whichever comes first) for its articles; their label is the
  marker as written (一), that of an item 一(二). Where there is none of these either, paragraphs are `p1`, `p2`, ...
- Markdown headings without numbers are chapters, then sections, then articles without a number (`c2s1x1`). In a text
  with 第X条 a line like 一、合同的订立 before an article is a chapter.
- What stands before the body is `title`, `notice` (issuing notice, dates, preamble) or `contents`, each run of it one
  leaf; a second run is `notice2`. Behind it come `signature`, `annex` (`annex2` for 附件2) and `note`.
"""

from ingest.body import add_body
from ingest.headings import split
from ingest.schema import Clause
from ingest.tree import Node, Tree
from ingest.zones import Zone, zones

_LABELS = {"title": "标题", "contents": "目录", "signature": "落款", "note": "说明"}


def parse(source: str, policy: str) -> tuple[Clause, ...]:
    """The clauses of `source` in document order. Any text is accepted; an empty one has none."""
    tree = Tree(source, policy)
    annex: Node | None = None
    found = zones(source, split(source))
    for zone, behind in zip(found, [*found[1:], None][: len(found)], strict=True):
        span = (zone.pieces[0].start, zone.pieces[-1].end)
        if zone.kind == "body":
            number = zone.number or zone.annex
            add_body(tree, zone.pieces, f"a{number}:" if zone.annex else "", annex if zone.annex else None)
        elif zone.kind == "annex":
            label = f"附件{zone.number or ''}"
            holds = behind is not None and behind.kind == "body"
            annex = tree.add("annex", f"annex{zone.number or ''}", label, span, leaf=not holds)
            if holds:
                tree.add("title", f"{annex.clause.id}h", label, span, annex)
        else:
            tree.add(zone.kind, zone.kind, _LABELS.get(zone.kind) or _notice_label(source, zone), span)
    return tree.clauses()


def _notice_label(source: str, zone: Zone) -> str:
    """印发通知, 题注 (adopted on, amended on) or 前言."""
    text = source[zone.pieces[0].start : min(zone.pieces[-1].end, zone.pieces[0].start + 600)]
    if "通知" in text or "印发" in text:
        return "印发通知"
    return "题注" if "通过" in text or "公布" in text or "修正" in text or "发布" in text else "前言"
