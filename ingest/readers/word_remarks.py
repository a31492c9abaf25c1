"""What a person should know of a Word document beside its visible text."""

import re
from collections.abc import Iterator
from typing import Any

from ingest.materials import Remark
from ingest.readers.invisible import invisible_remarks
from ingest.readers.word_looks import Hidden
from ingest.readers.word_package import Package, W
from ingest.readers.word_pictures import Pictures
from ingest.readers.word_runs import Found

_LONGEST = 2000
_COMMENTS = 20  # told one by one
_NAMED = 3
_HIDDEN: dict[Hidden, str] = {
    "vanished": "文件中有设为“隐藏”的文字,打印时看不到,未计入正文。",
    "pale": "文件中有与底色几乎相同(如白底白字)的文字,肉眼看不到,未计入正文。",
    "tiny": "文件中有小到无法看清(不足 3 磅)的文字,未计入正文。",
    "shape": "文件中有不显示的文本框或单元格里的文字,未计入正文。",
}
_CORE = {"title": "标题", "subject": "主题", "keywords": "关键词", "description": "备注", "category": "类别"}
_CHINESE = re.compile("[㐀-鿿]")
_PROSE = 10  # Chinese characters
_LATIN_PROSE = 40  # characters


def remarks(package: Package, found: Found, shown: Pictures, text: str) -> Iterator[Remark]:
    """All remarks on a document whose visible text is `text`."""
    for reason, pieces in found.hidden.items():
        yield Remark("hidden_text", _HIDDEN[reason], _short("".join(pieces)))
    yield from invisible_remarks(found.parted)
    yield from _comments(package, found)
    yield from _revisions(found)
    yield from _properties(package, text)
    yield from _unread(package, found, shown)


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _comments(package: Package, found: Found) -> Iterator[Remark]:
    root = package.related("comments")
    rest: list[str] = []
    for number, comment in enumerate(root.iterchildren(W + "comment") if root is not None else ()):
        words = _short("".join(_paragraph(paragraph) + " " for paragraph in comment.iter(W + "p")))
        about = " ".join(found.commented.get(comment.get(W + "id") or "", "").split())
        if not words:
            continue
        if number >= _COMMENTS:
            rest.append(words)
        elif about:
            yield Remark("comment", f"“{about}”处有批注,批注未计入正文。", words)
        else:
            yield Remark("comment", "文件中有批注,批注未计入正文。", words)
    if rest:
        yield Remark("comment", f"文件中另有 {len(rest)} 条批注,未计入正文。", _short("\n".join(rest)))


def _paragraph(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(W + "t"))


def _revisions(found: Found) -> Iterator[Remark]:
    for pieces, verb, ending in (
        (found.deleted, "删除", "已按删除处理。"),
        (found.inserted, "插入", "已计入正文。"),
    ):
        edits = [" ".join(edit.split()) for edit in "".join(pieces).split("\n")]
        edits = [edit for edit in edits if edit]
        if edits:
            named = "、".join(f"“{edit[:30]}{'…' if len(edit) > 30 else ''}”" for edit in edits[:_NAMED])
            more = f"等 {len(edits)} 处" if len(edits) > _NAMED else ""
            yield Remark("revision", f"有未接受的修订:{verb}了{named}{more},{ending}", _short("\n".join(edits)))


def _properties(package: Package, text: str) -> Iterator[Remark]:
    """Prose in the document's properties that the document itself does not show."""
    flat = "".join(text.split())
    entries: list[tuple[str, str]] = []
    core = package.tree("docProps/core.xml")
    for entry in core if core is not None else ():
        name = str(entry.tag).rpartition("}")[2]
        if name in _CORE:
            entries.append((_CORE[name], entry.text or ""))
    custom = package.tree("docProps/custom.xml")
    for entry in custom if custom is not None else ():
        words = "".join(str(piece) for piece in entry.itertext())
        entries.append((entry.get("name") or "自定义", words))
    for name, words in entries:
        prose = len(_CHINESE.findall(words)) >= _PROSE or (len(words) >= _LATIN_PROSE and " " in words.strip())
        if prose and "".join(words.split()) not in flat:
            yield Remark("property", f"文件属性“{name[:20]}”里写有文字,未计入正文。", _short(words))


def _unread(package: Package, found: Found, shown: Pictures) -> Iterator[Remark]:
    counts = (
        (found.objects, "文件中嵌入了 {} 个对象(如表格、公式或控件),其中的内容没有读取,请另行提交。"),
        (found.foreign_parts, "文件中嵌入了 {} 个其他文档,其中的内容没有读取,请另行提交。"),
        (shown.vectors, "文件中有 {} 张矢量图(EMF、WMF 等),其中的文字没有读取,请核对原件。"),
        (shown.linked, "文件中有 {} 张图片只有链接、没有嵌入,没有读取,请嵌入后再提交。"),
        (shown.broken, "文件中有 {} 张图片已损坏、过大或格式不支持,没有读取,请核对原件。"),
    )
    for count, message in counts:
        if count:
            yield Remark("incomplete", message.format(count))
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        yield Remark("incomplete", "文件含有宏,未运行。")
    if package.damaged:
        yield Remark("incomplete", "文件的个别部分已损坏,没有读全,请用 Word 或 WPS 重新保存后再提交。")
