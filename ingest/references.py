"""Explicit references to clauses, in every way people write them, looked up and never searched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.normalize import tidy
from ingest.numerals import to_int
from ingest.schema import Clause

_NUMBER = r"[0-9零〇一二两三四五六七八九十百千廿]+"
_GAP = r"\s*"
_LEVEL = rf"\({_GAP}{_NUMBER}{_GAP}\)|{_NUMBER}"
_REFERENCE = re.compile(
    rf"(?P<mark>第)?{_GAP}(?P<article>{_NUMBER}){_GAP}条{_GAP}(?:之{_GAP}(?P<suffix>{_NUMBER}))?"
    rf"(?:{_GAP}(?:第{_GAP})?(?P<paragraph>{_NUMBER}){_GAP}款)?"
    rf"(?:{_GAP}的?{_GAP}(?:第{_GAP}(?P<item>\({_GAP}{_NUMBER}{_GAP}\)|{_NUMBER}){_GAP}(?:项|个?条件|小项|点)"
    rf"|(?P<item2>\({_GAP}{_NUMBER}{_GAP}\)){_GAP}项?|(?P<item3>{_NUMBER}){_GAP}项))?"
    rf"(?:{_GAP}第?{_GAP}(?P<subitem>{_NUMBER}){_GAP}目)?"
    r"|(?:article|clause|art\.?)\s*(?P<english>[0-9]+)(?:\s*\(\s*(?P<englishitem>[0-9]+)\s*\))?"
    rf"|(?<![0-9.])(?P<bare>{_NUMBER}){_GAP}\({_GAP}(?P<bareitem>{_NUMBER}){_GAP}\)(?:{_GAP}项)?"
    r"|(?<![0-9.])(?P<dotted>[0-9]{1,3})\.(?P<dotteditem>[0-9]{1,2})(?![0-9.%万亿元个月年])"
)
_ITEM_ALONE = re.compile(
    rf"第{_GAP}(?:\({_GAP})?(?P<item>{_NUMBER})(?:{_GAP}\))?{_GAP}(?:项|小项|个条件)|^\({_GAP}(?P<item2>{_NUMBER}){_GAP}\)"
)
_CHAPTER = re.compile(rf"第{_GAP}(?P<chapter>{_NUMBER}){_GAP}章")
_JOINT = rf"{_GAP}[、,和及与]{_GAP}"
_LIST = re.compile(rf"第{_GAP}((?:{_LEVEL})(?:{_JOINT}第?{_GAP}(?:{_LEVEL}))+){_GAP}(?P<unit>条|项)")
_RANGE = re.compile(
    rf"第{_GAP}(?P<first>{_LEVEL}){_GAP}(?P<unit>条|项)?{_GAP}(?:到|至|-|~){_GAP}第?{_GAP}(?P<last>{_LEVEL}){_GAP}(?P<until>条|项)"
)
_WIDEST = 20  # clauses of a range that are looked up
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
    text = _spelt_out(tidy(question))
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


def _spelt_out(text: str) -> str:
    """Lists and ranges written in full: 第3、4项 → 第3项、第4项; 第七条到第九条 → 第7条、第8条、第9条."""

    def joined(numbers: Sequence[int], unit: str) -> str:
        return "、".join(f"第{number}{unit}" for number in numbers)

    def listed(m: re.Match[str]) -> str:
        numbers = [n for part in re.split(_JOINT, m[1]) if (n := _int(part.strip("第 ")))]
        return joined(numbers, m["unit"])

    def ranged(m: re.Match[str]) -> str:
        first, last = _int(m["first"]), _int(m["last"])
        if not first or not last or not first <= last < first + _WIDEST or (m["unit"] or m["until"]) != m["until"]:
            return m[0]
        return joined(range(first, last + 1), m["until"])

    return _LIST.sub(listed, _RANGE.sub(ranged, text))


def _read(m: re.Match[str], before: str) -> Reference | None:
    if m["article"]:
        number = _int(m["article"])
        item = _int(m["item"] or m["item2"] or m["item3"])
        counted = not m["mark"] and not (item or m["paragraph"])
        if not number or (counted and (number < 2 or _COUNTED.search(before))):
            return None
        return Reference(number, _int(m["suffix"]), _int(m["paragraph"]), item, _int(m["subitem"]))
    if m["english"]:
        number = _int(m["english"])
        return Reference(number, item=_int(m["englishitem"])) if number else None
    number, item = _int(m["bare"] or m["dotted"]), _int(m["bareitem"] or m["dotteditem"])
    return Reference(number, item=item, certain=False) if number and item else None


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
    """The number written, brackets allowed; None for none, for zero, and for one that is no number (十千)."""
    if text is None:
        return None
    try:
        return to_int(text.strip("() ")) or None
    except ValueError:
        return None
