"""What counts as support for an aspect, and what does not."""

import pytest

from ingest.materials import Block, Material, Page
from tests.check_fakes import CREDIT, FUNDS, NAME, SECRETS, TEAM, material, supports


def _quotes(*lines: str, name: str = "说明.pdf", aspect: object = FUNDS, **options: object) -> list[str]:
    paper = material(name, "\n".join((f"{NAME}说明", *lines)))
    return [each.quote for each in supports(paper, aspect=aspect, **options).shown]  # type: ignore[arg-type]


def test_the_sentence_is_quoted_and_not_its_page() -> None:
    paper = material(
        "说明.pdf", f"{NAME}\n一、概况\n公司成立于2017年。2021年专项经费支出512.60万元。场地很大。", "第二页"
    )
    found = supports(paper).shown
    assert [each.quote for each in found] == ["2021年专项经费支出512.60万元。"]
    assert (found[0].page, found[0].file) == (1, "说明.pdf")


@pytest.mark.parametrize(
    "words",
    [
        "我单位具备较强的研发经费保障能力。",
        "公司专项研发经费充足,保障有力。",
        "设立专项研究与开发经费,经费充足,保障有力。",  # the measure's own words
        "公司拥有雄厚的专项经费实力。",
    ],
)
def test_an_assertion_without_substance_is_no_support(words: str) -> None:
    support = supports(material("说明.pdf", f"{NAME}\n{words}"))
    assert support.shown == ()
    assert [each.quote for each in support.asserted] == [words]


def test_substance_beside_praise_counts() -> None:
    assert _quotes("公司拥有雄厚的专项经费实力,2021年专项经费支出300万元。")


def test_words_of_the_measure_with_a_number_of_ones_own_count() -> None:
    assert _quotes("设立专项研究与开发经费600万元。")


@pytest.mark.parametrize(
    "words",
    [
        "公司尚未设立专项研究与开发经费。",
        "没有专项经费,注册资本500万元。",
        "专项经费\t无",
        "暂无研发经费1万元以上的投入。",
    ],
)
def test_a_denial_is_no_support_and_is_told(words: str) -> None:
    support = supports(material("说明.pdf", f"{NAME}\n{words}"))
    assert support.shown == ()
    assert [each.quote for each in support.denied] == [words]


@pytest.mark.parametrize("words", ["未列入严重失信主体名单。", "没有受到行政处罚。", "未发现失信记录。"])
def test_the_absence_of_what_is_bad_is_support(words: str) -> None:
    assert _quotes(words, aspect=CREDIT) == [words]


def test_what_was_done_comes_before_what_is_planned() -> None:
    support = supports(material("说明.pdf", f"{NAME}\n公司拟投入专项经费900万元。\n2021年专项经费支出512万元。"))
    assert [each.quote for each in support.shown] == ["2021年专项经费支出512万元。", "公司拟投入专项经费900万元。"]
    assert not support.planned
    assert supports(material("说明.pdf", f"{NAME}\n公司将于明年投入专项经费900万元。")).planned


def test_what_stands_under_the_next_steps_is_a_plan() -> None:
    text = "下一步工作计划\n设立专项经费500万元。"
    page = Page(1, text, (Block("heading", 0, 7, 1), Block("paragraph", 8, len(text))))
    assert supports(Material("计划.pdf", "pdf", "read", "a" * 64, 1, pages=(page,))).planned


def test_papers_of_others_come_first_and_the_form_last() -> None:
    words = "2021年度专项经费支出{}万元。"
    form = material("a申报书.pdf", f"申报书\n{NAME}\n{words.format(512)}")
    own = material("b说明.pdf", f"经费说明\n{NAME}\n{words.format(513)}")
    audit = material("c.pdf", f"专项审计报告\n{NAME}:\n{words.format(514)}")
    found = supports(form, own, audit).shown
    assert [each.file for each in found] == ["c.pdf", "b说明.pdf", "a申报书.pdf"]


def test_another_organisations_achievements_do_not_count() -> None:
    support = supports(
        material("说明.pdf", f"{NAME}说明\n示例集团有限公司拥有专职人员300人。\n本公司有专职人员18人。"), aspect=TEAM
    )
    assert [each.quote for each in support.shown] == ["本公司有专职人员18人。"]
    assert len(support.strangers) == 1
    foreign = supports(material("别家.pdf", "济南示例科技有限公司\n现有专职人员90人。"), aspect=TEAM)
    assert foreign.shown == ()
    assert len(foreign.strangers) == 1


def test_a_slip_in_the_applicants_name_does_not_make_it_another() -> None:
    wrong = NAME.replace("智造", "智选")
    assert supports(material("用户证明.pdf", f"用户证明\n兹证明{wrong}的专职人员18人驻场。"), aspect=TEAM).shown


def test_rows_are_quoted_whole() -> None:
    rows = "年度\t专项经费(万元)\t来源\n2020年\t300万元\t自筹\n2021年\t512万元\t自筹"
    assert _quotes(rows, aspect=FUNDS)[0] in rows.split("\n")


def test_rules_and_contracts_may_use_the_measures_words() -> None:
    words = "对赋能企业的商业秘密履行保密义务。"
    assert supports(material("说明.pdf", f"{NAME}\n{words}"), aspect=SECRETS).shown == ()
    binding = supports(material("商业秘密保护制度.pdf", f"{NAME}商业秘密保护制度\n{words}"), aspect=SECRETS).shown
    assert words in [each.quote for each in binding]


def test_no_words_twice_and_not_all_from_one_page() -> None:
    lines = "\n".join(f"第{number}笔专项经费{number}万元。" for number in range(1, 9))
    found = supports(
        material("一.pdf", f"{NAME}\n{lines}"),
        material("二.pdf", f"{NAME}\n第1笔专项经费1万元。\n专项经费合计36万元。"),
    ).shown
    assert len([each for each in found if each.file == "一.pdf"]) == 2
    assert len({each.quote for each in found}) == len(found)


def test_the_same_package_gives_the_same_support() -> None:
    papers = [material(f"{at}.pdf", f"{NAME}\n专项经费{at}万元。") for at in range(5)]
    assert supports(*papers) == supports(*papers)


def test_an_empty_package_shows_nothing() -> None:
    assert supports().shown == ()
    assert supports(material("坏.pdf", status="unreadable")).shown == ()
