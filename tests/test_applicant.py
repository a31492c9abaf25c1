"""Who applies: which paper is believed, what kind of unit it is, and where it is registered and works."""

import pytest

from assistant.facts.applicant import applicant
from assistant.facts.entity_types import kind_of, kind_of_name
from assistant.facts.places import load_regions
from evals.samples.codes import uscc, wrong
from ingest.errors import PolicyError
from tests.facts_fakes import (
    ADDRESS,
    CODE,
    CORPUS,
    FORM,
    LICENCE,
    NAME,
    REGIONS,
    applicant_of,
    application,
    facts_of,
    material,
)

LICENCE_FILE, FORM_FILE = material("营业执照.jpg", LICENCE), material("申报书.docx", FORM)


def test_the_licence_outweighs_the_form_and_the_form_the_rest() -> None:
    other = material("申报书.docx", FORM.replace(NAME, "青岛示例智能科技有限公司").replace("王示例", "李示例"))
    letters = [material(f"说明{n}.docx", f"单位名称：青岛示例他家有限公司\n第{n}份") for n in range(4)]
    who = applicant_of(other, *letters, LICENCE_FILE)
    assert who.name is not None
    assert (who.name.value, who.name.exhibit.file) == (NAME, "营业执照.jpg")
    assert who.legal_representative is not None
    assert who.legal_representative.value == "王示例"
    form_only = applicant_of(*letters, FORM_FILE)
    assert form_only.name is not None
    assert form_only.name.value == NAME


def test_without_licence_and_form_the_name_that_most_files_speak_of() -> None:
    papers = [material(f"{n}.docx", f"{NAME}第{n}份说明") for n in range(3)]
    who = applicant_of(material("0.docx", "青岛示例他家有限公司简介"), *papers)
    assert who.name is not None
    assert who.name.value == NAME


def test_a_wrong_code_does_not_displace_a_right_one() -> None:
    pledge = f"真实性承诺书\n{NAME}（统一社会信用代码：{wrong(CODE)}）承诺"
    who = applicant_of(material("承诺书.docx", pledge), material("申报书.docx", FORM))
    assert who.uscc is not None
    assert who.uscc.value == CODE


def test_a_partners_licence_is_not_the_applicants() -> None:
    partner = LICENCE.replace(NAME, "青岛示例伙伴有限公司").replace(ADDRESS, "山东省济南市历下区示例路2号")
    form = FORM.replace("注册地址", "联合申报单位\t青岛示例伙伴有限公司\n注册地址")
    who = applicant_of(material("a伙伴营业执照.jpg", partner), LICENCE_FILE, material("申报书.docx", form))
    assert who.name is not None
    assert who.address is not None
    assert (who.name.value, who.address.value) == (NAME, ADDRESS)
    assert [fact.value for fact in who.joint] == ["青岛示例伙伴有限公司"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("青岛示例智造科技有限公司", "enterprise"),
        ("青岛示例研究院有限公司", "enterprise"),
        ("示例大学", "university"),
        ("示例大学青岛研究院", "institute"),
        ("青岛示例行业协会", "association"),
        ("青岛示例智库", "thinktank"),
        ("示例", "other"),
    ],
)
def test_kinds_by_name(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


def test_kinds_by_authority_and_box() -> None:
    assert kind_of("青岛示例智库咨询有限公司", uscc("MAFAKE21", kind="91"), "", "thinktank") == "enterprise"
    assert kind_of("青岛示例数字经济研究院", uscc("MJFAKE17", kind="52"), "", "thinktank") == "thinktank"
    assert kind_of("青岛示例数字经济研究院", uscc("MJFAKE17", kind="52"), "", None) == "institute"
    assert kind_of("青岛示例学会", uscc("MJFAKE17", kind="51"), "", "institute") == "association"
    assert kind_of("青岛示例中心", None, "", "institute") == "institute"
    assert kind_of("青岛示例工业设计院", None, "营业执照", None) == "enterprise"


CERTIFICATE = """事业单位法人证书
统一社会信用代码\t{code}
名\t称\t青岛示例研究院
住\t所\t山东省青岛市黄岛区示例路66号
法定代表人\t李示例
登记管理机关：{authority}"""


@pytest.mark.parametrize(
    ("authority", "region", "registered"),
    [
        ("山东省示例登记管理局", "370000", None),
        ("青岛市示例登记管理局", "370200", "青岛"),
        ("示例登记管理局", "370700", "潍坊"),
    ],
)
def test_public_institutions_are_registered_with_their_authority(
    authority: str, region: str, registered: str | None
) -> None:
    code = uscc("MBFAKE37", region=region, kind="12")
    who = applicant_of(material("法人证书.pdf", CERTIFICATE.format(code=code, authority=authority)))
    assert (who.entity_type, who.registered_city, who.located_city) == ("institute", registered, "青岛")


def test_a_company_that_moved_is_registered_where_its_seat_is() -> None:
    code = uscc("MAFAKE21", region="370102")
    who = applicant_of(material("营业执照.jpg", LICENCE.replace(CODE, code)))
    assert who.registered_city == "青岛"


def test_a_company_registered_elsewhere_that_works_in_the_city() -> None:
    licence = LICENCE.replace(ADDRESS, "山东省潍坊市奎文区示例街3号").replace("青岛市崂山区示例审批", "潍坊市示例审批")
    lease = material("租赁.pdf", f"房屋租赁合同\n承租方：{NAME}\n房屋坐落于青岛市黄岛区示例路1号，")
    who = applicant_of(material("营业执照.jpg", licence), lease)
    assert (who.registered_city, who.located_city) == ("潍坊", "青岛")


def test_nothing_is_made_up() -> None:
    who = applicant_of(material("photo.jpg", "照片一 车间\nA company profile in English"))
    assert (who.name, who.uscc, who.address, who.registered_city, who.entity_type) == (None, None, None, None, "other")
    assert applicant([], application(), city="青岛", regions=REGIONS, kinds={}).name is None


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("山东省青岛市崂山区示例路1号", "青岛"),
        ("青岛崂山区示例路1号", "青岛"),
        ("青岛路12号", None),
        ("山东省胶州市示例路1号", None),
        ("北京市海淀区示例路1号", "北京"),
        ("济南市历下区青岛路8号", "济南"),
        ("吉林省吉林市示例路1号", "吉林"),
        ("广西壮族自治区南宁市示例路1号", "南宁"),
        ("新疆维吾尔自治区乌鲁木齐市示例路1号", "乌鲁木齐"),
    ],
)
def test_cities_of_addresses(address: str, city: str | None) -> None:
    assert REGIONS.city_of(address) == city


def test_cities_of_codes() -> None:
    assert REGIONS.city_of_code("370212") == "青岛"
    assert REGIONS.city_of_code("370000") is None
    assert REGIONS.city_of_code("310115") == "上海"
    assert REGIONS.province_of("山东示例局") == "山东"


def test_regions_agree_with_the_places_that_questions_are_asked_about() -> None:
    rows = [line.split() for line in (CORPUS / "places.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    assert {name for row in rows for name in row} - set(REGIONS.names.values()) == {"雄安", "台北", "高雄"}


def test_a_missing_table_is_told() -> None:
    with pytest.raises(PolicyError, match="行政区划表"):
        load_regions(CORPUS / "none.txt")


def test_facts_of_an_empty_application() -> None:
    assert facts_of() == ()
