"""Which of the expected materials each file is, and where each begins: by titles and words, never by its name alone.

A file can hold several (a combined PDF, a workbook with a sheet for each): every title begins a material, which goes on
to the next title or to the end of the sheet. A title is a short line of its own that is no sentence and no numbered
heading; it counts only where one of the material's words stands below it. A file without any title is told by its
labels (姓名, 岗位, 学历), or by its name together with its words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from assistant.conditions import ExpectedMaterial
from assistant.material_blanks import blank
from assistant.reports import EntityType, MissingMaterial
from ingest.materials import Application, Block, Material, Page

_HEAD = 8  # blocks in which the title of a file is looked for, whatever it ends with
_LONGEST = 40  # characters of a title
_BEHIND = 8  # characters behind the name of the material: （摘录）, 复印件
_SHORT = 12  # characters below a title that are hardly a material
_LABEL = 12  # characters of a label
_LABELS = 3  # different words of a material that stand as labels, and two thirds of its words
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[章节部条]|[(]?[一二三四五六七八九十]{1,3}[).、.]|[(]?\d{1,2}(?:\.\d{1,2}){0,2}[).、.]"
)
_ANNEX = re.compile(r"(?:附件|附表|附录|证明材料|佐证材料|附)[一二三四五六七八九十\d]{0,3}[:.、\-]?(?:\d{1,2}[.、\-])?")
_NO_TITLE = re.compile(r"[。;!?:…]|\.{3}|\d$|提供|提交|上传|详见|见附|填写|签署|具有|本单位|我单位")
_PAPER = re.compile(  # what the title of a paper ends with, and a heading inside of one seldom does
    r"(?:书|证|证明|合同|协议|报告|清单|名单|名册|表|说明|制度|办法|规定|函|执照|明细|结果|备忘录|汇编|单)(?:[(].{0,8})?$"
)


@dataclass(frozen=True, slots=True)
class MaterialKind:
    """A part of a file is the expected material `name`. It begins with its title at `start` of the page at `place` (in
    `material.pages`) and ends before `end` of the page at `last`. `title` is the line as it is printed, "" where words
    tell the material. `blank` says in one sentence why it proves nothing, "" for one that does not look so."""

    name: str
    place: int
    start: int
    last: int
    end: int
    title: str = ""
    blank: str = ""


def material_kinds(application: Application, expected: Sequence[ExpectedMaterial]) -> dict[str, tuple[str, ...]]:
    """sha256 → the names of the expected materials that the file is, in the order of its pages, blank ones among them;
    () for a file that is none of them or could not be read."""
    placed = placed_kinds(application, expected)
    return {sha256: tuple(dict.fromkeys(kind.name for kind in kinds)) for sha256, kinds in placed.items()}


def placed_kinds(application: Application, expected: Sequence[ExpectedMaterial]) -> dict[str, tuple[MaterialKind, ...]]:
    """sha256 → the expected materials in the file, each with where it stands and whether it is blank."""
    return {material.sha256: kinds_of(material, expected) for material in application.materials if material.sha256}


def missing_materials(
    application: Application, expected: Sequence[ExpectedMaterial], entity_type: EntityType
) -> tuple[MissingMaterial, ...]:
    """The materials expected from such an applicant that no file is, or only a blank one, which the note then names."""
    files = {material.sha256: material.name for material in application.materials}
    found = [(files[sha], kind) for sha, kinds in placed_kinds(application, expected).items() for kind in kinds]
    missing: list[MissingMaterial] = []
    for each in expected:
        own = [(file, kind) for file, kind in found if kind.name == each.name]
        if (each.of and entity_type not in each.of) or any(not kind.blank for _, kind in own):
            continue
        blanks = "".join(f"已有“{file}”,但{kind.blank}" for file, kind in own)
        missing.append(MissingMaterial(each.name, each.label, each.quote, each.named, blanks + each.note))
    return tuple(missing)


def kinds_of(material: Material, expected: Sequence[ExpectedMaterial]) -> tuple[MaterialKind, ...]:
    """The expected materials in one file, in its order; each sheet of a workbook is looked at by itself."""
    if material.status == "unreadable":
        return ()
    every = range(len(material.pages))
    units = [[place] for place in every] if material.kind == "sheet" else [list(every)]
    hint = PurePosixPath(material.name).stem
    found = (
        _Unit([(place, material.pages[place]) for place in unit], hint, expected).kinds()
        for unit in units
        if any(material.pages[place].text.strip() for place in unit)
    )
    return tuple(kind for kinds in found for kind in kinds)


@dataclass(frozen=True, slots=True)
class _Title:
    place: int
    start: int
    end: int
    of: tuple[ExpectedMaterial, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """The pages that are read as one: a file, or a sheet. `hint` is the file's name."""

    pages: Sequence[tuple[int, Page]]
    hint: str
    expected: Sequence[ExpectedMaterial]

    def kinds(self) -> list[MaterialKind]:
        titles = list(self._titles())
        bodies = [self._body(title, behind) for title, behind in zip(titles, [*titles[1:], None], strict=False)]
        kept: list[_Title] = []
        for number, (title, body) in enumerate(zip(titles, bodies, strict=True)):
            # A line that names a material and has none below it stands in a list of attachments or on a divider.
            listed = len(body) < _SHORT or (number > 0 and len(bodies[number - 1]) < _SHORT)
            told = body if listed else _tight(self._words(title)) + body
            of = tuple(each for each in title.of if any(word in told for word in each.words) or not each.words)
            if not of and len(titles) == 1 and len(body) < _SHORT:
                of = title.of
            if of and not (kept and kept[-1].of == of and self._words(kept[-1]) == self._words(title)):
                kept.append(replace(title, of=of))
        following = [*kept[1:], None][: len(kept)]
        found = [
            self._kind(each, title, behind) for title, behind in zip(kept, following, strict=True) for each in title.of
        ]
        return found or [self._kind(each, None, None) for each in self._untitled()]

    def _titles(self) -> Iterator[_Title]:
        for place, page in self.pages:
            for number, block in enumerate(page.blocks):
                lead = place == self.pages[0][0] and number < _HEAD
                if number == 0 and page.continues:
                    continue
                for start, end in _lines(page.text, block):
                    of = tuple(each for each in self.expected if _names(page.text[start:end], each.titles, lead=lead))
                    if of:
                        yield _Title(place, start, end, of)

    def _untitled(self) -> list[ExpectedMaterial]:
        """The material that the labels tell best, or those that the name of the file or sheet and its words tell."""
        labels = [label for _, page in self.pages for block in page.blocks for label in _labels(page.text, block)]
        scored = [
            (sum(any(word in label for label in labels) for word in each.words), len(each.words), each)
            for each in self.expected
        ]
        by_label = [(count / of, each) for count, of, each in scored if count >= _LABELS and 3 * count >= 2 * of]
        if by_label:
            return [max(by_label, key=lambda told: told[0])[1]]
        text = _tight("".join(page.text for _, page in self.pages))
        hints = [self.hint, *(page.number for _, page in self.pages if isinstance(page.number, str))]
        return [
            each
            for each in self.expected
            if any(_names(hint, each.titles, lead=True) for hint in map(_unnumbered, hints))
            and 2 * sum(word in text for word in each.words) >= max(1, len(each.words))
        ]

    def _kind(self, each: ExpectedMaterial, title: _Title | None, behind: _Title | None) -> MaterialKind:
        parts = self._parts(title, behind)
        why = blank([(self._page(place), start, end) for place, start, end in parts], each.proof)
        place, start, words = (title.place, title.start, self._words(title)) if title else (self.pages[0][0], 0, "")
        last, _, end = parts[-1] if parts else (place, start, start + len(words))
        return MaterialKind(each.name, place, start, last, end, words, why)

    def _words(self, title: _Title) -> str:
        return self._page(title.place).text[title.start : title.end]

    def _page(self, place: int) -> Page:
        return self.pages[place - self.pages[0][0]][1]

    def _parts(self, title: _Title | None, behind: _Title | None) -> list[tuple[int, int, int]]:
        """The stretches (place, start, end) below a title up to the one behind it, but for those without words."""
        found: list[tuple[int, int, int]] = []
        for place, page in self.pages:
            start, end = 0, len(page.text)
            if title and place <= title.place:
                start = title.end if place == title.place else end
            if behind and place >= behind.place:
                end = behind.start if place == behind.place else start
            if page.text[start:end].strip():
                found.append((place, start, end))
        return found

    def _body(self, title: _Title, behind: _Title | None) -> str:
        parts = self._parts(title, behind)
        return _tight("".join(self._page(place).text[start:end] for place, start, end in parts))


