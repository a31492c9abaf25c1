"""Materials that a package usually holds and this one does not, or holds only blank or unreadable."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from assistant.conditions.schema import ConditionSet, ExpectedMaterial
from assistant.materials.kinds import missing_materials
from assistant.materials.titles import is_title, tight, title_line
from assistant.reports.schema import EntityType, MissingMaterial
from ingest.materials import Application, Material

_FEW = 60  # characters of a recognised file that was hardly read
_LINES = 8  # at the top of such a file, among which its title may be
_TOLD = 3  # files in one note


def missing(conditions: ConditionSet, application: Application, *, entity: EntityType) -> tuple[MissingMaterial, ...]:
    """What is missing, in the order of the conditions file; the note names the files that may be it by their name or
    by the little that was read, when they could not be read well enough to tell."""
    expected = {each.name: each for each in conditions.materials}
    return tuple(
        replace(each, note="".join((*_unread(expected[each.name], application), each.note)))
        for each in missing_materials(application, conditions.materials, entity)
    )


def _unread(expected: ExpectedMaterial, application: Application) -> Iterator[str]:
    """A sentence for each file that may be the material: those of its name, or where there are none those of a title
    that other papers have too."""
    named: dict[str, str] = {}
    vague: dict[str, str] = {}
    for material in application.materials:
        text = "\n".join(page.text for page in material.pages).strip()
        if text and not _is_cut(material, len(text)):
            continue
        same = material.sha256 or material.name  # of equal bytes one name is enough
        told = ("没有读全" if text else "读不出内容") + ",请核对原件或重新提交清晰的文件。"
        stem = re.sub(r"^[\d\s.、_\-]+", "", PurePosixPath(material.name).stem)
        lines = (title_line(line, chapter=True) for line in (stem, *text.split("\n")[:_LINES]))
        if any(re.search(title, tight(stem), re.IGNORECASE) for title in expected.titles):
            named.setdefault(same, f"有同名文件“{material.name}”,但{told}")
        elif any(line and is_title(line, (*expected.titles, *expected.vague)) for line in lines):
            vague.setdefault(same, f"“{material.name}”可能是这份材料,但{told}")
    yield from islice((named or vague).values(), _TOLD)


def _is_cut(material: Material, characters: int) -> bool:
    few = material.status == "ocr" and characters < _FEW
    return few or any(remark.kind == "incomplete" for remark in material.remarks)
