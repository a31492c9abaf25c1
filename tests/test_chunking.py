"""What is embedded: leaves with their context and each of their sentences, all of it the words of the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunking import SEARCHED, body, chunks, sentence_spans
from ingest.clauses import parse
from ingest.phrasings import load_phrasings
from ingest.schema import Policy
from tests.fakes import CORPUS, qingdao
from tests.library_fakes import FARMS, farms, policy

TEXTS = [farms(), qingdao(), policy("x", "某办法", "第一条\n第二条 (一)\n(二) 甲。乙。\n")]


@pytest.mark.parametrize(("told", "source"), TEXTS, ids=lambda value: value.id if isinstance(value, Policy) else "")
def test_every_searched_leaf_is_a_chunk_of_the_source(told: Policy, source: str) -> None:
    clauses = parse(source, told.id)
    leaves = [c for c in clauses if c.leaf and c.kind in SEARCHED]
    made = chunks(told, clauses)
    assert [c.clause for c in made if c.kind == "clause"] == [c.id for c in leaves]
    assert len({c.id for c in made}) == len(made)
    for chunk in made:
        assert chunk.text == source[chunk.start : chunk.end]
        assert chunk.context.startswith(told.title)
        assert chunk.policy == told.id
    for leaf in leaves:
        spans = sentence_spans(leaf)
        words = "".join(source[start:end] for start, end in spans)
        assert "".join(words.split()) == "".join(leaf.text[body(leaf) :].split())
        sentences = [c for c in made if c.kind == "sentence" and c.clause == leaf.id]
        # The number in a sentence's id is its place among the spans: search finds its way back by it.
        assert all((c.start, c.end) == spans[int(c.id.rpartition(":s")[2]) - 1] for c in sentences)


def test_an_item_is_embedded_behind_the_sentence_that_introduces_it() -> None:
    made = {c.id: c for c in chunks(farms()[0], parse(FARMS, "farms-2022"))}
    context = "云帆市智慧农场示范点管理办法 第二章 评选 第三条第(二)项 第三条  申请示范点的农场应具备以下条件:"
    assert " ".join(made["3.2"].context.split()) == " ".join(context.split())
    assert made["3.2"].text == "温室面积不少于五十亩。"
    assert made["4:s2"].text == "市农事局在二十日内作出决定。"
    assert "以下条件" not in made["4"].context


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第十三条  本办法自发布之日起施行。", "本办法自发布之日起施行。"),
        ("第 十 三 条 本办法", "本办法"),
        ("第十条之一 本办法", "本办法"),
        ("第１３条　本办法", "本办法"),
    ],
)
def test_an_article_is_searched_without_its_number(text: str, words: str) -> None:
    article = next(c for c in parse(text, "x") if c.kind == "article")
    assert article.text[body(article) :] == words


@given(st.text(st.sampled_from("第一二三条章(（一)）、.。;\n 甲乙丙附件目录:：①") | st.characters(), max_size=80))
def test_any_text_can_be_cut(source: str) -> None:
    told = policy("x", "某办法", source)[0]
    for chunk in chunks(told, parse(source, "x")):
        assert chunk.text == source[chunk.start : chunk.end]


def test_the_corpus_has_phrasings_for_clauses_that_exist() -> None:
    told, source = qingdao()
    known = {c.id for c in parse(source, told.id)}
    asked = load_phrasings(CORPUS / "phrasings", told.id)
    assert asked
    assert {p.clause for p in asked if p.clause} <= known
    assert {near for p in asked if p.topic for near in p.topic.near} <= known