def _names(line: str, titles: Sequence[str], *, lead: bool) -> bool:
    """Whether a line is the title of a material; one that does not `lead` the file must be called as a paper is."""
    words = _tight(line).strip('"《》【】()')
    words = _ANNEX.sub("", words, count=1) if _ANNEX.match(words) else words
    if not 2 <= len(words) <= _LONGEST or _NO_TITLE.search(words) or not (lead or _PAPER.search(words)):
        return False
    numbered = _NUMBERED.match(words)
    for title in titles:
        found = re.search(title, words, re.IGNORECASE)
        if found and len(words) - found.end() <= _BEHIND and not (numbered and found.start() > 0):
            return True
    return False


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The lines of a block that could be a title: of a row one cell alone, or a word whose letters stand in cells."""
    cells = [cell for cell in text[block.start : block.end].split("\t") if cell.strip()]
    if block.kind == "row" and len(cells) > 1 and any(len(cell.strip()) > 2 for cell in cells):
        return
    for line in re.finditer(r"[^\n]+", text[block.start : block.end]):
        yield block.start + line.start(), block.start + line.end()


def _labels(text: str, block: Block) -> Iterator[str]:
    """The short cells and lines of a block, and what stands before a colon or a gap."""
    for cell in re.split(r"[\t\n]", text[block.start : block.end]):
        if label := _tight(re.split(r"[:：]|\s{2,}", cell.strip(), maxsplit=1)[0]):
            yield label if len(label) <= _LABEL else label[: _LABEL // 2]


def _unnumbered(name: str) -> str:
    return re.sub(r"^[\d\s.、_\-]+", "", name)


def _tight(text: str) -> str:
    """In half width and without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())
