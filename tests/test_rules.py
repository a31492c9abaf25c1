"""What Python may decide, and what it leaves to a person."""

from dataclasses import replace

from assistant.checking.rule_types import Known, Outcome
from assistant.checking.rules import RULES
from assistant.conditions.schema import RuleName
from assistant.facts.labels import APPLICANT, SIGNED_ON
from assistant.materials.kinds import MaterialKind
from assistant.reports.schema import Issue, IssueKind
from tests.check_fakes import ADDRESS, CODE, NAME, conditions, fact, known, licensed, material

_ELSEWHERE = "山东省济南市历下区示例路5号"


def _of(rule: RuleName, given: Known) -> Outcome | None:
    condition = next(each for each in conditions().conditions if rule in each.rules)
    return RULES[rule](condition, given)


def _registered(given: Known) -> Outcome:
    outcome = _of("registered_or_active", given)
    assert outcome is not None
    return outcome


def test_a_legal_person_of_the_city_is_met_by_name_code_and_address() -> None:
    paper, facts = licensed()
    outcome = _registered(known(paper, facts=facts))
    assert outcome.verdict == "met"
    assert [each.quote for each in outcome.evidence] == [NAME, CODE, ADDRESS]


def test_the_licence_is_quoted_though_another_paper_was_read_first() -> None:
    paper, facts = licensed()
    form = material("申报书.pdf", f"{NAME}\n{CODE}\n{ADDRESS}")
    told = tuple(fact(each.kind, each.value, each.role, form) for each in facts)
    outcome = _registered(known(form, paper, facts=(*told, *facts)))
    assert outcome.verdict == "met"
    assert {each.file for each in outcome.evidence} == {paper.name}


def test_without_a_licence_it_is_missing_or_unclear() -> None:
    assert _registered(known()).verdict == "missing"
    form = material("申报书.pdf", NAME)
    outcome = _registered(known(form, facts=(fact("name", NAME, "单位名称", form),)))
    assert outcome.verdict == "unclear"
    assert "没有见到法人资格证明" in outcome.reason


def test_conflicts_leave_it_open_with_both_places() -> None:
    paper, facts = licensed()
    other = material("公司简介.pdf", f"注册于{_ELSEWHERE}")
    kinds: tuple[IssueKind, ...] = ("bad_uscc", "name_mismatch", "address_conflict")
    for kind in kinds:
        places = (facts[2].exhibit, fact("address", _ELSEWHERE, "注册地址", other).exhibit)
        outcome = _registered(
            known(paper, other, facts=facts, issues=(Issue(kind, other.name, 1, "两处不同。", places),))
        )
        assert outcome.verdict == "unclear"
        assert {each.file for each in outcome.evidence} == {paper.name, other.name}


def test_two_addresses_in_the_same_city_do_not_matter() -> None:
    paper, facts = licensed()
    lease = material("租赁合同.pdf", "青岛市即墨区示例三路9号")
    place = fact("address", "青岛市即墨区示例三路9号", "租赁地址", lease).exhibit
    issue = Issue("address_conflict", lease.name, 1, "地址不同。", (facts[2].exhibit, place))
    assert _registered(known(paper, lease, facts=facts, issues=(issue,))).verdict == "met"


def test_a_branch_is_no_legal_person_of_its_own() -> None:
    paper = material("法人资格证明.pdf", f"营业执照\n{NAME}\n{CODE}\n类型:有限责任公司分公司\n{ADDRESS}")
    facts = (
        fact("name", NAME, "单位名称", paper),
        fact("uscc", CODE, "统一社会信用代码", paper),
        fact("address", ADDRESS, "住所", paper),
    )
    assert _registered(known(paper, facts=facts)).verdict == "unclear"


def test_a_licence_that_was_not_read_whole_is_unclear() -> None:
    paper, facts = licensed()
    assert _registered(known(paper, facts=facts[:2])).verdict == "unclear"
    assert _registered(known(paper)).verdict == "unclear"


def test_another_name_on_the_licence_is_unclear() -> None:
    paper, facts = licensed("青岛示例另一科技有限公司")
    form = material("申报书.pdf", NAME)
    own = fact("name", NAME, "单位名称", form)
    assert _registered(known(form, paper, facts=(own, *facts))).verdict == "unclear"


def test_the_licence_of_somebody_else_is_told() -> None:
    paper, facts = licensed()
    other = material("法人资格证明2.pdf", "营业执照\n名称:济南示例软件有限公司")
    theirs = fact("name", "济南示例软件有限公司", APPLICANT, other)
    kinds = {paper.name: ("法人资格证明",), other.name: ("法人资格证明",)}
    outcome = _registered(known(paper, other, facts=(*facts, theirs), kinds=kinds))
    assert outcome.verdict == "unclear"
    assert theirs.exhibit in outcome.evidence
    partner = fact("joint_applicant", "济南示例软件有限公司", "联合申报单位", other)
    assert _registered(known(paper, other, facts=(*facts, theirs, partner), kinds=kinds)).verdict == "met"


