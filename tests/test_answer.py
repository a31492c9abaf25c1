"""Questions through `answer()`: cited when they are covered, refused with a reason when not, never an exception."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.answer import answer
from assistant.schema import Answer
from ingest.errors import PolicyError
from ingest.library import Library

DAY = date(2022, 5, 1)


def ask(question: str, library: Library) -> Answer:
    return answer(question, library, as_of=DAY)


def cited(given: Answer) -> list[str]:
    return [c.clause for c in given.citations]


REFERENCES = [
    ("第七条第三项", ["7.3"]),
    ("7条(3)", ["7.3"]),
    ("七(三)", ["7.3"]),
    ("7.3", ["7.3"]),
    ("第 7 条第(三)项", ["7.3"]),
    ("第七条第(3)项写了什么", ["7.3"]),
    ("十三条", ["13"]),
    ("第十三条原文", ["13"]),
    ("article 13", ["13"]),
    ("第九条", ["9p1", "9.1", "9.2", "9.3", "9.4"]),
    ("第七条第八项和第九项", ["7.8", "7.9"]),
    ("第八条和第十八条有什么不同", ["8", "18"]),
    ("第五章", ["19", "20"]),
]


@pytest.mark.parametrize(("question", "clauses"), REFERENCES, ids=[row[0] for row in REFERENCES])
def test_a_clause_that_is_named_is_looked_up(question: str, clauses: list[str], library: Library) -> None:
    told = ask(question, library)
    assert told.status == "answered"
    assert cited(told) == clauses


@pytest.mark.parametrize("question", ["第二十一条", "第99条讲什么", "第七条第十一项", "第六章", "第七条第三款"])
def test_a_clause_that_does_not_exist_is_said_not_to(question: str, library: Library) -> None:
    told = ask(question, library)
    assert told.status == "refused"
    assert told.citations == ()


def test_how_many_articles_there_are_is_told_with_the_missing_one(library: Library) -> None:
    assert "共20条" in ask("第二十一条", library).text
    assert "共5章" in ask("第六章", library).text


COVERED = [
    ("更名后多久备案", "13", "30个工作日"),
    ("评价结果分几等", "17", "优秀、良好、合格和不合格"),
    ("外地企业可以申报吗", "7.1", "未在我市注册"),
    ("专家委员会由谁牵头成立", "4", "市发展改革委"),
    ("要不要签真实性承诺", "7.9", "真实性承诺"),
    ("数据要开放共享给哪个平台", "7.8", "公共数据服务平台"),
    ("从哪天起施行", "20", "2021年11月19日"),
    ("赋能中心是指什么", "2", "组织"),
    ("中央驻青单位的材料报给谁", "8", "直接报送"),
    ("连续两次不合格会怎样", "17", "撤销资格"),
]


@pytest.mark.parametrize(("question", "clause", "words"), COVERED, ids=[row[0] for row in COVERED])
def test_what_is_covered_is_answered_with_its_clause(question: str, clause: str, words: str, library: Library) -> None:
    told = ask(question, library)
    assert told.status == "answered"
    assert cited(told)[0] == clause
    assert words in told.text
    assert "《青岛市重点产业数字化转型赋能中心管理办法(试行)》规定" in told.text


SILENT = [
    ("评上以后能给多少补贴", "17"),
    ("专家委员会有多少人", "4"),
    ("公示期是几天", "9.4"),
    ("注册资本最低要多少万", "7.1"),
    ("被撤销资格后几年可以重新申报", "17"),
]


@pytest.mark.parametrize(("question", "clause"), SILENT, ids=[row[0] for row in SILENT])
def test_what_the_measure_is_silent_on_is_refused_with_the_nearest_clauses(
    question: str, clause: str, library: Library
) -> None:
    told = ask(question, library)
    assert told.status == "refused"
    assert told.citations == ()
    assert clause in [c.clause for c in told.related]
    assert "没有规定" in told.text
    assert "青岛市发展和改革委员会" in told.text, "whom to ask"
    assert all(c.label in told.text for c in told.related)


@pytest.mark.parametrize(
    "question", ["今天天气怎么样", "给我讲个笑话", "高新技术企业认定条件是什么", "帮我算一下个人所得税"]
)
def test_another_subject_is_refused(question: str, library: Library) -> None:
    told = ask(question, library)
    assert told.status == "refused"
    assert told.citations == ()


@pytest.mark.parametrize(
    ("question", "place"),
    [("济南的赋能中心怎么申报", "济南"), ("深圳有没有类似的办法", "深圳"), ("北京市的政策是什么", "北京")],
)
def test_another_place_is_not_answered_from_this_measure(question: str, place: str, library: Library) -> None:
    told = ask(question, library)
    assert told.status == "refused"
    assert f"没有收录{place}的规定" in told.text


@pytest.mark.parametrize("question", ["我们公司注册在济南,可以申报吗", "总部在北京的企业能不能申报青岛的赋能中心"])
def test_where_somebody_is_registered_is_no_other_place(question: str, library: Library) -> None:
    told = ask(question, library)
    assert told.status == "answered"
    assert "7.1" in cited(told)


def test_an_unknown_policy_is_named(library: Library) -> None:
    with pytest.raises(PolicyError, match="没有编号为“nowhere”的政策;现有:qingdao-2021。"):
        answer("更名", library, policy="nowhere")


def test_by_words_alone_is_told(library: Library, library_by_words: Library) -> None:
    kinds = [notice.kind for notice in ask("更名怎么备案", library).notices]
    assert ("words_only" in kinds) is (library is library_by_words)


def is_sound(told: Answer, question: str, library: Library) -> bool:
    """Whether `told` is an answer that may be shown, whatever was asked."""
    assert told.question == question
    assert told.status in ("answered", "refused")
    assert any("一" <= c <= "鿿" for c in told.text)
    assert told.text.rstrip()[-1] in "。”"
    assert not [c for c in told.text if unicodedata.category(c) in ("Cs", "Co", "Cn")]
    assert bool(told.citations) is (told.status == "answered")
    assert all(library.source(c.policy)[c.start : c.end] == c.quote for c in (*told.citations, *told.related))
    return True


ODD = {
    "empty": "",
    "spaces": " \t\n\u3000",
    "long": "更名备案" * 2500,
    "emoji": "😀🎉👍🏽🇨🇳",
    "punctuation": "???!!!……",
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "html question": "<h1>更名</h1><p>后多久<b>备案</b>?</p>",
    "sql": "'; DROP TABLE policies; --",
    "control": "\x00\x01\x1b[31m\x7f\x85",
    "direction": "\u202e\u2066\u200f\ufeff",
    "english": "How long do I have to report a change of name?",
    "japanese": "名称変更の届出はいつまでですか",
    "korean": "이름을 변경하면 언제까지 신고해야 합니까",
    "bytes": bytes(range(256)).decode("latin-1"),
    "broken": b"\xe6\x9b\xb4\xff\xfe\x80".decode("utf-8", "surrogateescape"),
    "template": "{{7*7}} ${jndi:ldap://x} %s %n",
    "path": "../../etc/passwd",
    "number": "9" * 900,
    "huge article": "第" + "9" * 400 + "条",
    "chinese numeral": "第" + "十" * 300 + "条",
    "brackets": "第七条" + "(" * 400,
    "markdown": "# 标题\n\n- [链接](javascript:alert(1))\n```\n代码\n```",
    "date": "9999年99月99日有效吗",
    "year": "零零零零年还有效吗",
    "december": "9999年12月还有效吗",
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD)
def test_whatever_is_typed_gets_a_chinese_sentence(typed: str, library: Library) -> None:
    assert is_sound(ask(typed, library), typed, library)


TERMS = [
    "更名",
    "多久",
    "备案",
    "补贴",
    "多少",
    "万元",
    "2022年",
    "13月",
    "30日",
    "有效",
    "去年",
    "济南",
    "政策",
    "两次",
    "<b>",
]
WORDS = st.one_of(st.sampled_from("第七条(三)项款章?吗那呢的和, 7.3谁"), st.sampled_from(TERMS))
TYPED = st.one_of(
    st.lists(WORDS, min_size=1, max_size=12).map("".join),
    st.text(max_size=60),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30),
    st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "replace")),
)


@settings(max_examples=300)
@given(TYPED)
def test_any_text_is_answered(library_by_words: Library, typed: str) -> None:
    assert is_sound(ask(typed, library_by_words), typed, library_by_words)
