"""Explicit references to clauses, in every way people write them, looked up and never searched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.normalize import tidy
from ingest.numerals import to_int
from ingest.schema import Clause

_NUMBER = r"[0-9零〇一二两三四五六七八九十百千廿]+"
_GAP = r"\s*"
_LEVEL = rf"\(?{_GAP}({_NUMBER}){_GAP}\)?"
_REFERENCE = re.compile(
    rf"(?P<mark>第)?{_GAP}(?P<article>{_NUMBER}){_GAP}条{_GAP}(?:之{_GAP}(?P<suffix>{_NUMBER}))?"
    rf"(?:{_GAP}(?:第{_GAP})?(?P<paragraph>{_NUMBER}){_GAP}款)?"
    rf"(?:{_GAP}的?{_GAP}(?:第{_GAP}(?P<item>\({_GAP}{_NUMBER}{_GAP}\)|{_NUMBER}){_GAP}(?:项|个?条件|小项|点)"
    rf"|(?P<item2>\({_GAP}{_NUMBER}{_GAP}\)){_GAP}项?|(?P<item3>{_NUMBER}){_GAP}项))?"
    rf"(?:{_GAP}第?{_GAP}(?P<subitem>{_NUMBER}){_GAP}目)?"
    r"|(?:article|clause|art\\.?)\s*(?P<english>[0-9]+)(?:\s*\(\s*(?P<englishitem>[0-9]+)\s*\))?"
    rf"|(?<![0-9.])(?P<bare>{_NUMBER}){_GAP}\({_GAP}(?P<bareitem>{_NUMBER}){_GAP}\)(?:{_GAP}项)?"
    r"|(?<![0-9.])(?P<dotted>[0-9]{1,3})\.(?P<dotteditem>[0-9]{1,2})(?![0-9.%万亿元个月年])"
)
_ITEM_ALONE = re.compile(
    rf"第{_GAP}(?:\({_GAP})?(?P<item>{_NUMBER})(?:{_GAP}\))?{_GAP}(?:项|小项|个条件)|^\({_GAP}(?P<item2>{_NUMBER}){_GAP}\)"
)
_CHAPTER = re.compile(rf"第{_GAP}(?P<chapter>{_NUMBER}){_GAP}章")
_COUNTED = re.compile(r"(?:[有共计哪几这那每多]|总共|一共|全文)$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a policy as somebody wrote it; `article` is None for an item or a chapter named alone.

    `certain` is false for 7.3 and 七(三), which may be something else when no such clause exists.
    """

    article: int | None = None
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    chapter: int | None = None
    certain: bool = True

    @property
    def label(self) -> str:
        """The reference in words, for a sentence that says it was not found."""
        if self.chapter is not None:
            return f"第{self.chapter}章"
        parts = [f"第{self.article}条" if self.article is not None else ""]
        parts.append(f"之{self.suffix}" if self.suffix else "")
        parts.append(f"第{self.paragraph}款" if self.paragraph else "")
        parts.append(f"第({self.item})项" if self.item else "")
        parts.append(f"第{self.subitem}目" if self.subitem else "")
        return "".join(parts)


def references(question: str) -> tuple[Reference, ...]:
    """Every clause named in `question`, in order; a count (共20条) or an idiom (一条龙) is none."""
    text = tidy(question)
    placed = [(m.start(), m.end(), r) for m in _REFERENCE.finditer(text) if (r := _read(m, text[: m.start()].rstrip()))]
    for m in _ITEM_ALONE.finditer(text):
        number = _int(m["item"] or m["item2"])
        if number and not any(start <= m.start() < end for start, end, _ in placed):
            placed.append((m.start(), m.end(), Reference(item=number)))
    chapters = [Reference(chapter=n) for m in _CHAPTER.finditer(text) if (n := _int(m["chapter"]))]
    found: list[Reference] = []
    for _, _, reference in sorted(placed, key=lambda row: row[0]):
        if reference.article is None and found and found[-1].article is not None:
            reference = replace(reference, article=found[-1].article, suffix=found[-1].suffix)
        found.append(reference)
    return tuple(dict.fromkeys([*found, *chapters]))


def _read(m: re.Match[str], before: str) -> Reference | None:
    if m["article"]:
        number = _int(m["article"])
        item = _int(m["item"] or m["item2"] or m["item3"])
        counted = not m["mark"] and not (item or m["paragraph"])
        if not number or (counted and (number < 2 or _COUNTED.search(before))):
            return None
        return Reference(number, _int(m["suffix"]), _int(m["paragraph"]), item, _int(m["subitem"]))
    if m["english"]:
        return Reference(_int(m["english"]), item=_int(m["englishitem"]))
    number = _int(m["bare"] or m["dotted"])
    return Reference(number, item=_int(m["bareitem"] or m["dotteditem"]), certain=False) if number else None


def resolve(reference: Reference, clauses: Sequence[Clause]) -> Clause | None:
    """The clause of one policy that `reference` names; None if the policy has none such.

    A 款 or 项 that is not there does not fall back to its article: the caller says that it does not exist.
    """
    if reference.chapter is not None:
        chapters = [c for c in clauses if c.kind == "chapter"]
        return chapters[reference.chapter - 1] if 0 < reference.chapter <= len(chapters) else None
    own = [c for c in clauses if c.article == reference.article and c.suffix == reference.suffix]
    wanted = (reference.paragraph, reference.item, reference.subitem)
    for clause in own:
        if wanted == (None, None, None):
            if clause.kind == "article":
                return clause
        elif (clause.paragraph if reference.paragraph else None, clause.item, clause.subitem) == wanted and (
            clause.kind != "article"
        ):
            return clause
    if reference.paragraph == 1 and reference.item is None:
        return next((c for c in own if c.kind == "article"), None)
    return None


def _int(text: str | None) -> int | None:
    """The number written, brackets allowed; None for none, or for one that is no number (十千)."""
    if text is None:
        return None
    try:
        return to_int(text.strip("() "))
    except ValueError:
        return None
