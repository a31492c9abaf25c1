"""A question for an amount, a date or a name is recognised, and so is a sentence that holds one."""

import pytest

from assistant.answering.answer_types import ValueKind, asked
from ingest.normalize import tidy

ASKED: list[tuple[str, ValueKind]] = [
    ("补贴多少钱", "amount"),
    ("能给几万", "amount"),
    ("注册资本最低要多少", "amount"),
    ("评审要不要交费", "amount"),
    ("更名后多久备案", "duration"),
    ("几个工作日内报送", "duration"),
    ("有效期多长", "duration"),
    ("几年评一次", "frequency"),
    ("多久开展一次评价", "frequency"),
    ("及格线多少分", "score"),
    ("评分标准是什么", "score"),
    ("通过率有百分之几", "share"),
    ("专家委员会有多少人", "count"),
    ("几家单位可以联合", "count"),
    ("主任是谁", "person"),
    ("第一批名单里有谁", "name"),
    ("咨询电话是多少", "contact"),
    ("网址发我", "contact"),
    ("几月几号截止", "date"),
    ("什么时候施行", "date"),
    ("去哪交材料", "place"),
    ("牌子什么尺寸", "form"),
]


@pytest.mark.parametrize(("question", "kind"), ASKED)
def test_the_kind_of_value_that_is_asked_for(question: str, kind: ValueKind) -> None:
    assert kind in [t.kind for t in asked(question)]


@pytest.mark.parametrize(
    "question",
    ["申报条件", "谁负责初审", "数据要共享吗", "赋能中心是什么", "这几个条件怎么理解", "那几家企业怎么管", "第七条"],
)
def test_a_question_for_no_value(question: str) -> None:
    assert asked(question) == ()


HOLDS: list[tuple[str, str, bool]] = [
    ("补贴多少钱", "一次性奖励50万元。", True),
    ("补贴多少钱", "对评价优秀的给予支持。", False),
    ("更名后多久备案", "应在30个工作日内备案。", True),
    ("更名后多久备案", "应及时备案。", False),
    ("更名后多久备案", "2021年11月19日起施行。", False),
    ("几年评一次", "每年开展一次评价。", True),
    ("什么时候施行", "自2021年11月19日起施行。", True),
    ("什么时候施行", "按规定时间提交。", False),
    ("咨询电话是多少", "联系电话:0532-85911234。", True),
    ("咨询电话是多少", "附件:2021年10月13日。", False),
    ("主任是谁", "专家委员会下设秘书处。", False),
    ("通过率有百分之几", "不低于30%。", True),
    ("及格线多少分", "总分80分以上为合格。", True),
    ("及格线多少分", "部分单位。", False),
]


@pytest.mark.parametrize(("question", "sentence", "held"), HOLDS)
def test_whether_a_sentence_holds_such_a_value(question: str, sentence: str, held: bool) -> None:
    assert any(t.holds.search(tidy(sentence)) for t in asked(question)) is held


def test_a_count_is_held_in_the_unit_that_was_asked_for() -> None:
    (count,) = [t for t in asked("专家委员会有多少人") if t.kind == "count"]
    assert count.strict
    assert not count.holds.search(tidy("可联合至少1家独立法人单位,分为四档。"))
    assert count.holds.search("由9人组成")


def test_a_question_may_ask_for_several_values() -> None:
    assert {t.kind for t in asked("补贴多少钱,打哪个电话问?")} == {"amount", "contact"}
