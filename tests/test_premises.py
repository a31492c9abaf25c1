"""What a question takes for granted is corrected by number and grade; everything else is left to the quoted clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answer import answer
from assistant.answering.premises import Correction, corrections
from ingest.library import Library

RENAMING = "应在办理营业执照变更手续后的30个工作日内,由各主管部门报送备案。"
GRADES = "评价结果分为优秀、良好、合格和不合格。连续两次评价不合格的给予撤销资格处理。"
JOINT = "后者申报时可联合至少1家在我市注册的独立法人单位共同申报。"


@pytest.mark.parametrize(
    ("question", "sentence", "said", "written"),
    [
        ("更名之后15天内备案就行吧", RENAMING, "15天", "30个工作日"),
        ("更名后30天内备案对吗", RENAMING, "30天", "30个工作日"),
        ("变更要在六十个工作日内备案吧", RENAMING, "六十个工作日", "30个工作日"),
        ("一个月内备案,是吧", RENAMING, "一个月", "30个工作日"),
        ("评价分三档,对不对", GRADES, "三档", "优秀、良好、合格和不合格"),
        ("连续三次不合格才撤销吧", GRADES, "三次", "两次"),
        ("至少要联合3家本地单位吗", JOINT, "3家", "1家"),
        ("一次不合格就撤销资格对吧", GRADES, "一次", "两次"),
        ("连续三次不合格才撤销吧", f"每年开展一次评价。{GRADES}", "三次", "两次"),
    ],
)
def test_a_number_that_differs_is_named(question: str, sentence: str, said: str, written: str) -> None:
    assert corrections(question, [sentence]) == (Correction(said, written),)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("更名后30个工作日内备案对吧", RENAMING),
        ("更名后三十个工作日内备案对吧", RENAMING),
        ("评价分四档吗", GRADES),
        ("连着两回不合格呢", GRADES),
        ("2022年3月1日更名的怎么备案", RENAMING),
        ("二〇二二年三月一日更名的怎么备案", RENAMING),
        ("3月1日更名的怎么备案", RENAMING),
        ("第十三条说的备案是什么", RENAMING),
        ("30个工作日从哪一天开始算", RENAMING),
        ("更名以后第3天备案行吗", RENAMING),
        ("一年里更名两回怎么办", RENAMING),
        ("我们成立才3年,更名要备案吗", RENAMING),
        ("更名已经过了10天,还来得及吗", RENAMING),
        ("我们有5家子公司,能申报吗", JOINT),
        ("头一回不合格会撤销吗", GRADES),
        ("评了一次不合格,牌子还在不在", GRADES),
        ("更名后多久备案", RENAMING),
        ("15天内备案就行吧", "赋能中心应切实履行数据安全主体责任。"),
    ],
)
def test_what_is_no_false_number_is_left_alone(question: str, sentence: str) -> None:
    assert corrections(question, [sentence]) == ()


def test_a_number_is_wrong_only_when_no_quoted_sentence_has_it() -> None:
    assert corrections("15个工作日内备案吧", ["应在15个工作日内报送。", RENAMING]) == ()


def test_each_difference_is_named_once() -> None:
    assert corrections("15天,15天备案吧", [RENAMING, RENAMING]) == (Correction("15天", "30个工作日"),)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_compared(question: str, sentences: list[str]) -> None:
    for found in corrections(question, sentences):
        assert found.written


@given(st.integers(1, 999).filter(lambda n: n != 30))
def test_every_other_number_of_days_is_corrected(days: int) -> None:
    assert corrections(f"更名后{days}个工作日内备案吧", [RENAMING]) == (Correction(f"{days}个工作日", "30个工作日"),)


FALSE = [
    ("更名之后15天内备案就行吧?", "13", "15天", "30个工作日"),
    ("评价结果分为三个等级,对吧?", "17", "三个等级", "优秀、良好、合格和不合格"),
    ("外地企业申报必须联合至少3家青岛本地单位,对吗?", "7.1", "3家", "1家"),
    ("连续三次评价不合格才会撤销资格吧?", "17", "三次", "两次"),
]


@pytest.mark.parametrize(("question", "clause", "said", "written"), FALSE, ids=[row[0] for row in FALSE])
def test_a_false_premise_is_answered_with_what_the_clause_says(
    question: str, clause: str, said: str, written: str, library: Library
) -> None:
    given = answer(question, library)
    assert given.status == "answered"
    assert clause in [c.clause for c in given.citations]
    assert given.text.startswith("与您提到的")
    assert f"“{said}”" in given.text.splitlines()[0]
    assert f"“{written}”" in given.text.splitlines()[0]


@pytest.mark.parametrize("question", ["我们公司成立才3年,更名了要备案吗", "我们有5家外地子公司,能申报吗"])
def test_what_the_asker_tells_of_himself_is_not_corrected(question: str, library: Library) -> None:
    assert "与您提到的" not in answer(question, library).text
