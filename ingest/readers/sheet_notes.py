"""What stands beside the cells of an .xlsx file: comments, text boxes, pictures, document properties."""

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.materials import Remark
from ingest.readers.invisible import visible
from ingest.readers.office_xml import Parts, local
from ingest.readers.sheet_page import one_line

_PROPERTIES = {"title": "标题", "subject": "主题", "keywords": "关键词", "description": "备注", "category": "类别"}


def comments(name: str, parts: Parts, path: str) -> Iterator[Remark]:
    """One remark with all comments of the worksheet part `path`, each after its cell."""
    found = []
    for kind, target in parts.related(path).values():
        if kind == "comments":
            for element in parts.root(target).iter("{*}comment"):
                words = one_line("".join(text.text or "" for text in element.iter("{*}t")))
                if words:
                    found.append(f"{element.get('ref')}:{words}")
    if found:
        yield Remark("comment", f"工作表“{name}”有 {len(found)} 条批注。", "\n".join(found)[:2000], name)


def drawing_words(root: Any, parted: list[str]) -> Iterator[str]:
    """The paragraphs of the text boxes that are shown."""
    for shape in root.iter("{*}sp"):
        if not _hidden(shape):
            yield from (visible(line, parted) for line in _paragraphs(shape))


def drawing_remarks(name: str, roots: Sequence[Any], in_cells: int) -> Iterator[Remark]:
    """That pictures and charts were not read, and what hidden text boxes say."""
    hidden = [line for root in roots for shape in root.iter("{*}sp") if _hidden(shape) for line in _paragraphs(shape)]
    if hidden:
        yield Remark("hidden_text", f"工作表“{name}”有隐藏的文本框,没有计入正文。", "\n".join(hidden)[:2000], name)
    pictures = in_cells + sum(1 for root in roots for _ in root.iter("{*}pic"))
    if pictures:
        yield Remark("incomplete", f"工作表“{name}”里有 {pictures} 张图片,没有识别。", page=name)
    charts = sum(1 for root in roots for _ in root.iter("{*}graphicFrame"))
    if charts:
        yield Remark("incomplete", f"工作表“{name}”里有 {charts} 个图表,没有读取。", page=name)


def properties(parts: Parts) -> Iterator[Remark]:
    """The words that the author put into the properties of the document."""
    core = next((path for kind, path in parts.related("").values() if kind == "core-properties"), "docProps/core.xml")
    found = []
    for element in parts.root(core):
        words = one_line(element.text or "")
        if words and local(element) in _PROPERTIES:
            found.append(f"{_PROPERTIES[local(element)]}:{words}")
    if found:
        yield Remark("property", "文档属性里有文字。", "\n".join(found)[:2000])


def _hidden(shape: Any) -> bool:
    return any(element.get("hidden") in ("1", "true") for element in shape.iter("{*}cNvPr"))


def _paragraphs(shape: Any) -> Iterator[str]:
    for paragraph in shape.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        words = one_line("".join(text.text or "" for text in paragraph.iter("{*}t")))
        if words:
            yield words
