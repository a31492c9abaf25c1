"""Applications written as text, for tests of facts and consistency: a line with tabs is a table row."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from assistant.consistency.issues import issues
from assistant.facts.applicant import applicant
from assistant.facts.find import facts
from assistant.facts.places import load_regions
from assistant.reports.schema import Applicant, Fact, Issue
from evals.samples.codes import uscc
from ingest.materials import Application, Block, Material, Page, Remark

CORPUS = Path(__file__).parent.parent / "corpus"
REGIONS = load_regions(CORPUS / "regions.txt")
NAME = "青岛示例智造科技有限公司"
ADDRESS = "山东省青岛市崂山区示例路1号创新大厦8层"
CODE = uscc("MAFAKE21", region="370212")
ROLES = {
    "专项经费支出": ("专项研究与开发经费支出", "年度支出", "支出合计"),
    "专项经费预算": ("专项研究与开发经费预算", "年度预算", "设立专项研究与开发经费"),
    "收入": ("营业收入", "技术服务收入"),
}
LICENCE = f"""营业执照
统一社会信用代码\t{CODE}
名\t称\t{NAME}
法定代表人\t王示例
注册资本\t3000万元
成立日期\t2017年5月16日
住\t所\t{ADDRESS}
登记机关：青岛市崂山区示例审批服务局
2017年5月16日"""
FORM = f"""赋能中心申报书
单位名称\t{NAME}
统一社会信用代码\t{CODE}\t法定代表人\t王示例
注册地址\t{ADDRESS}
专项研究与开发经费\t2021年度支出\t512.60万元
\t2022年度预算\t600万元
法定代表人（签字）：
申报单位（盖章）：{NAME}
日期：2022年3月18日"""


def page(text: str, *, number: int | str | None = 1, ocr: bool = False) -> Page:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block("row" if "\t" in line else "paragraph", start, start + len(line)))
        start += len(line) + 1
    return Page(number, text, tuple(blocks), ocr=ocr, confidence=0.97 if ocr else None)


def material(name: str, *texts: str, ocr: bool = False, remarks: Sequence[Remark] = ()) -> Material:
    pages = tuple(page(text, number=number, ocr=ocr) for number, text in enumerate(texts, 1))
    digest = sha256(repr((name, texts)).encode()).hexdigest()
    return Material(name, "pdf", "ocr" if ocr else "read", digest, 1, pages=pages, remarks=tuple(remarks))


def application(*materials: Material) -> Application:
    return Application("0" * 32, "示例", datetime(2022, 3, 20, tzinfo=UTC), materials)


def facts_of(*materials: Material) -> tuple[Fact, ...]:
    return facts(application(*materials), roles=ROLES, kinds={})


def values(text: str, kind: str, *, name: str = "材料.pdf") -> list[tuple[str, str]]:
    """(value, role) of the facts of a kind in one page."""
    return [(fact.value, fact.role) for fact in facts_of(material(name, text)) if fact.kind == kind]


def applicant_of(*materials: Material) -> Applicant:
    return applicant(facts_of(*materials), application(*materials), city="青岛", regions=REGIONS, kinds={})


def issues_of(
    *materials: Material, policy_issued: date | None = date(2021, 10, 13), as_of: date = date(2022, 3, 25)
) -> tuple[Issue, ...]:
    given, told = application(*materials), facts_of(*materials)
    who = applicant(told, given, city="青岛", regions=REGIONS, kinds={})
    return issues(given, told, who, kinds={}, regions=REGIONS, policy_issued=policy_issued, as_of=as_of)


def told(*materials: Material, licence: bool = True, as_of: date = date(2022, 3, 25)) -> list[tuple[str, str]]:
    """(kind, message) of the issues of the licence, the form and `materials`."""
    given = (material("营业执照.jpg", LICENCE), material("申报书.docx", FORM)) if licence else ()
    return [(issue.kind, issue.message) for issue in issues_of(*given, *materials, as_of=as_of)]
