"""The headers and footers that a Word document prints."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ingest.readers.word_body import Body
from ingest.readers.word_package import Package, R, W, switched

_NUMBER = re.compile(r"[\s\d第页共/\-—–―·.~|()ivxIVX]*|(?:page|of|[\s\d/])*", re.IGNORECASE)


def margins(package: Package, root: Any, body: Callable[[str], Body]) -> tuple[str, ...]:
    """Each paragraph or row of the headers and footers once; page numbers are left out."""
    lines: dict[str, None] = {}
    for part, tree in printed(package, root):
        reader = body(part)
        reader.read(tree, (255, 255, 255))
        lines |= dict.fromkeys(line.text for line in reader.lines if not _NUMBER.fullmatch(line.text))
    return tuple(lines)


def printed(package: Package, root: Any) -> Iterator[tuple[str, Any]]:
    """The parts of the headers and footers that the sections of the document use, each once with its tree."""
    relations = package.relations(package.main)
    settings = package.related("settings")
    evens = bool(switched(settings, "evenAndOddHeaders"))
    done: set[str] = set()
    for section in root.iter(W + "sectPr"):
        if section.getparent().tag == W + "sectPrChange":
            continue
        firsts = bool(switched(section, "titlePg"))
        for reference in section.iterchildren(W + "headerReference", W + "footerReference"):
            kind = reference.get(W + "type")
            relation = relations.get(reference.get(R + "id") or "")
            unused = (kind == "first" and not firsts) or (kind == "even" and not evens)
            if unused or relation is None or relation.outside or relation.target in done:
                continue
            done.add(relation.target)
            tree = package.tree(relation.target)
            if tree is not None:
                yield relation.target, tree
