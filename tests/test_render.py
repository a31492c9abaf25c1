"""Answers as people read them: text, Word, and the page's HTML."""

import io
import re
from datetime import date, datetime

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.answer_docx import conversation_docx
from assistant.render.answer_markdown import markdown, parts, unquoted, version
from assistant.schema import Answer, Citation, Notice
from assistant.web.conversation import Conversation
from assistant.web.masthead import as_of, masthead
from assistant.web.panel import panel
from assistant.web.transcript import transcript
from ingest.clauses import parse
from ingest.errors import UsageError
from tests.fakes import FakeAnswers, FakeLibrary, qingdao, second

POLICY, SOURCE = qingdao()
CLAUSES = parse(SOURCE, POLICY.id)
DAY = date(2022, 6, 1)


def cited(clause: str, quote: str) -> Citation:
    found = next(c for c in CLAUSES if c.id == clause)
    start = found.start + found.text.index(quote)
    return Citation(POLICY.id, POLICY.title, found.id, found.label, quote, start, start + len(quote), found.article)


FIRST, SECOND = cited("13", "30个工作日内"), cited("17", "连续两次评价不合格的给予撤销资格处理")


def test_lines_that_quote_a_citation_are_recognised_as_it() -> None:
    text = f"规定如下:\n第十三条:“{FIRST.quote}”\n请注意。"
    answer = Answer("问", "answered", text, DAY, citations=(FIRST, SECOND))
    assert [(p.text, p.citation) for p in parts(answer)] == [
        ("规定如下:", None),
        ("30个工作日内", FIRST),
        ("请注意。", None),
    ]
    assert unquoted(answer) == (SECOND,)


def test_the_answer_as_text_has_quotes_related_clauses_and_notices() -> None:
    text = f"规定如下:\n第十三条:“{FIRST.quote}”"
    answer = Answer("问", "answered", text, DAY, citations=(FIRST, SECOND), notices=(Notice("expired", "已失效。"),))
    assert markdown(answer) == (
        "规定如下:\n\n第十三条\n> 30个工作日内\n\n"
        "依据:\n- 第十七条:“连续两次评价不合格的给予撤销资格处理”\n\n※ 已失效。"
    )
    refused = Answer("问", "refused", "没有规定。", DAY, related=(FIRST,))
    assert markdown(refused) == "没有规定。\n\n相近条款:\n- 第十三条"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.booleans())
def test_no_text_is_lost_in_parts(text: str, quoting: bool) -> None:
    whole = f"{text}\n第十三条:“{FIRST.quote}”\n{text}" if quoting else text
    kept = "".join(p.text for p in parts(Answer("问", "answered", whole, DAY, citations=(FIRST,))))
    expected = whole.replace(f"第十三条:“{FIRST.quote}”", FIRST.quote)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", expected)


def test_the_version_in_words() -> None:
    assert version(POLICY) == "2021年10月13日印发,2021年11月19日起施行,有效期至2023年11月18日"
    assert version(second()[0]) == "2020年1月1日起施行"


@given(st.text())
def test_any_question_can_be_exported(question: str) -> None:
    answer = Answer(question, "answered", f"{question}\n规定", DAY, citations=(FIRST,))
    made = docx.Document(io.BytesIO(conversation_docx([answer], [POLICY], made_at=datetime(2026, 1, 2, 3, 4))))
    lines = [p.text for p in made.paragraphs]
    assert "政策问答记录" in lines
    assert "导出时间:2026年1月2日 03:04" in lines
    assert "依据日期:2022年6月1日" in lines
    assert "第十三条  “30个工作日内”" in lines


def test_only_the_texts_that_were_cited_are_described() -> None:
    answer = Answer("问", "answered", "答", DAY, citations=(FIRST,))
    made = docx.Document(io.BytesIO(conversation_docx([answer], [POLICY, second()[0]], made_at=datetime(2026, 1, 2))))
    described = [p.text for p in made.paragraphs if p.text.startswith("依据文本")]
    assert described == [f"依据文本:《{POLICY.title}》({POLICY.issuer};{version(POLICY)})"]


@pytest.mark.parametrize("clause", [c.id for c in CLAUSES if c.leaf])
def test_every_clause_can_be_marked_in_the_whole_text(clause: str) -> None:
    found = next(c for c in CLAUSES if c.id == clause)
    citation = Citation(POLICY.id, POLICY.title, found.id, found.label, found.text, found.start, found.end)
    html = panel(POLICY, SOURCE, CLAUSES, citation)
    marked = "".join(re.sub(r"<[^>]+>", "", m) for m in re.findall(r"<mark>(.*?)</mark>", html, re.S))
    assert re.sub(r"\s", "", marked) == re.sub(r"\s", "", found.text)
    body = html[html.index('class="source-text"') :]
    shown = re.sub(r"<[^>]+>", "", body[body.index(">") + 1 :])
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", SOURCE)


@given(st.text(alphabet="<>&\"'`${}*[]()#a 条\n"))
def test_nothing_typed_becomes_markup(typed: str) -> None:
    library = FakeLibrary(((POLICY, SOURCE),))
    talk = Conversation().asked(typed)
    answer = FakeAnswers(library)(typed, history=(), policy=None, as_of=DAY)
    talk = talk.changed(talk.entries[0].key, answer=answer).noted(typed)
    told = transcript(talk)
    pattern = r"<(/?)(ol|li|div|p|article|figure|figcaption|blockquote|button|ul|span|footer|small|h2|section)\b"
    assert told.count("<") == len(re.findall(pattern, told))


def test_the_masthead_says_in_words_whether_the_text_is_in_force() -> None:
    def told(day: date, **changes: str) -> str:
        return re.sub(r"<[^>]+>", "", masthead([POLICY], day, today=date(2026, 1, 1), words_only=changes.get("words")))

    assert "今天(2026年1月1日)已经失效" in told(date(2026, 1, 1))
    assert "您选的日期(2022年6月1日),本办法在有效期内,有效期至2023年11月18日。" in told(DAY)
    assert "还没有生效" in told(date(2021, 11, 18))
    assert "在有效期内" in told(date(2023, 11, 18))
    assert "只按字词" in told(DAY, words="没有模型,只按字词检索。")
    assert "没有载明失效日期" in masthead([second()[0]], DAY, today=DAY, words_only=None)
    several = masthead([POLICY, second()[0]], date(2019, 1, 1), today=DAY, words_only=None)
    assert "有效0份,还没有生效2份(《青岛市" in several
    assert "还没有收录任何政策" in masthead([], DAY, today=DAY, words_only=None)


@pytest.mark.parametrize("typed", ["", "昨天", "2023-02-30", "2023-13-01", None, "1900-01-01", "3000-01-01"])
def test_a_day_that_is_none_is_told(typed: object) -> None:
    with pytest.raises(UsageError, match=r"^依据日期.*。$"):
        as_of(typed)
