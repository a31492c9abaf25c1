"""Small fictional packages and conditions for the tests of pre-screening; no file is read for them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from assistant.checking.rule_types import Known
from assistant.checking.support import Support, Supporter
from assistant.conditions.schema import Aspect, Condition, ConditionSet, ExpectedMaterial
from assistant.facts.labels import APPLICANT
from assistant.facts.places import load_regions
from assistant.materials.kinds import MaterialKind
from assistant.materials.sources import Names, sources
from assistant.materials.statements import Wording
from assistant.reports.exhibits import exhibit_quote
from assistant.reports.schema import Applicant, EntityType, Fact, FactKind, Issue
from ingest.application import chunks_of
from ingest.embeddings import Vectors
from ingest.materials import Application, Block, Material, Page, Table
from ingest.package_search import PackageSearch
from tests.fakes import CORPUS, qingdao

REGIONS = load_regions(CORPUS / "regions.txt")
NAME = "青岛示例智造科技有限公司"
CODE = "91370212MAFAKE211W"
ADDRESS = "山东省青岛市崂山区示例路1号"
LICENCE = f"营业执照\n统一社会信用代码:{CODE}\n名称:{NAME}\n类型:有限责任公司\n住所:{ADDRESS}"
FUNDS = Aspect(
    id="专项经费",
    quote="设立专项研究与开发经费,经费充足,保障有力",
    questions=("专项研究与开发经费投入多少万元", "研发经费审计报告"),
    cues=("专项.{0,8}经费", "研发经费"),
    substance=(r"[0-9][0-9.,]*\s*(?:万|亿)?元", "审计报告"),
    materials=("专项经费证明",),
)
TEAM = Aspect(
    id="服务团队",
    quote="专业的服务团队",
    questions=("专职服务人员有多少人",),
    cues=("专职", "服务团队", "服务人员"),
    substance=(r"[0-9]+\s*(?:名|人)", "高级工程师"),
    materials=("专职团队名单",),
)
SECRETS = Aspect(
    id="保密",
    quote="对赋能企业的商业秘密履行保密义务",
    questions=("商业秘密保密协议",),
    cues=("保密", "商业秘密"),
    substance=("保密协议", "保密制度", "保密义务", "保密期限"),
    materials=("数据共享与保密制度",),
)
CREDIT = Aspect(
    id="信用",
    quote="符合国家、省和市其他相关规定",
    questions=("是否列入严重失信主体名单",),
    cues=("失信", "行政处罚"),
    substance=("未列入", "未发现", "没有(?:受到)?行政处罚"),
    materials=(),
)


def conditions() -> ConditionSet:
    """Four conditions of the shipped measure, and five of the materials."""
    policy, source = qingdao()
    quotes = {"7.1": "在我市注册的独立法人单位", "7.2": FUNDS.quote, "7.8": SECRETS.quote, "7.9": "作出真实性承诺"}
    assert all(quote.replace(",", "") in source.replace(",", "").replace(",", "") for quote in quotes.values())

    def expected(name: str, clause: str, *titles: str, named: bool = False) -> ExpectedMaterial:
        label = f"第七条第({'一二三四五六七八九'[int(clause[2:]) - 1]})项"
        return ExpectedMaterial(name, clause, label, quotes[clause], named, titles)

    return ConditionSet(
        policy=policy.id,
        city="青岛",
        conditions=(
            Condition("7.1", "第七条第(一)项", "法人资格", quotes["7.1"], (), ("registered_or_active",)),
            Condition("7.2", "第七条第(二)项", "经费与团队", quotes["7.2"], (FUNDS, TEAM)),
            Condition("7.8", "第七条第(八)项", "保密", quotes["7.8"], (SECRETS,), human="保密措施是否有效由人工判断。"),
            Condition("7.9", "第七条第(九)项", "真实性承诺", quotes["7.9"], (), ("truthfulness_pledge",)),
        ),
        materials=(
            expected("法人资格证明", "7.1", "营业执照", "法人证书"),
            expected("专项经费证明", "7.2", "经费"),
            expected("专职团队名单", "7.2", "团队名单"),
            expected("数据共享与保密制度", "7.8", "保护制度"),
            expected("真实性承诺书", "7.9", "真实性承诺", named=True),
        ),
        sha256="c" * 64,
        roles={},
    )


def material(name: str, *pages: str, status: str = "read", tables: tuple[Table, ...] = ()) -> Material:
    """A material with a page for each text; each line is a paragraph, one with tabs a row."""
    made = []
    for number, text in enumerate(pages, 1):
        blocks, at = [], 0
        for line in text.split("\n"):
            blocks.append(Block("row" if "\t" in line else "paragraph", at, at + len(line)))
            at += len(line) + 1
        made.append(Page(number, text, tuple(block for block in blocks if block.end > block.start), tables))
    digest = hashlib.sha256(f"{name}{pages}".encode()).hexdigest()
    if status == "unreadable":
        return Material(name, "pdf", "unreadable", digest, 1, reason="文件已损坏。")
    return Material(name, "pdf", "read", digest, 1, pages=tuple(made))


def application(*materials: Material) -> Application:
    return Application("0" * 32, "虚构申报", datetime(2022, 3, 20, tzinfo=UTC), materials)


def fact(kind: FactKind, value: str, role: str, of: Material, quote: str | None = None) -> Fact:
    return Fact(kind, value, role, exhibit_quote(of, quote or value))


def supports(*materials: Material, aspect: Aspect = FUNDS, kinds: Mapping[str, Sequence[str]] = {}) -> Support:
    """What the materials show for an aspect, searched by words."""
    own = application(*materials)
    names = Names((NAME,))
    chunks = chunks_of(own)
    _, source = qingdao()
    condition = Condition("0", "", "", "", (aspect,))
    return Supporter(
        chunks,
        PackageSearch(chunks, embedder=None),
        sources=sources(
            own.materials, {one.sha256: kinds.get(one.name, ()) for one in materials}, names=names, owners={}
        ),
        names=names,
        wording=Wording((source,)),
        conditions=(condition,),
        nearest=None,
    ).support(condition, aspect)


def known(
    *materials: Material,
    facts: Sequence[Fact] = (),
    issues: Sequence[Issue] = (),
    kinds: Mapping[str, Sequence[str]] | None = None,
    entity: EntityType = "enterprise",
    registered: str | None = "青岛",
    located: str | None = "青岛",
) -> Known:
    """What rules look at; the first name, code and address among the facts are the applicant's."""

    def first(kind: FactKind) -> Fact | None:
        return next((each for each in facts if each.kind == kind), None)

    applicant = Applicant(
        first("name"),
        first("uscc"),
        entity,
        first("legal_representative"),
        first("address"),
        registered,
        located,
        tuple(each for each in facts if each.kind == "joint_applicant"),
    )
    named = kinds if kinds is not None else {one.name: (one.name.split(".")[0],) for one in materials}
    own = application(*materials)
    placed = {one.sha256: [_whole(one, name) for name in named.get(one.name, ()) if one.pages] for one in materials}
    return Known(conditions(), own, applicant, facts, issues, placed, REGIONS)


def _whole(paper: Material, name: str) -> MaterialKind:
    return MaterialKind(name, 0, 0, len(paper.pages) - 1, len(paper.pages[-1].text))


def licensed(name: str = NAME, address: str = ADDRESS) -> tuple[Material, tuple[Fact, ...]]:
    """A licence and what is read from it."""
    paper = material("法人资格证明.pdf", LICENCE.replace(NAME, name).replace(ADDRESS, address))
    return paper, (
        fact("name", name, APPLICANT, paper),
        fact("uscc", CODE, APPLICANT, paper),
        fact("address", address, "住所", paper),
    )


class Letters:
    """An embedder whose vectors count characters, and that remembers how many texts it was given."""

    name = "letters"
    dimension = 256

    def __init__(self) -> None:
        self.given = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.given += len(texts)
        return np.array([self.embed_query(text) for text in texts], np.float32).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, np.float32)
        for char in text:
            vector[ord(char) % self.dimension] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


def renamed(paper: Material, name: str) -> Material:
    return replace(paper, name=name)
