"""Materials that a package usually holds and this one does not, or holds only with blanks."""

import re
from collections.abc import Mapping, Sequence

from assistant.conditions import ConditionSet, ExpectedMaterial
from assistant.reports import EntityType, Exhibit, MissingMaterial
from ingest.materials import Application, Material

_BLANK = re.compile(r"_{3,}|＿{2,}|年\s*月\s*日|[::]\s*$|\t\s*(?:万?元|人|个|家|项)?\s*$|\t\s*\t", re.MULTILINE)
_LITTLE = 30  # characters; less is no paper, but the heading of one


def missing(
    conditions: ConditionSet,
    application: Application,
    kinds: Mapping[str, Sequence[str]],
    *,
    entity: EntityType,
    supported: Mapping[str, Sequence[Exhibit]],
) -> tuple[MissingMaterial, ...]:
    """What is missing, in the order of the conditions file. `kinds` are the expected materials that each file is, by
    sha256; `supported` is what was found, by expected material, of the aspects that such a material should prove: one
    with blanks in which nothing of these stands was handed in empty."""
    found = []
    for expected in conditions.materials:
        if expected.of and entity not in expected.of:
            continue
        papers = [each for each in application.materials if expected.name in kinds.get(each.sha256, ())]
        note = _lacking(papers, expected, supported.get(expected.name))
        if note is not None:
            told = note or expected.note
            found.append(MissingMaterial(expected.name, expected.label, expected.quote, expected.named, told))
    return tuple(found)


def _lacking(papers: Sequence[Material], expected: ExpectedMaterial, supported: Sequence[Exhibit] | None) -> str | None:
    """None for a material that is there; else what is to be said beside its name, "" for nothing."""
    if not papers:
        return ""
    readable = [paper for paper in papers if paper.status != "unreadable" and _words(paper)]
    if not readable:
        return f"“{papers[0].name}”读不出内容,请重新提交清晰的文件。"
    if supported is None:
        return None
    proved = {each.sha256 for each in supported}
    if all(paper.sha256 not in proved and _is_blank(paper) for paper in readable):
        return f"“{readable[0].name}”有空白栏目,没有读到应有的内容,请填写完整后重新提交。"
    return None


def _is_blank(paper: Material) -> bool:
    text = "\n".join(page.text for page in paper.pages)
    empty = any(not cell.strip() for page in paper.pages for table in page.tables for row in table.rows for cell in row)
    return empty or bool(_BLANK.search(text)) or len(_words(paper)) < _LITTLE


def _words(paper: Material) -> str:
    return "".join("".join(page.text.split()) for page in paper.pages)
