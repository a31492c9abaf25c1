"""An opinion as the parts of a document of office, in order: what the Word file and the preview are both made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.drafting.official_styles import CHARACTERS, KAITI, STYLES, TEXT_MM, Role
from assistant.drafting.official_title import title_lines, width
from assistant.drafting.schema import UNKNOWN, Heading, Opinion, Paragraph, Sentence, Source, Table
from ingest.errors import AssistantError
from ingest.numerals import to_chinese

_DOUBT = re.compile("×{2,}|【待核实】")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SEAL_LINES = 3


class LayoutError(AssistantError):
    """An opinion cannot be set: it holds a character that no Word file may hold, or widths that fit no table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words set alike, with the sources that become their comment; `font` where it is not the role's."""

    text: str
    sources: tuple[Source, ...] = ()
    font: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph. None leaves `points`, `before`, `first`, `left`, `right` (units: `Style`) as the role's style has
    them. A line break in a piece is one on paper; a tab stands before 签发人 alone."""

    role: Role
    pieces: tuple[Piece, ...]
    points: float | None = None
    before: float | None = None
    first: float | None = None
    left: float | None = None
    right: float | None = None
    keep: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记, at the foot of the last page (7.4): 抄送, 印发机关 and the day of printing; empty ones are left out."""

    copies: str
    printer: str
    day: str


def official_parts(opinion: Opinion) -> tuple[Part | Table | Imprint, ...]:
    """Everything on paper but page numbers and the mark of a draft. Raises LayoutError."""
    _check(opinion)
    return (*_head(opinion), *_blocks(opinion), *_end(opinion))


def doubts(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in pieces; True for what is unknown or unconfirmed and stands highlighted."""
    at = 0
    for match in _DOUBT.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match.group(), True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def official_date(day: date | None) -> str:
    """7.3.5.4: Arabic numerals, the year in full, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日" if day else f"{UNKNOWN * 2}年{UNKNOWN}月{UNKNOWN}日"


def _head(opinion: Opinion) -> Iterator[Part]:
    headed = bool(opinion.agency or opinion.number)
    if opinion.agency:
        room = TEXT_MM[0] / 25.4 * 72 / max(width(opinion.agency), 1)
        # As large as the line takes, between 2号 and 初号; longer names wrap.
        points = min(42.0, max(22.0, int(room * 2) / 2 - 0.5))
        yield Part("agency", (Piece(opinion.agency),), points=points)
    if headed and opinion.approver:
        # 7.2.6: the name in 楷体.
        yield Part("number_up", (Piece(f"{opinion.number}\t签发人："), Piece(opinion.approver, font=KAITI)))
    elif headed:
        yield Part("number", (Piece(opinion.number),), before=None if opinion.agency else 0)
    lines = "\n".join(title_lines(opinion.title.strip()))
    yield Part("title", (Piece(lines),), before=None if headed else 0)
    if opinion.addressee:
        yield Part("addressee", (Piece(opinion.addressee.rstrip(":：") + "："),))


def _blocks(opinion: Opinion) -> Iterator[Part | Table]:
    counts = [0, 0, 0, 0]
    for n, block in enumerate(opinion.blocks):
        last = n == len(opinion.blocks) - 1 and not opinion.attachments
        # Without 主送机关 the line below the title is free all the same (7.3.2).
        before = 1 if n == 0 and not opinion.addressee else None
        match block:
            case Heading(level, text):
                counts[level - 1 :] = [counts[level - 1] + 1, *[0] * (4 - level)]
                role: tuple[Role, ...] = ("heading1", "heading2", "heading3", "heading4")
                yield Part(role[level - 1], (Piece(_numbered(level, counts[level - 1]) + text),), before=before)
            case Paragraph(sentences):
                # The last lines go with the signature, which never stands on a page alone (7.3.5.5).
                yield Part("body", tuple(Piece(s.text, s.sources) for s in sentences), keep=last, before=before)
            case Table():
                yield block


def _numbered(level: int, count: int) -> str:
    """7.3.3: 一、 (一) 1. (1) with full-width brackets."""
    return (f"{to_chinese(count)}、", f"（{to_chinese(count)}）", f"{count}.", f"（{count}）")[level - 1]


def _end(opinion: Opinion) -> Iterator[Part | Imprint]:
    several = len(opinion.attachments) > 1
    for n, name in enumerate(opinion.attachments):
        number = f"{n + 1}." if several else ""
        hang = width(number) + (0 if n else 3)
        text = ("" if n else "附件：") + number + name
        last = n == len(opinion.attachments) - 1
        place = {"left": 5 + width(number), "first": -hang, "before": 0 if n else 1}
        yield Part("attachment", (Piece(text),), keep=last, **place)
    day = official_date(opinion.day)
    name_width, day_width = min(width(opinion.signer), CHARACTERS), width(day)
    # 7.3.5.1: the date four characters from the right, the name centred over it; a longer name moves the date in.
    right = max(STYLES["date"].right + (day_width - name_width) / 2, 0)
    if opinion.signer:
        long = width(opinion.signer) > CHARACTERS
        yield Part("signature", (Piece(opinion.signer),), before=_SEAL_LINES, right=right, left=4 if long else None)
    over = STYLES["date"].right if name_width >= CHARACTERS else right + (name_width - day_width) / 2
    top = 0 if opinion.signer else _SEAL_LINES
    yield Part("date", (Piece(day),), before=top, right=max(over, 4), keep=bool(opinion.note))
    if opinion.note:
        yield Part("note", (Piece(f"（{opinion.note}）"),))
    if opinion.copies or opinion.printer:
        yield Imprint(opinion.copies, opinion.printer, official_date(opinion.day))


def _check(opinion: Opinion) -> None:
    fields = {
        "发文机关": opinion.agency,
        "发文字号": opinion.number,
        "标题": opinion.title,
        "主送机关": opinion.addressee,
        "署名": opinion.signer,
        "抄送": opinion.copies,
        "印发机关": opinion.printer,
        "附注": opinion.note,
        "签发人": opinion.approver,
        "附件": "".join(opinion.attachments),
        "正文": "".join(_texts(opinion)),
    }
    for field, text in fields.items():
        if found := _FORBIDDEN.search(text):
            raise LayoutError(f"{field}中有 Word 不能保存的字符(U+{ord(found.group()):04X}),请删去后重试。")
    if not opinion.title.strip():
        raise LayoutError("公文没有标题,请写明标题后重试。")


def _texts(opinion: Opinion) -> Iterator[str]:
    """Every text of the blocks and of their sources."""
    for block in opinion.blocks:
        match block:
            case Heading(_, text):
                yield text
            case Paragraph(sentences):
                yield from _said(sentences)
            case Table(header, rows, widths):
                if widths and (len(widths) != len(header) or min(widths) <= 0):
                    raise LayoutError(f"表格有 {len(header)} 列,列宽却给了 {len(widths)} 个,请改正后重试。")
                yield from header
                for row in rows:
                    if len(row) != len(header):
                        raise LayoutError(f"表格有 {len(header)} 列,其中一行却有 {len(row)} 格,请改正后重试。")
                    yield from _said(row)


def _said(sentences: tuple[Sentence, ...]) -> Iterator[str]:
    for sentence in sentences:
        yield sentence.text
        for source in sentence.sources:
            yield source.label
            yield source.quote
