"""Whether a draft says anything that its sources do not: read from the finished draft, not from how it was made.

Two questions: is every source true (the clause, the page, the form, the person, the count really say so), and is every
fact of a sentence (number, date, article, code, quoted words, name of an organisation) told by a source of its own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.drafting.kinds import Measure
from assistant.drafting.origins import Origins
from assistant.drafting.schema import UNCONFIRMED, UNKNOWN, Heading, Opinion, Sentence, Table
from assistant.reports.schema import Override, Report
from assistant.validity import chinese

_LEFT_OPEN = re.compile(f"{UNKNOWN}|{UNCONFIRMED}")
_NUMERAL = "[零〇一二三四五六七八九十百千万亿两\\d]"
_FACTS = (
    re.compile(r"《([^《》]{2,})》"),
    re.compile(r"(?<![0-9A-Za-z])([0-9A-Za-z]{15,})(?![0-9A-Za-z])"),
    re.compile(r"(\d{4}年\d{1,2}月(?:\d{1,2}日)?)|(\d{4}-\d{2}-\d{2})"),
    re.compile(rf"(第{_NUMERAL}+条(?:第\({_NUMERAL}+\)项|第{_NUMERAL}+款|第{_NUMERAL}+项)*)"),
    re.compile(r"([一二三四五六七八九十百千万两]+(?:家|次|项|名|份|人|亿?万?元|个|年|日))"),
)
_QUOTED = re.compile("“([^“”]{2,})”")
_MARKS = str.maketrans("", "", "“”‘’\"'")
_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?:%|[万亿]?元)?")
_ORGANISATION = re.compile("公司|大学|学院|研究院|研究所|协会|学会|商会|合作社|事务所|银行|集团|委员会|发展和改革局")
_BREAK = re.compile(r"[\s,.;:、。()“”‘’《》\[\]]")


def unfounded(
    opinion: Opinion,
    measure: Measure,
    *,
    reports: Sequence[Report] = (),
    overrides: Sequence[Override] = (),
    form: Mapping[str, Any] | None = None,
) -> tuple[str, ...]:
    """One sentence for each fact of the draft that nothing says, and each source that is not true; () for a sound
    draft."""
    origins = Origins(measure, tuple(reports), tuple(overrides), form or {})
    faults: list[str] = []
    for sentence in sentences(opinion):
        faults += [
            f"“{sentence.text[:40]}”的出处“{source.label}”与原件不符。"
            for source in sentence.sources
            if not origins.true(source)
        ]
        faults += unbacked(sentence)
    everything = _plain("\n".join(origins.words()))
    for text in _outside(opinion):
        faults += [f"“{text[:40]}”中的“{fact}”没有出处。" for fact in untold(text, everything)]
    return tuple(faults)


def unbacked(sentence: Sentence) -> list[str]:
    """One sentence for each fact that no source of `sentence` tells."""
    own = _plain("\n".join(f"{source.label}\n{source.quote}" for source in sentence.sources))
    return [f"“{sentence.text[:40]}”中的“{fact}”没有出处。" for fact in untold(sentence.text, own)]


def sentences(opinion: Opinion) -> Iterator[Sentence]:
    """Every sentence of the draft, those of its tables included."""
    for block in opinion.blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        elif not isinstance(block, Heading):
            yield from block.sentences


def untold(text: str, told: str) -> list[str]:
    """The facts of `text` that `told`, in the form of `_plain`, does not tell."""
    left = _plain(_LEFT_OPEN.sub(" ", text))
    found = list(_organisations(left, told))
    for pattern in _FACTS:
        for match in pattern.finditer(left):
            fact = next(group for group in match.groups() if group).rstrip(".")
            found += [] if fact in told else [fact]
    numbers = {match.group().rstrip(",") for match in _NUMBER.finditer(left)}
    bare = told.translate(_MARKS)
    quoted = (match.group(1).rstrip(".").translate(_MARKS) for match in _QUOTED.finditer(left))
    found += [each for each in quoted if each not in bare]
    return found + [each for each in sorted(numbers) if not re.search(rf"(?<![\d.]){re.escape(each)}(?!\d)", told)]


def _organisations(text: str, told: str) -> Iterator[str]:
    """Names that are not in `told` as a whole: the longest stretch of each that is there must begin where words begin
    there too, so that a name with another first character is not taken for the known one."""
    for match in _ORGANISATION.finditer(text):
        end = match.end()
        start = next((at + 1 for at in range(end - 1, -1, -1) if _BREAK.match(text[at])), 0)
        longest = next((text[at:end] for at in range(start, match.start() + 1) if text[at:end] in told), "")
        if not longest or not _begins(longest, told):
            yield text[start:end]


def _begins(name: str, told: str) -> bool:
    at = told.find(name)
    while at >= 0:
        if at == 0 or _BREAK.match(told[at - 1]):
            return True
        at = told.find(name, at + 1)
    return False


def _outside(opinion: Opinion) -> Iterator[str]:
    """What the draft says outside its sentences."""
    yield from (opinion.title, opinion.addressee, opinion.agency, opinion.signer, opinion.approver, opinion.note)
    yield from (opinion.number, opinion.copies, opinion.printer, *opinion.attachments)
    yield from (block.text for block in opinion.blocks if isinstance(block, Heading))
    yield from (name for block in opinion.blocks if isinstance(block, Table) for name in block.header)
    if opinion.day:
        yield chinese(opinion.day)


def _plain(text: str) -> str:
    """One form for widths; line breaks stay, other space goes."""
    return re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", text))