def test_public_bodies_need_only_be_located_in_the_city() -> None:
    paper, facts = licensed()
    for entity in ("thinktank", "university", "institute", "association"):
        outcome = _registered(known(paper, facts=facts, entity=entity, registered=None))
        assert outcome.verdict == "met"
    assert _registered(known(paper, facts=facts, registered=None)).verdict == "unclear"


def test_active_in_the_city_but_registered_elsewhere_is_for_a_person() -> None:
    paper, facts = licensed(address=_ELSEWHERE)
    lease = material("租赁合同.pdf", "青岛市即墨区示例三路9号")
    local = fact("address", "青岛市即墨区示例三路9号", "租赁地址", lease)
    alone = _registered(known(paper, lease, facts=(*facts, local), registered="济南"))
    assert alone.verdict == "unclear"
    assert "没有联合申报单位" in alone.reason
    assert local.exhibit in alone.evidence
    form = material("申报书.pdf", "联合申报单位:青岛示例数字服务有限公司")
    joint = fact("joint_applicant", "青岛示例数字服务有限公司", "联合申报单位", form)
    together = _registered(known(paper, lease, form, facts=(*facts, local, joint), registered="济南"))
    assert together.verdict == "unclear"
    assert "有联合申报单位" in together.reason
    assert joint.exhibit in together.evidence


def test_neither_registered_nor_active_in_the_city_is_unmet_with_its_address() -> None:
    paper, facts = licensed(address=_ELSEWHERE)
    outcome = _registered(known(paper, facts=facts, registered="济南", located="济南"))
    assert outcome.verdict == "unmet"
    assert _ELSEWHERE in [each.quote for each in outcome.evidence]


_PLEDGE = (
    f"真实性承诺书\n我单位{NAME}郑重承诺:所提交的材料真实、准确、完整。\n法定代表人(签字):王示例\n盖章\n2022年3月18日"
)


def _pledged(text: str = _PLEDGE, *issues: Issue, signed: bool = True, dated: bool = True) -> Outcome | None:
    paper = material("真实性承诺书.pdf", text)
    licence, facts = licensed()
    more = (
        *((fact("signed", "王示例", "签字", paper),) if signed else ()),
        *((fact("date", "2022-03-18", "签署日期", paper, "2022年3月18日"),) if dated else ()),
    )
    return _of("truthfulness_pledge", known(paper, licence, facts=(*facts, *more), issues=issues))


def test_a_signed_and_dated_pledge_is_met() -> None:
    outcome = _pledged()
    assert outcome is not None
    assert outcome.verdict == "met"
    assert outcome.evidence[0].quote.endswith("真实、准确、完整。")


def test_a_pledge_that_lacks_something_is_unclear() -> None:
    for outcome, lack in (
        (_pledged(signed=False), "签字或盖章"),
        (_pledged(dated=False), "日期"),
        (_pledged(_PLEDGE.replace(NAME, "济南另一有限公司")), "名称"),
        (_pledged(_PLEDGE, Issue("unsigned", "真实性承诺书.pdf", 1, "没有签字。")), "没有签字"),
        (_pledged("真实性承诺书\n2022年3月18日\n王示例"), "没有读到承诺"),
    ):
        assert outcome is not None
        assert outcome.verdict == "unclear"
        assert lack in outcome.reason
        assert outcome.evidence


def test_without_a_pledge_the_rule_has_nothing_to_say() -> None:
    assert _of("truthfulness_pledge", known()) is None


def test_in_a_compilation_only_the_pledge_itself_is_looked_at() -> None:
    text = f"申报书\n{NAME}\n法定代表人(签字):王示例\n2022年3月18日"
    paper = material("汇编.pdf", text, f"真实性承诺书\n我单位{NAME}承诺所提交的材料真实、准确。\n法定代表人(签字):")
    signed = fact("signed", "王示例", "签字", paper)
    dated = fact("date", "2022-03-18", SIGNED_ON, paper, "2022年3月18日")
    name = fact("name", NAME, APPLICANT, paper)
    pages = [page.text for page in paper.pages]
    placed = {
        paper.sha256: [
            MaterialKind("申报书", 0, 0, 0, len(pages[0])),
            MaterialKind("真实性承诺书", 1, 0, 1, len(pages[1])),
        ]
    }
    outcome = _of("truthfulness_pledge", replace(known(paper, facts=(name, signed, dated)), placed=placed))
    assert outcome is not None
    assert outcome.verdict == "unclear"
    assert "没有读到签字或盖章、没有读到日期" in outcome.reason
    assert {each.page for each in outcome.evidence} == {2}
