"""A model with tools: what it is given, what it may cite, and what stops it."""

from datetime import date
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from assistant.agent.reply import reply
from assistant.agent.schema import Shown, Step
from assistant.agent.tally import Tally
from assistant.agent.toolbox import Toolbox
from assistant.answering.answer import answer
from assistant.errors import ModelUnavailable
from assistant.llm.schema import Ability
from assistant.schema import Answer
from ingest.library import Library
from tests.chat_fakes import calls, drafts
from tests.fakes import ScriptedModel

DAY = date(2022, 5, 1)
ABLE = Ability(tools=True, words=True)
RIGHT = "依托法人实体更名的,应在办理营业执照变更等相关手续后的30个工作日内备案。"
WRONG = RIGHT.replace("30", "60")


def told(library: Library, *chats: Any, question: str = "更名后多久备案", **options: Any) -> tuple[list[Any], Answer]:
    model = ScriptedModel(chats=chats)
    shown = list(reply(question, library, model, ability=ABLE, as_of=DAY, seconds=60, **options))
    last = shown[-1]
    assert isinstance(last, Shown)
    assert last.final
    return [*model.heard, [s for s in shown if isinstance(s, Step)]], last.answer


def key(library: Library, label: str, question: str = "更名后多久备案") -> str:
    """The key under which a clause is handed out with a question."""
    model = ScriptedModel(chats=[drafts(covered=False)])
    list(reply(question, library, model, ability=ABLE, as_of=DAY, seconds=60))
    prompt = next(m.content for m in model.heard[0] if isinstance(m, HumanMessage))
    line = next(line for line in str(prompt).splitlines() if f"] {label}:" in line)
    return line[1 : line.index("]")]


def test_the_clauses_go_in_with_the_question_and_the_draft_comes_out(library_by_words: Library) -> None:
    tally = Tally()
    heard, made = told(library_by_words, drafts((RIGHT, key(library_by_words, "第十三条"))), tally=tally)
    assert "30个工作日内" in str(heard[0])
    assert made.mode == "llm"
    assert made.text.startswith(RIGHT.rstrip("。"))
    assert tally.counts()["prompt_tokens"] == 50


def test_a_clause_that_a_tool_showed_can_be_cited(library_by_words: Library) -> None:
    def cites(sentence: str, shown: str) -> AIMessage:
        return drafts((sentence, shown))

    heard, made = told(
        library_by_words,
        calls(("read_clause", {"label": "第十四条"})),
        cites("赋能中心应切实履行数据安全主体责任。", "C7"),
        cites("赋能中心应切实履行数据安全主体责任。", "C7"),
    )
    result = next(m for m in heard[1] if isinstance(m, ToolMessage))
    assert "第十四条" in str(result.content)
    assert Step("reading", "正在阅读第十四条") in heard[-1]
    assert ("14" in [c.clause for c in made.citations]) == (made.mode == "llm")


def test_a_key_that_no_tool_gave_is_complained_of_and_then_given_up(library_by_words: Library) -> None:
    tally = Tally()
    heard, made = told(library_by_words, drafts((RIGHT, "C88")), drafts((RIGHT, "C88")), tally=tally)
    assert "编号C88没有给过您" in str(heard[1][-1].content)
    assert made.text == answer("更名后多久备案", library_by_words, as_of=DAY).text
    assert tally.counts()["rejected:key"] == 2


def test_the_second_try_may_be_right(library_by_words: Library) -> None:
    given = key(library_by_words, "第十三条")
    _, made = told(library_by_words, drafts((WRONG, given)), drafts((RIGHT, given)))
    assert made.mode == "llm"
    assert "60" not in made.text


def test_a_model_that_only_calls_tools_is_ended(library_by_words: Library) -> None:
    searches = [calls(("search_policy", {"query": "备案"}), number=n) for n in range(40)]
    heard, made = told(library_by_words, *searches)
    assert len(heard) - 1 <= 6
    assert made.mode == "extractive"
    assert made.notices[-1].kind == "model"


def test_bad_arguments_and_unknown_tools_are_told_to_the_model(library_by_words: Library) -> None:
    heard, made = told(
        library_by_words,
        calls(("working_day_deadline", {"start": "上周", "workdays": "很多"}), ("delete_policy", {"id": "x"})),
        calls(("AnswerDraft", {"covered": "也许", "sentences": 3}), number=2),
        drafts((RIGHT, key(library_by_words, "第十三条"))),
    )
    assert sum(isinstance(m, ToolMessage) for m in heard[1]) == 2
    assert made.mode == "llm"


@pytest.mark.parametrize("said", [AIMessage("就是30天。"), AIMessage("")], ids=["free text", "nothing"])
def test_an_answer_outside_of_the_shape_is_not_shown(said: AIMessage, library_by_words: Library) -> None:
    _, made = told(library_by_words, said)
    assert made.mode == "extractive"
    assert "就是30天" not in made.text


