"""Papers that are made out to somebody else: insured staff, accounts, rights, rooms of another organisation."""

import re
from collections.abc import Iterator

from assistant.consistency.case import Case, short
from assistant.facts.labels import APPLICANT
from assistant.facts.layout import lines
from assistant.facts.names import organisation
from assistant.facts.width import bare, flat
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit, Fact, Issue
from ingest.materials import Material

_HOLDER = re.compile(
    r"(?:参保单位|缴费单位|用人单位|著作权人|专利权人|被审计单位|被查询(?:单位|主体|企业)|主体名称|查询(?:对象|主体)"
    r"|获证组织|获证单位|持证单位|证书持有人|承租方|承租人|账户名称|户名|存款人|单位名称|企业名称|主体)"
    r"(?:\([^()]{1,12}\))? *[:\t ] *(?P<who>[^\n\t:,。;]{4,40})"
)
_COLUMN = re.compile(r"(?:著作权人|专利权人|权利人|参保单位|缴费单位|用人单位|单位名称|所在单位|工作单位|获证组织)")
_LISTS = re.compile(r"社会?保|参保|缴费|著作权|软著|专利|证书|商标")
_ADDRESSED = re.compile(r"^(?P<who>[^\n\t:,。;]{4,40}?)(?:全体(?:股东|合伙人|会员))? *:", re.MULTILINE)
_AUDIT = re.compile(r"审计|审核报告|鉴证")
_PROOFS = re.compile(r"社会?保|参保|缴费|著作权|专利证|审计|审核报告|鉴证|信用|证书|租赁|租约|存款|账户|开户")
_EXPLAINS = re.compile(
    r"更名|曾用名|原名|原名称|变更(?:登记|前|后)|母公司|子公司|控股|全资|集团|分公司|前身|无偿|授权|联合|合并|吸收|举办单位|关联|转租|委托"
)
_SEALED = re.compile(r"盖章|公章|承诺单位|承诺人")
_HEAD = 80  # characters in which a paper says what it is


def holder_issues(case: Case, others: set[str]) -> Iterator[Issue]:
    """One issue for each proof that is made out to another organisation and never names the applicant, and for each
    form or pledge that another organisation seals; none where a paper explains how both belong together."""
    if case.applicant.name is None:
        return
    name = case.applicant.name
    for material in case.materials:
        shown = _holder(material, name.value) or _in_column(material, name.value) or _sealer(case, material, name.value)
        if shown is None:
            continue
        where = organisation(shown.quote)
        unit = bare(shown.quote[where[0] : where[1]]) if where else bare(shown.quote)
        if unit in others or unit in name.value or name.value in unit or _explained(case, unit, name.value):
            continue
        message = (
            f"“{short(material.name)}”写的单位是“{unit}”,与申报单位“{name.value}”不同,材料没有说明二者的关系,请核对。"
        )
        yield Issue("name_mismatch", material.name, shown.page, message, (shown, name.exhibit))


def _holder(material: Material, name: str) -> Exhibit | None:
    """The name that a proof is made out to, when the applicant's stands nowhere in it."""
    text = bare("".join(page.text for page in material.pages))
    if not _PROOFS.search(text[:_HEAD]) or name in text:
        return None
    patterns = [_HOLDER, *([_ADDRESSED] if _AUDIT.search(text[:_HEAD]) else [])]
    for place, page in enumerate(material.pages[:2]):
        even = flat(page.text)
        for pattern in patterns:
            for found in pattern.finditer(even):
                if where := organisation(found["who"]):
                    start = found.start("who")
                    return exhibit(material, place, start + where[0], start + where[1])
    return None


def _in_column(material: Material, name: str) -> Exhibit | None:
    """The name in a column of holders (著作权人, 参保单位) of a list of rights or insured staff, when all rows have the
    same one and the applicant's stands nowhere."""
    text = bare("".join(page.text for page in material.pages))
    if name in text or not _LISTS.search(bare(material.name) + text[:_HEAD]):
        return None
    found: dict[str, Exhibit] = {}
    for place, page in enumerate(material.pages[:2]):
        column = None
        for line in lines(page):
            words = page.text[line.start : line.end]
            if line.is_cell and _COLUMN.fullmatch(bare(words)):
                column = line.column
            elif line.is_cell and line.column == column and (where := organisation(flat(words))):
                start = line.start + where[0]
                found.setdefault(bare(words), exhibit(material, place, start, line.start + where[1]))
    return next(iter(found.values())) if len(found) == 1 else None


def _sealer(case: Case, material: Material, name: str) -> Exhibit | None:
    """The name at the place to seal a form or pledge."""
    if case.papers.get(material.sha256) not in ("form", "pledge"):
        return None
    for fact in case.of("name", APPLICANT, own=False):
        here = fact.exhibit.sha256 == material.sha256 and _is_sealed(case, fact) and len(fact.value) >= 6
        if here and fact.value != name and not _is_near(fact.value, name):
            return fact.exhibit
    return None


def _is_sealed(case: Case, fact: Fact) -> bool:
    text = case.material(fact.exhibit.sha256).pages[fact.exhibit.place].text
    begin = text.rfind("\n", 0, fact.exhibit.start) + 1
    return _SEALED.search(flat(text[begin : fact.exhibit.start])) is not None


def _is_near(one: str, other: str) -> bool:
    """Spelt alike, so that the misspelling is told elsewhere."""
    shared = sum(char in other for char in one)
    return abs(len(one) - len(other)) <= 2 and shared >= len(other) - 2


def _explained(case: Case, unit: str, name: str) -> bool:
    """Whether a page names both and says how they belong together, or the form names the other as a former name."""
    for _, _, page in case.pages():
        words = bare(page.text)
        at = words.find(unit)
        if at >= 0 and _EXPLAINS.search(words[max(0, at - 80) : at + len(unit) + 80]):
            return True
        if at >= 0 and name in words and _EXPLAINS.search(words):
            return True
    return False
