"""OFD files (GB/T 33190-2016): pages with text and the place of each character; scanned pages as pictures."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import ofdkit
from ofdkit.package import Package
from PIL import Image

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Block, Boxes, Contents, Page, Remark
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.ofd_pictures import Picture, page_pictures, painted
from ingest.readers.ofd_words import (
    POINTS,
    Letter,
    Line,
    PageObjects,
    chunks_of_lines,
    name_of,
    numbers,
    seen_and_hidden,
)
from ingest.readers.unpacked import check_unpacked

_NOTHING = (float("nan"),) * 4
_PAGE_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?")
_SCANNED = 0.4  # of the page that pictures cover when its few words are not the page
_FEW_WORDS = 20

_Letters = list[Letter | None]


def read(content: bytes, limits: Limits) -> Contents:
    """The pages in order. Raises UnreadableError."""
    with _opened(content, limits) as document:
        package = Package(content)
        templates = _templates(package)
        pages: list[Page] = []
        remarks: list[Remark] = []
        scans: dict[int, tuple[int, ...]] = {}
        parted: list[str] = []
        for page in document.pages:
            number = page.index + 1
            try:
                box, runs = page.box, page.runs
                own = package.read_xml(page.location) if page.location else ET.Element("Page")
            except ofdkit.OFDError:
                remarks.append(Remark("incomplete", f"第 {number} 页已损坏,没有读取。", page=number))
                pages.append(Page(number, ""))
                continue
            objects = _objects([own, *templates])
            seen, hidden = seen_and_hidden(runs, objects, box)
            made = _page(number, list(chunks_of_lines(seen, objects, box)), box, parted)
            if hidden:
                text = visible("\n".join(hidden), [])[:2000]
                message = f"第 {number} 页有看不见的文字(白色、极小、不显示或在页面之外),没有计入正文。"
                remarks.append(Remark("hidden_text", message, text, number))
            pictures = page_pictures(package, page.location, own)
            covered = sum(picture.area for picture in pictures) / max(box[2] * box[3], 1)
            if covered > _SCANNED and len(made.text) < _FEW_WORDS and any(picture.readable for picture in pictures):
                scans[len(pages)] = (number,)
            elif large := sum(picture.area > 0.05 * box[2] * box[3] for picture in pictures):
                remarks.append(Remark("incomplete", f"第 {number} 页有 {large} 张图片,没有识别。", page=number))
            pages.append(made)
        return Contents(tuple(pages), (*remarks, *invisible_remarks(parted)), scans)


def picture(content: bytes, number: int, limits: Limits) -> tuple[Image.Image, tuple[float, float]]:
    """The pictures of page `number` (from 1) as they lie on it, in RGB, and the page's size in points. Raises
    UnreadableError."""
    with _opened(content, limits) as document:
        page = document.pages[number - 1]
        package = Package(content)
        try:
            own = package.read_xml(page.location) if page.location else ET.Element("Page")
            box = page.box
        except ofdkit.OFDError as error:
            raise UnreadableError("OFD 文件已损坏,打不开,请重新提交。") from error
        pictures: Sequence[Picture] = page_pictures(package, page.location, own)
        return painted(pictures, box, limits), (box[2] * POINTS, box[3] * POINTS)


def _opened(content: bytes, limits: Limits) -> ofdkit.OFDDocument:
    check_unpacked(content, limits)
    try:
        document = ofdkit.open(content)
    except (ofdkit.OFDError, RecursionError) as error:
        if b"Encryptions.xml" in content or b"EncryptEntries" in content:  # GM/T 0099
            raise UnreadableError("文件已加密,请提供未加密的版本。") from error
        raise UnreadableError("OFD 文件已损坏或不完整,打不开,请重新提交。") from error
    if len(document.pages) > limits.pages:
        document.close()
        raise UnreadableError(f"文件超过 {limits.pages} 页,没有读取,请拆分后再提交。")
    if not document.pages:
        document.close()
        raise UnreadableError("OFD 文件里没有页面,请重新制作后提交。")
    return document


def _templates(package: Package) -> list[ET.Element]:
    """The roots of all template pages of the package, and of the resources that may hold composed objects."""
    found = []
    for name in package.names:
        if re.search(r"(?:(?:^|/)Te?mpls?/|Template).*\.xml$|Res\.xml$", name, re.IGNORECASE):
            try:
                found.append(package.read_xml(name))
            except ofdkit.OFDError:
                continue
    return found


def _objects(roots: Sequence[ET.Element]) -> PageObjects:
    texts: dict[str, ET.Element] = {}
    grounds = []
    for root in roots:
        for element in root.iter():
            name = name_of(element)
            if name == "TextObject":
                texts.setdefault((element.get("ID") or "").strip(), element)
            elif name == "ImageObject" or (name == "PathObject" and _is_dark(element)):
                box = numbers(element.get("Boundary"), 4)
                if box:
                    grounds.append((box[0], box[1], box[0] + box[2], box[1] + box[3]))
    return PageObjects(texts, grounds)


def _is_dark(element: ET.Element) -> bool:
    if element.get("Fill") != "true":
        return False
    colour = next((child for child in element if name_of(child) == "FillColor"), None)
    channels = [float(part) for part in ((colour.get("Value") if colour is not None else "") or "0").split()]
    return min(channels, default=0) < 240


def _page(number: int, chunks: list[list[Line]], box: tuple[float, float, float, float], parted: list[str]) -> Page:
    """The page of the lines: paragraphs on one line each, lines of pieces far apart as rows, page numbers apart."""
    letters: _Letters = []
    blocks: list[Block] = []
    margins: list[str] = []
    text = ""
    for chunk in chunks:
        for row, paragraph in _paragraphs(chunk):
            words, kept = _visible(paragraph, parted)
            if not words:
                continue
            if _PAGE_NUMBER.fullmatch(words) and _in_margin(kept, box):
                margins.append(words)
                continue
            if text:
                text += "\n"
                letters.append(None)
            blocks.append(Block("row" if row else "paragraph", len(text), len(text) + len(words)))
            text += words
            letters += kept
    boxes: Boxes = np.array([letter.box if letter else _NOTHING for letter in letters], np.float32).reshape(-1, 4)
    size = (box[2] * POINTS, box[3] * POINTS)
    return Page(number, text, tuple(blocks), boxes=boxes, size=size, margins=tuple(margins))


def _paragraphs(lines: list[Line]) -> Iterator[tuple[bool, list[tuple[str, Letter | None]]]]:
    """Whether it is a row, and its characters, of each paragraph of lines that follow each other closely."""
    edges = [_edges(line) for line in lines]
    right = max(edge[1] for edge in edges)
    left = min(edge[0] for edge in edges)
    current = list(_characters(lines[0]))
    row = _is_row(lines[0])
    for (before, line), (above, below) in zip(pairwise(lines), pairwise(edges), strict=True):
        width = above[2]
        goes_on = above[1] > right - 1.6 * width and below[0] < left + width and abs(below[2] - width) < 0.3 * width
        if goes_on and not row and not _is_row(line) and len(before) == 1:
            if current and current[-1][0].isascii() and line[0][0] and line[0][0].char.isascii():
                current.append((" ", None))
            current += _characters(line)
        else:
            yield row, current
            current, row = list(_characters(line)), _is_row(line)
    yield row, current


def _is_row(line: Line) -> bool:
    """Pieces far apart are cells, but for the single characters of a spread title."""
    return len(line) > 1 and any(len(piece) > 1 for piece in line)


def _characters(line: Line) -> Iterator[tuple[str, Letter | None]]:
    for place, piece in enumerate(line):
        if place:
            yield ("\t" if _is_row(line) else " "), None
        for letter in piece:
            yield (letter.char, letter) if letter else (" ", None)


def _edges(line: Line) -> tuple[float, float, float]:
    """The left and right edge of a line and its height, in points."""
    found = [letter.box for piece in line for letter in piece if letter]
    if not found:
        return 0.0, 0.0, 1.0
    return min(b[0] for b in found), max(b[2] for b in found), max(b[3] - b[1] for b in found)


def _visible(characters: list[tuple[str, Letter | None]], parted: list[str]) -> tuple[str, _Letters]:
    words = "".join(char for char, _ in characters)
    if visible(words, parted) != words:
        characters = [pair for pair in characters if visible(pair[0], [])]
    while characters and characters[0][0].isspace():
        characters = characters[1:]
    while characters and characters[-1][0].isspace():
        characters = characters[:-1]
    return "".join(char for char, _ in characters), [None if char.isspace() else letter for char, letter in characters]


def _in_margin(letters: _Letters, box: tuple[float, float, float, float]) -> bool:
    middle = next((letter.box[1] for letter in letters if letter), 0.0) / POINTS / max(box[3], 1)
    return middle < 0.1 or middle > 0.88
