"""What contradicts: names, codes, addresses; and that a clean application has no issue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.consistency.addresses import same_place
from assistant.consistency.names import near
from evals.samples.codes import uscc, wrong
from ingest.materials import Remark
from tests.facts_fakes import ADDRESS, CODE, FORM, LICENCE, NAME, issues_of, material, told

UNIT = "青岛示例海星食品机械有限公司"


def pledge(name: str = NAME, *, code: str = CODE) -> str:
    closing = f"法定代表人（签字）：王示例\n单位（盖章）：{name}\n2022年3月18日"
    return f"真实性承诺书\n我单位{name}（{code}）承诺材料真实。\n{closing}"


def kinds(*texts: str, ocr: bool = False) -> list[str]:
    return [kind for kind, _ in told(*(material(f"材料{n}.pdf", text, ocr=ocr) for n, text in enumerate(texts)))]


def test_a_clean_application_has_no_issue() -> None:
    assert told() == []
    assert told(material("承诺书.pdf", pledge()), material("扫描.pdf", pledge(), ocr=True)) == []


@pytest.mark.parametrize(
    ("spelt", "how"),
    [
        ("青岛示例智造料技有限公司", "相差1个字(“料”与“科”)"),
        ("青岛市示例智造科技有限公司", "不一致"),
        ("青岛示例智造科技公司", "不一致"),
        ("青岛示例智造科技股份有限公司", "不一致"),
        ("示例智造科技有限公司", "不一致"),
        ("青岛示例智造技术有限公司", "相差2个字"),
    ],
)
def test_other_spellings_of_the_name(spelt: str, how: str) -> None:
    (issue,) = issues_of(material("营业执照.jpg", LICENCE), material("证明.pdf", f"兹证明{spelt}自2021年起服务。"))
    assert (issue.kind, [place.quote for place in issue.places]) == ("name_mismatch", [spelt, NAME])
    assert how in issue.message


@pytest.mark.parametrize(
    "text",
    [
        f"技术服务合同\n甲方：青岛示例智慧科技有限公司\n乙方：{NAME}",
        f"{NAME}案例\n序号\t服务对象\t金额（万元）\n1\t青岛示例智能科技有限公司\t10",
        f"用户证明\n兹证明{NAME}为我公司服务。\n青岛示例智诚科技有限公司（盖章）",
        f"{NAME}（以下简称“示例智造”）\n示例智造公司\n{NAME}城阳分公司\n{NAME}工会委员会",
        f"{NAME}全资子公司青岛示例智造软件有限公司",
        "潍坊示例智造科技有限公司简介",
        "山东示例智造科技有限公司简介",
        f"客户名单\n青岛示例{'、青岛示例'.join('甲乙丙丁')}注塑有限公司",
    ],
)
def test_names_of_others_are_no_mismatches(text: str) -> None:
    assert kinds(text) == []


def test_a_misreading_is_told_as_a_doubt_and_under_a_seal_not_at_all() -> None:
    scan = material("证明.pdf", "兹证明青岛示例智造料技有限公司自2021年起服务。", ocr=True)
    ((kind, message),) = told(scan)
    assert kind == "name_mismatch"
    assert "可能是识别误差" in message
    line = "乙方：青岛示例智造料技有限公司"
    seal = Remark("seal", "第1页有印章,印文没有看清,请对照原件核对。", line, 1)
    assert told(material("租赁.pdf", f"租赁合同\n承租方：{NAME}\n{line}", ocr=True, remarks=[seal])) == []


def test_files_of_another_unit_are_one_issue() -> None:
    papers = material("承诺.pdf", pledge(UNIT)), material("审计.pdf", f"{UNIT}：\n经审计,情况良好。")
    (issue,) = issues_of(material("营业执照.jpg", LICENCE), material("申报书.docx", FORM), *papers)
    assert issue.kind == "name_mismatch"
    assert {place.file for place in issue.places} == {"承诺.pdf", "审计.pdf", "营业执照.jpg"}
    assert "有2份材料是另一单位" in issue.message


def test_papers_of_a_partner_are_none_of_another_unit() -> None:
    together = f"联合申报协议\n甲方：{NAME}\n乙方：{UNIT}"
    licence = LICENCE.replace(NAME, UNIT).replace(CODE, uscc("MAFAKE77", region="370203"))
    assert kinds(together, licence, pledge(UNIT, code=uscc("MAFAKE77", region="370203"))) == []


@given(st.integers(0, len(NAME) - 1), st.sampled_from("示例智造科技海云数字A"))
def test_near_finds_every_single_change_and_never_the_name_itself(place: int, char: str) -> None:
    changed = NAME[:place] + char + NAME[place + 1 :]
    words = f"兹证明{changed}自2021年起为{NAME}服务"
    assert [words[start:end] for start, end, _ in near(words, NAME)] == ([changed] if changed != NAME else [])


@given(st.text(alphabet=NAME + "的和甲乙,.", max_size=60))
def test_near_is_near(words: str) -> None:
    for start, end, distance in near(words, NAME):
        assert 1 <= distance <= 2
        assert abs(end - start - len(NAME)) <= 2


def test_codes_that_cannot_be() -> None:
    ((kind, message),) = told(material("承诺.pdf", pledge(code=wrong(CODE))))
    assert kind == "bad_uscc"
    assert "校验位应为“W”" in message
    ((_, message),) = told(material("表.pdf", f"单位名称：{NAME}\n统一社会信用代码：{CODE[:-1]}"))
    assert "应为18位,这里是17位" in message


def test_two_codes_of_one_unit_and_the_codes_of_others() -> None:
    other = uscc("MAFAKE99", region="370202")
    assert kinds(f"参保证明\n单位名称：{NAME}\n统一社会信用代码：{other}") == ["bad_uscc"]
    assert kinds(f"合同\n甲方：{UNIT}\n统一社会信用代码：{other}\n乙方：{NAME}\n统一社会信用代码：{CODE}") == []
    assert kinds("身份证号：370202199001011234 账号：370202199001019999") == []


def test_a_misread_code_is_told_as_a_doubt() -> None:
    misread = CODE.replace("0", "O", 1)
    ((kind, message),) = told(material("承诺.pdf", pledge(code=f"代码：{misread}"), ocr=True))
    assert kind == "bad_uscc"
    assert "字形相近,可能是识别误差" in message


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("青岛市崂山区示例路1号创新大厦8层", True),
        ("崂山区示例路1号8层", True),
        ("示例路1号", True),
        ("山东省 青岛市 崂山区示例路１号（创新大厦）8层", True),
        ("青岛市崂山区示例路2号", False),
        ("青岛市市北区示例路1号", False),
        ("青岛市崂山区别的路1号", False),
        ("山东省济南市历下区示例路5号", False),
    ],
)
def test_one_place_written_in_many_ways(one: str, same: bool) -> None:
    assert same_place(one, ADDRESS) is same_place(ADDRESS, one) is same


def test_a_misread_character_of_an_address() -> None:
    assert not same_place("青岛市崂山区示列大道18号", "青岛市崂山区示例大道18号")
    assert same_place("青岛市崂山区示列大道18号创新大厦", "青岛市崂山区示例大道18号创新大厦", recognised=True)
    assert not same_place("青岛市崂山区示列大道19号创新大厦", "青岛市崂山区示例大道18号创新大厦", recognised=True)


def test_registered_elsewhere_and_rooms_elsewhere() -> None:
    assert kinds("公司简介\n公司注册地为山东省济南市历下区示例路5号，") == ["address_conflict"]
    lease = f"房屋租赁合同\n承租方：{NAME}\n房屋坐落于青岛市即墨区示例三路9号，面积"
    assert kinds(lease) == ["address_conflict"]
    named = f"申报表\n单位名称\t{NAME}\n经营场所\t青岛市即墨区示例三路9号\n申报单位（盖章）：{NAME}\n2022年3月18日"
    assert kinds(lease, named) == []
    assert kinds(f"房屋租赁合同\n承租方：{NAME}\n房屋坐落于崂山区示例路1号8层，面积") == []


def test_what_is_told_of_others_contradicts_nothing() -> None:
    letter = f"用户证明\n我公司住所：青岛市市北区别处路9号\n{NAME}服务良好。\n{UNIT}（盖章）\n2022年1月1日"
    profile = f"合作单位介绍\n{UNIT}注册地址为青岛市平度市别处路9号，注册资本500万元，成立于2001年1月1日。"
    form = FORM.replace(
        "专项研究", f"联合申报单位\t{UNIT}\t注册资本\t500万元\n注册地址\t青岛市平度市别处路9号\n专项研究"
    )
    assert kinds(letter, profile) == []
    assert issues_of(material("营业执照.jpg", LICENCE), material("申报书.docx", form)) == ()