def test_an_error_of_the_model_leaves_the_composed_answer(library_by_words: Library) -> None:
    _, made = told(library_by_words, ModelUnavailable("语言模型服务出错(503),这次没有使用它。"))
    assert made.notices[-1].text == "语言模型服务出错(503),这次没有使用它;以上按条款原文回答。"


@pytest.fixture
def toolbox(library_by_words: Library) -> Toolbox:
    return Toolbox(library_by_words, library_by_words.shelf(), "qingdao-2021", DAY)


def test_a_clause_keeps_its_key(toolbox: Toolbox) -> None:
    first = toolbox.read_clause("第十三条")
    assert first.startswith("[C1] 第十三条:")
    assert toolbox.read_clause("第七条第(三)项").startswith("[C2] 第七条第(三)项:")
    assert toolbox.read_clause("十三条") == first
    assert [h.clause.id for h in toolbox.handed] == ["13", "7.3"]


@pytest.mark.parametrize("label", ["第二十一条", "第七条第十一项", "附件三", ""])
def test_a_clause_that_is_not_there_is_said_not_to(label: str, toolbox: Toolbox) -> None:
    assert "没有" in toolbox.read_clause(label)
    assert toolbox.handed == []


def test_searching_hands_out_what_it_shows(toolbox: Toolbox) -> None:
    shown = toolbox.search_policy("更名后多久备案")
    assert [f"[{h.key}] {h.clause.label}" for h in toolbox.handed] == [
        line.split(":")[0] for line in shown.splitlines()
    ]
    assert any(h.clause.id == "13" for h in toolbox.handed)


def test_validity_is_told_for_a_day(toolbox: Toolbox) -> None:
    assert "有效期内" in toolbox.policy_validity()
    assert "已失效" in toolbox.policy_validity("2024-01-01")
    assert "尚未施行" in toolbox.policy_validity("2021-01-01")
    assert "2022-05-01 这样" in toolbox.policy_validity("明天")


def test_working_days_are_counted_and_never_guessed(toolbox: Toolbox) -> None:
    assert "2022年2月24日届满" in toolbox.working_day_deadline("2022-01-10", 30)
    assert "无法推算" in toolbox.working_day_deadline("2090-01-10", 30)
    assert "正整数" in toolbox.working_day_deadline("2022-01-10", 0)
    assert len(toolbox.told) == 1


@pytest.mark.parametrize(
    ("grades", "says"),
    [
        (["不合格", "不合格"], "最近连续2次不合格,达到“连续两次评价不合格"),
        (["合格", "不合格"], "最近连续1次不合格,没有达到"),
        (["不合格", "不合格", "合格"], "最近连续0次不合格,没有达到"),
    ],
)
def test_what_grades_lead_to_is_read_from_the_clause(grades: list[str], says: str, toolbox: Toolbox) -> None:
    told = toolbox.evaluation_outcome(grades)
    assert says in told
    assert [h.clause.id for h in toolbox.handed] == ["17"]


def test_the_direct_grounds_are_shown_with_their_sentence(toolbox: Toolbox) -> None:
    told = toolbox.evaluation_outcome([], "提供虚假材料")
    assert "将直接给予撤销资格处理" in told


def test_conditions_and_materials_are_clauses(toolbox: Toolbox) -> None:
    toolbox.list_conditions()
    assert [h.clause.id for h in toolbox.handed] == ["7p1", *(f"7.{n}" for n in range(1, 11))]
    assert "申请书" in toolbox.required_materials()


def test_a_day_that_a_tool_counted_lifts_a_refusal(library_by_words: Library) -> None:
    question = "单位3月1日改了名,最晚哪天之前备案"
    assert answer(question, library_by_words, as_of=DAY).status == "refused"
    sentence = "从2022-03-01的次日起30个工作日,到2022年4月13日届满。"
    counts = calls(("working_day_deadline", {"start": "2022-03-01", "workdays": 30}))
    given = key(library_by_words, "第十三条", question)
    _, made = told(library_by_words, counts, drafts((sentence, given)), drafts((sentence, given)), question=question)
    assert made.status == "answered"
    assert "2022年4月13日" in made.text
    assert "不能确定" in made.text


def test_an_answer_to_what_is_surely_not_covered_stays_a_refusal(library_by_words: Library) -> None:
    question = "评上了给多少钱补贴"
    given = key(library_by_words, "第十七条", question)
    sentence = "对评价优秀的给予支持。"
    _, made = told(library_by_words, drafts((sentence, given)), drafts((sentence, given)), question=question)
    assert made.status == "refused"
