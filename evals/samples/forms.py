"""A Document as a Word form: automatic numbering, merged cells, check boxes, content controls, a text box."""

from io import BytesIO
from itertools import count

import docx
from docx.document import Document as Form
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from PIL import Image

from evals.samples import seals
from evals.samples.archives import settled
from evals.samples.document import (
    FICTION,
    LEFT,
    UP,
    Break,
    Choices,
    Comment,
    Document,
    Fields,
    Framed,
    Grid,
    Heading,
    Hidden,
    Signing,
    Text,
    Title,
    plain,
)
from evals.samples.paper import MADE, spans

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_NUMBERS = 90
"""The id of the form's own list: 一、 then （一） then 1."""
_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def form(document: Document, *, seed: int = 0) -> bytes:
    """`document` as docx. Hidden words become hidden by `w:vanish`; a signature and a seal become pictures."""
    made = docx.Document()
    ids = count(1000)
    _set_up(made, document)
    for block in document.blocks:
        match block:
            case Title(words=words, size=size):
                _paragraph(made, words, face="黑体", size=size, align="center")
            case Heading(words=words, level=level):
                _number(_paragraph(made, words, face="黑体" if level == 1 else "楷体", size=14), level - 1)
            case Text(words=words, indent=indent, align=align, numbered=numbered):
                paragraph = _paragraph(made, words, align=align)
                if numbered:
                    _number(paragraph, 2)
                elif indent:
                    paragraph.paragraph_format.first_line_indent = Pt(24)
            case Grid():
                _grid(made, block, ids)
            case Fields(rows=rows):
                for label, words in rows:
                    _control(_paragraph(made, f"{label}："), plain(words), label, ids)
            case Choices():
                _choices(made, block, ids)
            case Framed(words=words):
                _text_box(made, plain(words))
            case Signing():
                _signing(made, block, seed)
            case Hidden(words=words, how="tiny"):
                _paragraph(made, words, size=1)
            case Hidden(words=words):
                _paragraph(made, words).runs[0].font.hidden = True
            case Comment(words=words):
                note = made.add_comment(made.paragraphs[-1].runs, words, author="示例", initials="示")
                note._comment_elm.set(qn("w:date"), MADE.strftime("%Y-%m-%dT%H:%M:%SZ"))
            case Break():
                made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    held = BytesIO()
    made.save(held)
    return settled(held.getvalue())


def _set_up(made: Form, document: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.header.paragraphs[0].text = document.header
    section.footer.paragraphs[0].text = FICTION
    for properties in (section.header.paragraphs[0], section.footer.paragraphs[0]):
        properties.alignment = WD_ALIGN_PARAGRAPH.CENTER
    core = made.core_properties
    core.author, core.title, core.comments = "", "", ""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{words}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (kind, words) in enumerate(_LEVELS)
    )
    numbering = made.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_NUMBERS}">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))  # all abstractNum stand before the first num
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{_NUMBERS}"><w:abstractNumId w:val="{_NUMBERS}"/></w:num>')
    )


def _paragraph(made: Form, words: str, *, face: str = "仿宋", size: float = 12, align: str = "left") -> Paragraph:
    paragraph = made.add_paragraph()
    paragraph.alignment = _ALIGN[align]
    _run(paragraph, plain(words), face, size)
    return paragraph


def _run(paragraph: Paragraph, words: str, face: str = "仿宋", size: float = 12) -> None:
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    run.font.name = face
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _number(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(
        0, parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{_NUMBERS}"/></w:numPr>')
    )


def _grid(made: Form, grid: Grid, ids: "count[int]") -> None:
    table = made.add_table(len(grid.rows), len(grid.rows[0]), style="Table Grid")
    widths = grid.widths or (1.0,) * len(grid.rows[0])
    for row, cells in enumerate(grid.rows):
        for place, words in enumerate(cells):
            cell = table.cell(row, place)
            cell.width = Cm(15.5 * widths[place] / sum(widths))
            if words in (LEFT, UP):
                continue
            across, down = spans(grid.rows, row, place)
            if across > 1 or down > 1:
                cell = cell.merge(table.cell(row + down - 1, place + across - 1))
            _fill(cell, plain(words), ids if grid.controls and place % 2 and row >= grid.head else None)
    made.add_paragraph()


def _fill(cell: _Cell, words: str, ids: "count[int] | None") -> None:
    """Each line of `words` as a paragraph; the merged cells' empty paragraphs go."""
    for spare in cell.paragraphs[1:]:
        spare._p.getparent().remove(spare._p)
    for number, line in enumerate(words.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        if ids is not None and line:
            _control(paragraph, line, "填写", ids)
        else:
            _run(paragraph, line, size=10.5)


def _control(paragraph: Paragraph, words: str, label: str, ids: "count[int]") -> None:
    """A plain-text content control at the end of `paragraph`."""
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{label}"/><w:id w:val="{next(ids)}"/><w:text/></w:sdtPr>'
        f'<w:sdtContent><w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="21"/></w:rPr>'
        f'<w:t xml:space="preserve"/></w:r></w:sdtContent></w:sdt>'
    )
    control.find(f".//{qn('w:t')}").text = words
    paragraph._p.append(control)


def _choices(made: Form, block: Choices, ids: "count[int]") -> None:
    paragraph = _paragraph(made, f"{block.label}：")
    for number, option in enumerate(block.options):
        ticked = number in block.chosen
        box = (
            f'<w:sdt {nsdecls("w")} xmlns:w14="{_W14}"><w:sdtPr><w:id w:val="{next(ids)}"/><w14:checkbox>'
            f'<w14:checked w14:val="{int(ticked)}"/><w14:checkedState w14:val="2611" w14:font="MS Gothic"/>'
            f'<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent><w:r><w:t>{'☑' if ticked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
        )
        paragraph._p.append(parse_xml(box))
        _run(paragraph, f"{option}  ")


def _text_box(made: Form, words: str) -> None:
    """A text box as Word writes it: DrawingML, and the same words again in VML for old programs."""
    inner = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    shape = (
        '<wp:inline><wp:extent cx="5400000" cy="720000"/><wp:docPr id="77" name="文本框 1"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="720000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"/></wps:spPr>'
        f"<wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    )
    old = f'<w:pict><v:rect style="width:425pt;height:57pt"><v:textbox>{inner}</v:textbox></v:rect></w:pict>'
    made.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing></mc:Choice>'
            f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )


def _signing(made: Form, block: Signing, seed: int) -> None:
    for number, words in enumerate(block.lines):
        paragraph = _paragraph(made, words)
        paragraph.paragraph_format.left_indent = Cm(6.5)
        if number == 0 and block.signature:
            _picture(paragraph, seals.signature(block.signature, seed=seed), Cm(1.2))
    if block.seal:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(7.5)
        _picture(paragraph, seals.seal(block.seal.ring, block.seal.centre, seed=seed + 3), Cm(4.2))


def _picture(paragraph: Paragraph, picture: Image.Image, height: Cm) -> None:
    held = BytesIO()
    picture.save(held, "PNG")
    held.seek(0)
    paragraph.add_run().add_picture(held, height=height)
