"""Materials that a package usually holds and this one does not, or holds only blank or unreadable."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.conditions.schema import ConditionSet
from assistant.materials.kinds import missing_materials
from assistant.reports.schema import EntityType, MissingMaterial
from ingest.materials import Application


def missing(conditions: ConditionSet, application: Application, *, entity: EntityType) -> tuple[MissingMaterial, ...]:
    """What is missing, in the order of the conditions file; the note names a file by whose name it may be there, when
    nothing could be read in it."""
    titles = {expected.name: expected.titles for expected in conditions.materials}
    return tuple(
        replace(each, note="".join((*_unread(titles[each.name], application), each.note)))
        for each in missing_materials(application, conditions.materials, entity)
    )


def _unread(titles: tuple[str, ...], application: Application) -> Iterator[str]:
    for material in application.materials:
        stem = material.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        read = any(page.text.strip() for page in material.pages)
        if not read and any(re.search(title, stem) for title in titles):
            yield f"“{material.name}”可能是这份材料,但没有读出内容,请重新提交清晰的文件。"
