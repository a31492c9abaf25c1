"""The preview: an opinion as it will stand on paper, made of the same parts as the Word file."""

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from markupsafe import Markup

from assistant.drafting.official_imprint import imprint_parts
from assistant.drafting.official_parts import Imprint, Part
from assistant.drafting.official_styles import STYLES
from assistant.drafting.schema import MARK, Heading, Opinion, Paragraph, Sentence, Source, SourceKind, Table
from assistant.web.drafting.lines import Line, Run, lines
from assistant.web.drafting.pages import Row, Sheet, Slice, pages, pitch
from assistant.web.drafting.revision import by_person

SOURCES: Mapping[SourceKind, str] = {
    "clause": "条款",
    "file": "材料",
    "report": "预审报告",
    "form": "表单",
    "person": "人工修改",
    "counted": "程序推算",
    "fixed": "公文格式",
}
NONE = Markup('<p class="none">选好预审报告和文种后,这里按成文的样子显示。</p>')


def paper(opinion: Opinion, *, version: str = "", flagged: Collection[str] = (), changeable: bool = True) -> Markup:
    """All pages. `version` tells the browser what it shows; a sentence of which `flagged` holds the text is marked as
    not in the report; `changeable`: its paragraphs can be edited. Raises LayoutError for what cannot be set."""
    sheets = pages(opinion)
    shown = _Shown(opinion, flagged, changeable)
    made = Markup("").join(
        _sheet(sheet, number, len(sheets), shown, draft=opinion.signed is None) for number, sheet in enumerate(sheets)
    )
    return Markup(
        '<div class="sheets" data-version="{}" role="group" aria-label="{},共{}页">{}</div><div hidden>{}</div>'
    ).format(version, opinion.title, len(sheets), made, shown.told())


class _Shown:
    """What is known of the sentences while they are shown: sources that several share are told once."""

    def __init__(self, opinion: Opinion, flagged: Collection[str], changeable: bool) -> None:
        self._blocks = opinion.blocks
        self._flagged = flagged
        self._numbers: dict[tuple[Source, ...], int] = {}
        self.changeable = changeable

    def sentence(self, place: str, sentence: Sentence | None, text: Markup, *, begins: bool) -> Markup:
        """Words of a sentence; only where it `begins` can it be reached by keyboard."""
        if sentence is None:
            return text
        number = self._numbers.setdefault(sentence.sources, len(self._numbers))
        names = ["said"]
        if by_person(sentence):
            names.append("by-person")
        if sentence.text in self._flagged:
            names.append("unfounded")
        reach = Markup(' tabindex="0" role="button" aria-haspopup="dialog"') if begins else Markup("")
        return Markup(
            '<span class="{}" data-said="{}" data-sources="{}" aria-describedby="sources-{}"{}>{}</span>'
        ).format(" ".join(names), place, number, number, reach, text)

    def said(self, block: int | None, *at: int) -> Sentence | None:
        """The sentence at a place of a block: its number, or row and column."""
        held = self._blocks[block] if block is not None else None
        match held:
            case Paragraph(sentences):
                return sentences[at[0]]
            case Table(_, rows):
                return rows[at[0]][at[1]]
            case _:
                return None

    def heading(self, block: int | None) -> bool:
        return block is not None and isinstance(self._blocks[block], Heading)

    def told(self) -> Markup:
        return Markup("").join(
            Markup('<ul id="sources-{}">{}</ul>').format(number, _sources(sources))
            for sources, number in self._numbers.items()
        )


def _sources(sources: tuple[Source, ...]) -> Markup:
    return Markup("").join(
        Markup('<li><b class="kind">{}</b> <span>{}</span>{}</li>').format(
            SOURCES[each.kind], each.label, Markup("<q>{}</q>").format(each.quote) if each.quote else ""
        )
        for each in sources
    )


def _sheet(sheet: Sheet, number: int, count: int, shown: _Shown, *, draft: bool) -> Markup:
    side = "odd" if number % 2 == 0 else "even"
    mark = Markup('<div class="sheet-mark">{}</div>').format(MARK) if draft else Markup("")
    body = Markup("").join(_slice(held, shown) for held in sheet)
    return Markup(
        '<section class="sheet" aria-label="第{}页,共{}页">{}<div class="sheet-text">{}</div>'
        '<div class="sheet-number {}">— {} —</div></section>'
    ).format(number + 1, count, mark, body, side, number + 1)


