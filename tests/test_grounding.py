"""A citation is made only of words that stand in its clause; so every answer's citations are true."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answer import answer
from assistant.answering.grounding import cite, cite_span
from assistant.errors import QuoteError
from evals.cases import Case, load_cases
from ingest.clauses import parse
from ingest.library import Library
from ingest.schema import Clause
from tests.fakes import CORPUS, qingdao, second

POLICY, SOURCE = qingdao()
CLAUSES = parse(SOURCE, POLICY.id)
LEAVES = [clause for clause in CLAUSES if clause.leaf]


def clause(clause_id: str) -> Clause:
    return next(c for c in CLAUSES if c.id == clause_id)


@pytest.mark.parametrize(
    "typed",
    ["应切实履行数据安全主体责任,按照", "应切实 履行\n数据安全\u200b主体责任,按照", "应切实履行数据安全主体责任，按照"],
)
def test_a_quote_is_found_however_it_is_typed_and_kept_as_the_source_has_it(typed: str) -> None:
    made = cite(POLICY, clause("14"), typed)
    assert made.quote == SOURCE[made.start : made.end] == "应切实履行数据安全主体责任,按照"
    assert (made.label, made.article, made.item) == ("第十四条", 14, None)


@pytest.mark.parametrize("quote", ["60个工作日", "", " ", "应切实履行数据安全主体责任。完", "赋能中心应当切实履行"])
def test_words_that_are_not_there_make_no_citation(quote: str) -> None:
    with pytest.raises(QuoteError):
        cite(POLICY, clause("14"), quote)


def test_words_of_another_clause_or_policy_make_no_citation() -> None:
    with pytest.raises(QuoteError):
        cite(POLICY, clause("14"), "30个工作日")
    with pytest.raises(QuoteError):
        cite(second()[0], clause("14"), "数据安全")
    inside = clause("14")
    for start, end in ((inside.start - 1, inside.end), (inside.start, inside.end + 1), (inside.end, inside.end)):
        with pytest.raises(QuoteError):
            cite_span(POLICY, inside, start, end)


@given(st.sampled_from(LEAVES), st.data())
def test_any_stretch_of_a_clause_can_be_cited(leaf: Clause, data: st.DataObject) -> None:
    start = data.draw(st.integers(leaf.start, leaf.end - 1))
    end = data.draw(st.integers(start + 1, leaf.end))
    made = cite_span(POLICY, leaf, start, end)
    assert made.quote == SOURCE[start:end]
    assert (made.clause, made.policy, made.title) == (leaf.id, POLICY.id, POLICY.title)


@given(st.sampled_from(LEAVES), st.text(min_size=1))
def test_a_quote_is_verbatim_or_refused(leaf: Clause, quote: str) -> None:
    try:
        made = cite(POLICY, leaf, quote)
    except QuoteError:
        return
    assert made.quote == SOURCE[made.start : made.end]
    assert leaf.start <= made.start < made.end <= leaf.end


def articles() -> dict[int, str]:
    """The text of each article by its own heading alone: the citations are not proven by the parser that made them."""
    _, body = re.split(r"\n第一章", (CORPUS / POLICY.path).read_text("utf-8"), maxsplit=1)
    pieces = re.split(r"^(第[一二三四五六七八九十]+条)", body, flags=re.MULTILINE)
    return dict(enumerate(pieces[2::2], 1))


ARTICLES = articles()
CASES = load_cases()[:150]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_citation_is_verbatim_at_its_place_in_its_clause(case: Case, library: Library) -> None:
    given = answer(case.q, library, history=case.history, as_of=case.as_of)
    assert bool(given.citations) is (given.status == "answered")
    for made in (*given.citations, *given.related):
        named = next(c for c in library.clauses(made.policy) if c.id == made.clause)
        assert named.start <= made.start < made.end <= named.end
        assert library.source(made.policy)[made.start : made.end] == made.quote
        assert (made.label, made.article, made.paragraph, made.item) == (
            named.label,
            named.article,
            named.paragraph,
            named.item,
        )
        if made.article:
            assert made.quote in ARTICLES[made.article]
            assert made.label.startswith("第")
    labels = {c.label for c in library.clauses(POLICY.id)}
    if given.status == "answered":
        assert set(re.findall(r"^(第[^:“]{1,20}):“", given.text, flags=re.MULTILINE)) <= labels
    for made in given.citations:
        assert f"“{made.quote}”" in given.text
    spans = [(c.clause, c.start) for c in given.citations]
    assert len(set(spans)) == len(spans), "nothing is quoted twice"
