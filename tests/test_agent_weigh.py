"""A selection changes the composed answer only where the search itself is in doubt; what a model reads stays short."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.agent.candidates import CHARACTERS, MOST, Candidate, candidates
from assistant.agent.memory import SHARE, remembered
from assistant.agent.pick import question_of
from assistant.agent.weigh import REFUSE, weighed
from assistant.answering.answer import consider
from assistant.answering.case import Case
from assistant.schema import Answer, Turn
from ingest.library import Library

DAY = date(2022, 5, 1)


@dataclass(frozen=True, slots=True)
class Doubting:
    """A case whose coverage is what a test wants it to be."""

    case: Case
    coverage: float

    def __getattr__(self, name: str) -> object:
        return getattr(self.case, name)


def considered(question: str, library: Library, coverage: float) -> tuple[Case, Answer, tuple[Candidate, ...]]:
    made = consider(question, library, as_of=DAY)
    assert made.case is not None
    offered = candidates(made.case.retrieved.found.evidence, made.case.quoted())
    return Doubting(made.case, coverage), made.answer, offered  # type: ignore[return-value]


def clauses(made: Answer) -> list[str]:
    return list(dict.fromkeys(c.clause for c in made.citations))


def of(offered: Sequence[Candidate], *ids: str) -> list[Candidate]:
    return [c for c in offered if c.clause.id in ids]


@pytest.mark.parametrize(("coverage", "status"), [(REFUSE + 0.01, "answered"), (REFUSE - 0.01, "refused")])
def test_choosing_nothing_refuses_only_what_the_search_doubts(
    coverage: float, status: str, library_by_words: Library
) -> None:
    case, composed, _ = considered("更名后多久备案", library_by_words, coverage)
    assert weighed(case, composed, ()).status == status


@pytest.mark.parametrize("question", ["评上了给多少钱补贴", "评审的人会不会去我们楼里转一圈"])
def test_choosing_something_never_lifts_a_refusal(question: str, library_by_words: Library) -> None:
    case, composed, offered = considered(question, library_by_words, 0.49)
    refusal = replace(composed, status="refused", citations=())
    assert weighed(case, refusal, offered) == refusal


def test_what_was_looked_up_is_beyond_doubt(library_by_words: Library) -> None:
    case, composed, offered = considered("第十三条", library_by_words, 0.0)
    assert weighed(case, composed, ()) == composed
    assert weighed(case, composed, offered) == composed


def test_a_selection_never_takes_a_quote_away(library: Library) -> None:
    for question in ("更名后多久备案", "评价结果分几等", "申报要具备哪些条件"):
        case, composed, offered = considered(question, library, 0.9)
        for n in range(len(offered)):
            made = weighed(case, composed, offered[n : n + 2])
            assert set(clauses(composed)) <= set(clauses(made))


def test_candidates_are_short_and_one_for_each_clause(library: Library) -> None:
    for question in ("更名后多久备案", "申报要具备哪些条件", "会不会被淘汰", "材料交给谁"):
        _, composed, offered = considered(question, library, 0.9)
        assert 1 <= len(offered) <= MOST
        assert sum(len(c.text) for c in offered[1:]) <= CHARACTERS
        assert len({c.clause.id for c in offered}) == len(offered)
        if composed.citations:
            assert offered[0].clause.id == composed.citations[0].clause
        for c in offered:
            assert c.text.rstrip("…") in " ".join(c.clause.text.split())


def test_the_question_is_the_last_that_a_model_reads(library_by_words: Library) -> None:
    _, _, offered = considered("更名后多久备案", library_by_words, 0.9)
    prompt = question_of("更名后多久备案", offered)
    assert prompt.user.rstrip().endswith("问题:更名后多久备案")
    assert prompt.user.startswith("[1] 第十三条:")


TURNS = st.lists(
    st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text("第十三条(一)项更名备案。\n ", max_size=400)),
    max_size=12,
)


@given(TURNS, st.integers(min_value=200, max_value=20_000))
def test_a_conversation_stays_within_its_share(history: list[Turn], context: int) -> None:
    assert len(remembered(history, context)) <= context * SHARE


def test_article_numbers_are_kept_literally() -> None:
    long = "申报单位应当具备下列条件。" * 20
    told = remembered([Turn("assistant", f"{long}见第七条第(三)项和第十三条。"), Turn("user", "那第十条之一呢")], 8192)
    assert "第七条第(三)项、第十三条" in told
    assert told.endswith("用户:那第十条之一呢")
    assert len(told) < 220


def test_the_oldest_turns_are_dropped_first() -> None:
    history = [Turn("user", f"第{n}个问题" + "长" * 80) for n in range(30)]
    told = remembered(history, 2000)
    assert "第29个问题" in told
    assert "第0个问题" not in told
