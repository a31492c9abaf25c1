"""Excel workbooks (.xlsx, .xlsm): what each sheet shows, and what it keeps from sight."""

from collections.abc import Iterator

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Page, Remark
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.office_xml import Parts, attribute, elements, local, parts_of, unescaped
from ingest.readers.sheet_notes import comments, drawing_remarks, drawing_words, properties
from ingest.readers.sheet_page import Cells, one_line, sheet_page
from ingest.readers.sheet_rows import Book, Worksheet, rich_text, worksheet
from ingest.readers.sheet_styles import styles

_MAIN = "xl/workbook.xml"


def read_xlsx(content: bytes, limits: Limits) -> Contents:
    """A page for each sheet that is not hidden. Raises UnreadableError. Check the unpacked size before."""
    parts = Parts(content)
    main = next((path for kind, path in parts.related("").values() if kind == "officeDocument"), _MAIN)
    main = main if main in parts else _MAIN
    workbook = parts.root(main)
    if main not in parts or local(workbook) != "workbook":
        raise UnreadableError("Excel 文件不完整,缺少工作簿的内容,请重新保存后提交。")
    related = parts.related(main)
    named = dict(related.values())
    parted: list[str] = []
    settings = next((element for element in workbook if local(element) == "workbookPr"), None)
    book = Book(
        _strings(parts, named.get("sharedStrings"), parted),
        styles(parts.root(named.get("styles", "xl/styles.xml"))),
        settings is not None and settings.get("date1904") in ("1", "true"),
        limits,
        parted,
    )
    pages: list[Page] = []
    remarks: list[Remark] = []
    counted = 0
    for element in parts_of(workbook, "sheets", "sheet"):
        name = one_line(element.get("name") or "") or f"第{len(pages) + 1}张"
        kind, path = related.get(attribute(element, "id") or "", ("", ""))
        if kind != "worksheet" or path not in parts:
            remarks.append(Remark("incomplete", f"工作表“{name}”是图表或缺少内容,没有读取。", page=name))
            continue
        sheet = worksheet(parts.read(path), book, counted)
        counted += sum(map(len, sheet.cells.values()))
        drawings = [target for kind, target in parts.related(path).values() if kind == "drawing"]
        boxes = [line for drawing in drawings for line in drawing_words(parts.root(drawing), parted)]
        if element.get("state") in ("hidden", "veryHidden"):
            text = "\n".join([_lines(sheet.cells), *boxes])
            if text.strip():
                remarks.append(Remark("hidden_text", f"工作表“{name}”是隐藏的,没有计入正文。", text[:2000], name))
            continue
        pages.append(sheet_page(name, sheet.cells, limits, boxes, sheet.margins))
        remarks += _remarks(name, sheet)
        remarks += drawing_remarks(name, [parts.root(drawing) for drawing in drawings], sheet.pictures)
        remarks += comments(name, parts, path)
    if not pages:
        raise UnreadableError("Excel 文件里没有可见的工作表,请检查后重新提交。")
    return Contents(tuple(pages), (*remarks, *properties(parts), *invisible_remarks(parted)))


def _strings(parts: Parts, path: str | None, parted: list[str]) -> list[str]:
    """The shared strings, each on one line."""
    if path is None or path not in parts:
        return []
    found: list[str] = []
    faults: list[str] = []
    for element in elements(parts.read(path), faults, "si"):
        found.append(one_line(visible(unescaped(rich_text(element)), parted)))
    if faults:
        raise UnreadableError("Excel 文件里的文字已损坏,请用 Excel 打开并重新保存后提交。")
    return found


def _lines(cells: Cells) -> str:
    return "\n".join("\t".join(cells[row][column] for column in sorted(cells[row])) for row in sorted(cells))


def _remarks(name: str, sheet: Worksheet) -> Iterator[Remark]:
    for why, cells in sheet.hidden.items():
        yield Remark("hidden_text", f"工作表“{name}”有{why},没有计入正文。", _lines(cells)[:2000], name)
    if sheet.faults:
        yield Remark("incomplete", f"工作表“{name}”已损坏,只读出了前面一部分。", page=name)
    if sheet.without_result:
        message = f"工作表“{name}”有 {sheet.without_result} 个公式没有保存计算结果,请用 Excel 打开并保存后再提交。"
        yield Remark("incomplete", message, page=name)
    if sheet.cut_numbers:
        message = f"工作表“{name}”有 {sheet.cut_numbers} 个超过 15 位的数字按数值保存,末几位可能已丢失,请核对。"
        yield Remark("incomplete", message, page=name)
