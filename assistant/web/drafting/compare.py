"""Two versions of a draft side by side, paragraph by paragraph, with the words that went and came marked."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from markupsafe import Markup

from assistant.drafting.changes import changed_words
from assistant.drafting.official_imprint import imprint_parts
from assistant.drafting.official_parts import Part, official_parts
from assistant.drafting.schema import Opinion, Table
from assistant.drafting.versions import Version
from assistant.reports.words import moment


def texts(opinion: Opinion) -> tuple[str, ...]:
    """Everything that stands on paper, paragraph by paragraph and cell by cell, in the order of reading."""
    return tuple(_texts(opinion))


def compared(versions: Sequence[Version], pair: tuple[int, int] | None) -> Markup:
    """The pair of versions, the older one on the left; empty without a pair, or where one of them is not there."""
    numbers = {each.number: each for each in versions}
    found = [numbers[each] for each in sorted(pair or ()) if each in numbers]
    if len(found) != 2:
        return Markup("")
    old, new = found
    rows = Markup("").join(_row(*texts) for texts in _pairs(texts(old.opinion), texts(new.opinion)))
    return Markup(
        '<div class="compared" role="region" aria-label="两版对照" tabindex="0">'
        '<table><thead><tr><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div>'
    ).format(_head(old), _head(new), rows or Markup('<tr><td colspan="2">两版文字相同。</td></tr>'))


def _texts(opinion: Opinion) -> Iterator[str]:
    for part in official_parts(opinion):
        match part:
            case Part():
                yield part.text.replace("\n", "")
            case Table(header, rows):
                yield from header
                yield from (cell.text for row in rows for cell in row)
            case imprint:
                yield from (each.text for each in imprint_parts(imprint))


def _head(version: Version) -> str:
    return f"第{version.number}版 {version.person} {moment(version.at)}"


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What became what; the same words only where something beside them changed, so that the place can be told."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, a, b, c, d in steps:
        if kind != "equal":
            yield from zip_longest(old[a:b], new[c:d], fillvalue="")
        elif len(steps) > 1:
            around = [old[a]] if a else []
            around += [old[b - 1]] if b < len(old) and b - 1 > a else []
            yield from ((each, each) for each in around)


def _row(old: str, new: str) -> Markup:
    changes = changed_words(old, new)
    left = Markup("").join(
        Markup("<del>{}</del>" if each.kind == "deleted" else "{}").format(each.text)
        for each in changes
        if each.kind != "inserted"
    )
    right = Markup("").join(
        Markup("<ins>{}</ins>" if each.kind == "inserted" else "{}").format(each.text)
        for each in changes
        if each.kind != "deleted"
    )
    same = Markup(' class="same"') if old == new else Markup("")
    return Markup("<tr{}><td>{}</td><td>{}</td></tr>").format(same, left, right)
