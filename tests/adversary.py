"""A language model that lies as it is told to, and the measures that drafts are checked against.

The drafts are in tests/data/drafts; those named `_second` were written by another hand before it had read the
verification, `_third` and `_fourth` by the same after each mending. A draft is lines of `clause ids | sentence`,
g before an id for the measure of grants, p for the measure of parking; `!words @ id` is a quote, `=C7` after the ids
adds a key as it is.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.agent.schema import Draft, DraftSentence, Handed
from assistant.errors import ModelReplyError, ModelTimeout
from assistant.llm.schema import Filled, Prompt, Shape, Where
from ingest.clauses import parse
from ingest.schema import Clause, Policy
from tests.fakes import qingdao

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

GRANTS = """示例市企业技术改造补助办法

第一条  为支持企业技术改造,制定本办法。
第二条  本办法所称技术改造项目,是指在本市实施、总投资不低于500万元的设备更新项目。
第三条  市工业和信息化局负责项目的受理和审核;市财政局负责资金拨付和监督。各区工业和信息化主管部门负责初审。
第四条  对符合条件的项目,按照设备投资额的10%给予补助,单个项目最高不超过200万元。同一企业每年累计不超过500万元。
第五条  企业应当于每年3月31日前提交申请。各区主管部门应当自受理之日起20个工作日内完成初审,\
并在5个工作日内报送市工业和信息化局。
第六条  企业不得重复申报。已获得中央财政同类资金支持的项目,不予补助。总投资在5000万元以上的项目,\
可以由市工业和信息化局直接受理。
第七条  获得补助的企业应当在项目完工后30日内报告,无需另行提交纸质材料。逾期60日未报告的,市财政局应当收回补助资金。
第八条  评审专家不少于5人,其中财务专家不少于1人。专家与申报企业有利害关系的,应当回避。
第九条  本办法自2024年1月1日起施行,有效期至2026年12月31日。
"""
DRAFTS = Path(__file__).parent / "data" / "drafts"
TODAY = date(2022, 6, 1)
GRANTS_TODAY = date(2025, 6, 1)
ALWAYS = {"q": ("8", "13", "17", "18"), "g": ("3", "4", "5", "6"), "p": ("4", "6", "9")}
"""Clauses of each measure that are handed out beside those a draft cites."""


@cache
def measures() -> dict[str, tuple[Policy, dict[str, Clause]]]:
    """The shipped measure (q) and fictional ones of grants (g) and parking (p), with their clauses by id."""
    policy, source = qingdao()
    grants = Policy(
        id="grants-2024",
        title="示例市企业技术改造补助办法",
        issuer="示例市工业和信息化局",
        path="policies/grants-2024.txt",
        sha256="0" * 64,
        effective=date(2024, 1, 1),
        expires=date(2026, 12, 31),
    )
    words = (DRAFTS / "parking.txt").read_text("utf-8")
    parking = Policy(
        id="parking-2023",
        title="示例市公共停车场管理办法",
        issuer="示例市人民政府",
        path="policies/parking-2023.txt",
        sha256="0" * 64,
        effective=date(2023, 3, 1),
    )
    return {
        "q": (policy, {c.id: c for c in parse(source, policy.id)}),
        "g": (grants, {c.id: c for c in parse(GRANTS, grants.id)}),
        "p": (parking, {c.id: c for c in parse(words, parking.id)}),
    }


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft with what it was made from; `kind` is what it tries."""

    kind: str
    text: str
    draft: Draft
    handed: tuple[Handed, ...]
    question: str
    as_of: date

    @property
    def aside(self) -> bool:
        """Whether it belongs to the third that nothing was tuned on."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 3 == 0


def trial(text: str, *, kind: str = "honest") -> Trial:
    """The draft that `text` writes down. A first line `? question` asks, `@ date` sets the date."""
    question, as_of = "这方面是怎么规定的?", None
    rows: list[tuple[list[str], str]] = []
    quoted: list[tuple[str, str]] = []
    for line in filter(None, text.split("\n")):
        if line.startswith("?"):
            question = line[1:].strip()
        elif line.startswith("@"):
            as_of = date.fromisoformat(line[1:].strip())
        elif line.startswith("!"):
            words, _, place = line[1:].rpartition("@")
            quoted.append((place.strip(), words.strip()))
        else:
            places, _, words = line.partition("|")
            rows.append((places.split(), words.strip()))
    ids = [i for row, _ in rows for i in row if not i.startswith("=")] + [i for i, _ in quoted]
    measure = next((i[0] for i in ids if i[0] in "gp"), "q")
    policy, clauses = measures()[measure]
    wanted = [i.lstrip("gp") for i in ids] + list(ALWAYS[measure])
    handed = tuple(Handed(f"C{n}", policy, clauses[i]) for n, i in enumerate(dict.fromkeys(wanted), 1))
    key = {given.clause.id: given.key for given in handed}
    draft = Draft(
        True,
        tuple(DraftSentence(w, tuple(i[1:] if i[0] == "=" else key[i.lstrip("gp")] for i in row)) for row, w in rows),
        tuple((key[i.lstrip("gp")], words) for i, words in quoted),
    )
    return Trial(kind, text, draft, handed, question, as_of or (TODAY if measure == "q" else GRANTS_TODAY))


def honest(name: str = "honest") -> tuple[Trial, ...]:
    """Drafts as a careful clerk would write them, from the file of `name`."""
    return tuple(trial(text.strip()) for text in (DRAFTS / f"{name}.txt").read_text("utf-8").split("\n---\n"))


def adverse(name: str = "adverse") -> tuple[Trial, ...]:
    """Drafts that say what no clause says, from the file of `name`; a line `# kind` stands over those of a kind."""
    made: list[Trial] = []
    kind = ""
    for block in (DRAFTS / f"{name}.txt").read_text("utf-8").split("\n---\n"):
        text = block.strip()
        if text.startswith("# "):
            head, _, text = text.partition("\n")
            kind = head[2:]
        if text:
            made.append(trial(text, kind=kind))
    return tuple(made)


@dataclass
class Adversary:
    """A `LanguageModel` that gives the prepared `replies` in turn, as values or errors; the last one for ever after."""

    replies: Sequence[object]
    name: str = "adversary"
    where: Where = "local"
    context: int = 8192
    asked: list[Prompt] = field(default_factory=list)

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        """The next reply, read as `shape`. Raises ModelReplyError for what is not of the shape."""
        self.asked.append(prompt)
        reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        try:
            given = reply if isinstance(reply, str) else shape.model_validate(reply)
            value = shape.model_validate_json(given) if isinstance(given, str) else given
        except ValueError as error:
            raise ModelReplyError("模型的回复不是所要的格式。") from error
        return Filled(value, prompt_tokens=1, reply_tokens=1)

    def chat(self, *, seconds: float, tokens: int = 800) -> "BaseChatModel":
        """It can only fill. Raises ModelTimeout."""
        raise ModelTimeout("模型没有回应。")