def _slice(held: Slice, shown: _Shown) -> Markup:
    match held.part:
        case Part():
            return _part(held, held.part, shown)
        case Table():
            return _table(held, held.part, shown)
        case Imprint():
            told = Markup("").join(
                Markup('<p class="{}">{}</p>').format(
                    each.role,
                    Markup("").join(
                        Markup('<span class="line">{}</span>').format(_words(line)) for line in lines(each)
                    ),
                )
                for each in imprint_parts(held.part)
            )
            return Markup('<div class="imprint" data-part="{}">{}</div>').format(held.place, told)


def _part(held: Slice, part: Part, shown: _Shown) -> Markup:
    style = STYLES[part.role]
    left = style.left if part.left is None else part.left
    right = style.right if part.right is None else part.right
    first = (style.first if part.first is None else part.first) if held.first else 0
    numbers = f"--size:{part.points or style.points:g};--line:{pitch(part):g};--before:{held.before:g};" \
        f"--left:{left:g};--right:{right:g};--first:{first:g}"  # fmt: skip
    begun = set() if held.first else {line[0].piece for line in held.lines[:1] if line}
    told = []
    for number, line in enumerate(held.lines):
        end = held.last and number == len(held.lines) - 1
        pieces = (list(each) for _, each in groupby(line, key=lambda run: run.piece))
        words = Markup("").join(_piece(each, held.block, shown, begun) for each in pieces)
        told.append(Markup('<span class="line{}">{}</span>').format(" end" if end else "", words))
    place = Markup(' data-place="{}"').format(held.block) if held.block is not None and shown.changeable else ""
    if shown.heading(held.block) and shown.changeable and held.first:
        place += Markup(' tabindex="0" role="button" aria-haspopup="dialog"')
    return Markup('<p class="part {}{}" data-part="{}" style="{}"{}>{}</p>').format(
        part.role, " grid" if style.grid and style.points == 16 else "", held.place, numbers, place,
        Markup("").join(told),
    )  # fmt: skip


def _piece(runs: list[Run], block: int | None, shown: _Shown, begun: set[int]) -> Markup:
    """What stands of one sentence on one line."""
    piece = runs[0].piece
    begins = piece not in begun
    begun.add(piece)
    return shown.sentence(f"{block}.{piece}", shown.said(block, piece), _words(runs), begins=begins)


def _table(held: Slice, table: Table, shown: _Shown) -> Markup:
    shares = table.widths or (1 / len(table.header),) * len(table.header)
    columns = Markup("").join(Markup('<col style="width:{:.3f}%">').format(s / sum(shares) * 100) for s in shares)
    rows = Markup("").join(_row(row, held, shown) for row in held.rows)
    return Markup('<table class="part" data-part="{}"><colgroup>{}</colgroup>{}</table>').format(
        held.place, columns, rows
    )


def _row(row: Row, held: Slice, shown: _Shown) -> Markup:
    cells = []
    for column, cell in enumerate(row.lines):
        if row.number is None:
            cells.append(Markup('<th scope="col">{}</th>').format(_plain(cell)))
            continue
        words = Markup("").join(Markup('<span class="line">{}</span>').format(_plain((line,))) for line in cell)
        place = Markup(' data-place="{}.{}.{}"').format(held.block, row.number, column) if shown.changeable else ""
        sentence = shown.said(held.block, row.number, column)
        told = shown.sentence(f"{held.block}.{row.number}.{column}", sentence, words, begins=True)
        cells.append(Markup("<td{}>{}</td>").format(place, told))
    repeated = Markup(' class="repeated"') if row.number is None and not held.first else ""
    return Markup("<tr{}>{}</tr>").format(repeated, Markup("").join(cells))


def _plain(lines: tuple[Line, ...]) -> Markup:
    return Markup("").join(map(_words, lines))


def _words(runs: Iterable[Run]) -> Markup:
    return Markup("").join(
        Markup('<span class="tab"></span>')
        if run.text == "\t"
        else Markup("<mark>{}</mark>" if run.doubtful else "{}").format(run.text)
        for run in runs
    )
