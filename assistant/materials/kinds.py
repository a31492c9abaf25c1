"""Which of the expected materials each file is, and where each begins: by titles and words, never by its name alone.

A file can hold several (a combined PDF, a workbook with a sheet for each): every title begins a material, which goes on
to the next title or to the end of the sheet. A title is a short line of its own that is no sentence and no numbered
heading; it counts only where one of the material's words stands below it. A file without any title is told by its
labels (姓名, 岗位, 学历), or by its name together with its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from assistant.conditions.schema import ExpectedMaterial
from assistant.materials.blanks import blank
from assistant.materials.titles import is_title, labels, tight, title_line, title_places
from assistant.reports.schema import EntityType, MissingMaterial
from ingest.materials import Application, Material, Page

_HEAD = 8  # blocks in which the title of a file is looked for, whatever it ends with
_SHORT = 12  # characters below a title that are hardly a material
_VAGUE = 3  # different words below a title that other papers have too
_NAMED = 2  # different words in a file that only its name calls a material
_TOLD, _LONG = (
    4,
    80,
)  # different words, and characters, of an untitled paper that serves as a material with vague titles
_LABELS = ((3, 2 / 3), (4, 1 / 2))  # different words of a material that stand as labels, and their share of its words
_COLUMNS = ((3, 0.3),)  # the same for the columns of a sheet that is another material as well
_PAPER = re.compile(  # what the title of a paper ends with, and a heading inside of one seldom does
    r"(?i:书|证|证明|合同|协议|报告|清单|名单|名册|表|说明|制度|办法|规定|函|执照|明细|结果|备忘录|汇编|单|承诺|声明|letter|form)$"
)
_COMPILED = re.compile(r"材料汇编|汇编$|材料合集|全套材料")


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
    placed = {sha for sha, kinds in placed_kinds(application, expected).items() if kinds}
    unknown = [one for one in application.materials if one.sha256 not in placed and one.status != "unreadable"]
    missing: list[MissingMaterial] = []
    for each in expected:
        own = [(file, kind) for file, kind in found if kind.name == each.name]
        if (each.of and entity_type not in each.of) or any(not kind.blank for _, kind in own):
            continue
        if not own and each.vague and any(_tells(material, each) for material in unknown):
            continue
        blanks = "".join(f"已有“{file}”,但{kind.blank}" for file, kind in own)
        missing.append(MissingMaterial(each.name, each.label, each.quote, each.named, blanks + each.note))
    return tuple(missing)


def _tells(material: Material, each: ExpectedMaterial) -> bool:
    """Whether a paper that no title tells speaks of most that such a material does."""
    text = tight("".join(page.text for page in material.pages))
    return len(text) >= _LONG and _count(each, text) >= _TOLD


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
    """A line that names materials, each with how many of its words must stand below."""

    place: int
    start: int
    end: int
    of: tuple[tuple[ExpectedMaterial, int], ...]


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
            told = body if listed else tight(self._words(title)) + body
            of = [(each, need) for each, need in title.of if not each.words or _count(each, told) >= need]
            if not of and len(titles) == 1 and len(body) < _SHORT:
                of = [(each, need) for each, need in title.of if need == 1]
            of = [(each, need) for each, need in of if need == min(need for _, need in of)]
            if of and not (kept and kept[-1].of == tuple(of) and self._words(kept[-1]) == self._words(title)):
                kept.append(replace(title, of=tuple(of)))
        following = [*kept[1:], None][: len(kept)]
        found = [
            self._kind(each, title, behind)
            for title, behind in zip(kept, following, strict=True)
            for each, _ in title.of
        ]
        if not found:
            return [self._kind(each, None, None) for each in self._untitled()]
        # One table can be two papers: a list of staff whose columns are those of social insurance.
        known = {kind.name for kind in found}
        sheet = any(isinstance(page.number, str) for _, page in self.pages)
        others = self._labelled(_COLUMNS) if sheet else []
        return found + [self._kind(each, None, None) for _, each in others if not (each.proof or each.name in known)]

    def _titles(self) -> Iterator[_Title]:
        compiled = any(_COMPILED.search(tight(line)) for line in self.pages[0][1].text.split("\n")[:_HEAD])
        for place, page in self.pages:
            for number, block in enumerate(page.blocks):
                lead = place == self.pages[0][0] and number < _HEAD
                if number == 0 and page.continues:
                    continue
                for start, end in title_places(page.text, block):
                    # In a compilation a numbered heading at the head of a page begins the next paper.
                    line = title_line(page.text[start:end], chapter=number == 0 and (compiled or not lead))
                    if of := self._of(line, lead=lead, chapter=compiled and number == 0):
                        yield _Title(place, start, end, of)

    def _of(self, line: str, *, lead: bool, chapter: bool) -> tuple[tuple[ExpectedMaterial, int], ...]:
        """What a line names; one that does not `lead` the file or a chapter must be called as a paper is."""
        if not line or not (lead or chapter or _PAPER.search(line)):
            return ()
        clear = tuple((each, 1) for each in self.expected if is_title(line, each.titles))
        vague = lead or chapter
        return clear + tuple((each, _VAGUE) for each in self.expected if vague and is_title(line, each.vague))

    def _untitled(self) -> list[ExpectedMaterial]:
        """The material that the labels tell best, or those that the name of the file or sheet and its words tell."""
        if by_label := self._labelled():
            return [max(by_label, key=lambda told: told[0])[1]]
        text = tight("".join(page.text for _, page in self.pages))
        named = (self.hint, *(page.number for _, page in self.pages if isinstance(page.number, str)))
        hints = [title_line(re.sub(r"^[\d\s.、_\-]+", "", name), chapter=True) for name in named]
        return [
            each
            for each in self.expected
            if any(hint and is_title(hint, each.titles) and _count(each, text) >= _NAMED for hint in hints)
            or any(hint and is_title(hint, each.vague) and _count(each, text) >= _VAGUE for hint in hints)
        ]

    def _labelled(self, shares: Sequence[tuple[int, float]] = _LABELS) -> list[tuple[float, ExpectedMaterial]]:
        """The materials that the labels tell, with the share of their words that stand as labels."""
        found = [label for _, page in self.pages for block in page.blocks for label in labels(page.text, block)]
        return [
            (count / len(each.words), each)
            for each in self.expected
            if (count := sum(any(word in label for label in found) for word in each.words))
            and any(count >= least and count >= share * len(each.words) for least, share in shares)
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
        return tight("".join(self._page(place).text[start:end] for place, start, end in parts))


def _count(each: ExpectedMaterial, text: str) -> int:
    return sum(word in text for word in each.words)
