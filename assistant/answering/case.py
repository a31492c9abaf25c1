"""One policy question with what was retrieved for it, and what can be said of it: quotes, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering import replies
from assistant.answering.answer_types import AnswerType, asked
from assistant.answering.compose import Passage, citations, passages, values, wording
from assistant.answering.coverage import Signals, elsewhere, far_off, probability, signals, silence
from assistant.answering.due import Start, due, event, start, term
from assistant.answering.premises import corrections
from assistant.answering.retrieve import Retrieved
from assistant.answering.scope import without_names
from assistant.answering.select import best, further, named
from assistant.schema import Answer, Citation
from assistant.validity import Moment, misdated, moment, notices, state
from ingest.chunking import body
from ingest.lexical import place
from ingest.normalize import tidy
from ingest.places import Places
from ingest.references import Reference, resolve
from ingest.schema import Clause, Policy
from ingest.shelf import Shelf, owner_of

ENOUGH = 0.5
"""The probability of coverage from which a question is answered."""
MAYBE = 0.25
"""The probability from which the nearest clauses are shown with a word of doubt, where no ways of asking are known."""
_NEAREST = 3
_KEYWORD = 8  # characters
_EVENT = 2  # characters
_ALL = 0.99  # of the words of a question


@dataclass(frozen=True, slots=True)
class Case:
    """One policy question with what was retrieved for it."""

    typed: str
    shelf: Shelf
    retrieved: Retrieved
    day: date
    places: Places

    @property
    def text(self) -> str:
        """The question with its spelling put right."""
        return self.retrieved.text

    @property
    def ids(self) -> tuple[str, ...]:
        """The policies that were searched."""
        return self.retrieved.policies

    @property
    def whole(self) -> str:
        """The question behind the earlier one that it leans on."""
        asked_for = self.retrieved.question
        return f"{asked_for.before or ''}{asked_for.text}"

    @property
    def policy(self) -> Policy:
        """Of the first clause that was named or found."""
        first = next(iter((*self.retrieved.referred, *(e.clause for e in self.retrieved.found.evidence))), None)
        return self.shelf.policies[first.policy if first else self.ids[0]]

    @property
    def looked_up(self) -> bool:
        """Whether what is said is beyond doubt: of a clause that was named, of the period of validity, of another
        place, or of nothing at all."""
        got = self.retrieved
        return bool(got.referred or got.absent or got.text_named or not got.found.evidence or self._elsewhere())

    @property
    def coverage(self) -> float:
        """The probability, 0..1, that the policies cover the question; 0 when nothing is near at all."""
        told = self._signals(asked(self.text))
        return 0.0 if far_off(told) else probability(told)

    def quoted(self) -> tuple[Passage, ...]:
        """What is quoted when the question was searched for and is covered."""
        got = self.retrieved
        chosen = further(best(got.found, got.validity), got.parts, self.shelf)
        return passages(chosen, self.text, self.shelf, asked(self.text))

    def _signals(self, types: Sequence[AnswerType]) -> Signals:
        return signals(self.whole, self.retrieved.found, self.shelf, types)

    def answer(self) -> Answer:
        """The composed answer."""
        found, referred = self.retrieved.found, self.retrieved.referred
        types = asked(self.text)
        if self.retrieved.absent is not None and not referred:
            return self._absent(self.retrieved.absent)
        if referred:
            bare = without_names(self.text, tuple(self.shelf.policies.values()))
            passed = named(referred, bare, found, self.shelf, types)
            return self.answered(passed, self._about_reference(passed, types))
        if not found.evidence:
            return self.refused()
        if town := self._elsewhere():
            return self._other_place(town)
        told = self._signals(types)
        sure = self.retrieved.text_named or self._covered(told, types) or self._counted() is not None
        if not sure and not self._maybe(told):
            return self.refused(outside=far_off(told))
        return self.answered(self.quoted(), () if sure else (replies.UNSURE,))

    def _about_reference(self, passed: Sequence[Passage], types: Sequence[AnswerType]) -> tuple[str, ...]:
        """What must be said beside a clause that was named: that others have that number too, and what it lacks."""
        policy = self.shelf.policies[passed[0].clause.policy]
        told = [replies.one_of(self.retrieved.shared, policy.title)] if self.retrieved.shared > 1 else []
        text = tidy("".join(p.clause.text for p in passed))
        told += [f"所引条款没有写明{t.name}。" for t in types if t.strict and not t.holds.search(text)]
        return tuple(told)

    def _covered(self, told: Signals, types: Sequence[AnswerType]) -> bool:
        """Whether there is enough to answer. A bare keyword (专家委员会) whose words all stand in the first clause is a
        look-up, not a question about what the text may be silent on."""
        keyword = len(self.text) <= _KEYWORD and not types and told.explained > _ALL
        return not far_off(told) and (keyword or probability(told) >= ENOUGH)

    def _counted(self) -> Start | None:
        """What is to be counted from, when every word of what has happened then is known of the first clause."""
        evidence = self.retrieved.found.evidence
        asked_for = start(self.text, self.day) if evidence else None
        if asked_for is None or len(happened := event(self.text)) < _EVENT:
            return None
        first = evidence[0].clause
        known = self.shelf.vocabulary(first.policy).explained(happened, owner_of(first))
        held = term(first.text)
        return asked_for if known > _ALL and held and asked_for.workdays in (None, held) else None

    def _maybe(self, told: Signals) -> bool:
        """Whether to show the nearest clauses with a word of doubt. Where the ways of asking are known, a doubtful
        question is refused; where they are not, coverage is judged too poorly for that."""
        return not told.asked and probability(told) >= MAYBE and not elsewhere(self.retrieved.found)

    def answered(
        self, passed: Sequence[Passage], doubt: Sequence[str] = (), *, worded: Sequence[str] | None = None
    ) -> Answer:
        """The answer that quotes `passed`, of one policy; `worded` are checked sentences in place of the lines that
        code makes of the quotes."""
        policy = self.policy
        cited = citations(policy, [p for p in passed if p.clause.policy == policy.id])
        when = moment(self.text, self.day)
        opening = [*doubt, *([f"已按“{self.text}”理解您的问题。"] if self.text != self.typed else [])]
        if when and misdated(self.text, when, [c.quote for c in cited]):
            opening.append(f"条款所写的日期不是“{when.words}”,请看下面的原文。")
        elif self.retrieved.validity:
            opening.append(state(policy, when or Moment(self.day, self.day, "")))
        counted = self._counted()
        if counted and (line := due(counted, [(c.label, c.quote) for c in cited])):
            opening.append(line)
        opening += values(cited, asked(self.text)) if worded is None else worded
        wrong = corrections(self.text, [c.quote for c in cited])
        text = wording(policy.title, cited, wrong, opening)
        return Answer(self.text, "answered", text, self.day, cited, notices=notices(policy, self.day))

    def refused(self, *, outside: bool = False) -> Answer:
        """The refusal; `outside` when nothing in the policies is near at all."""
        found = self.retrieved.found
        first = found.evidence[0].clause.policy if found.evidence else self.ids[0]
        policy = self.shelf.policies[first]
        topic = silence(found)
        if outside or (topic is not None and topic.kind == "outside"):
            return self._told(policy, replies.outside(policy.title, policy.issuer), ())
        near = [clause for name in topic.near if (clause := self._unit(policy.id, name))] if topic else []
        near = near or [e.clause for e in found.evidence if e.clause.policy == first][:_NEAREST]
        related = tuple(self._first_sentence(policy, clause) for clause in near)
        shown = "、".join(dict.fromkeys(c.label for c in related))
        return self._told(
            policy, replies.silent(policy.title, topic.says if topic else "", policy.issuer, shown), related
        )

    def _elsewhere(self) -> str | None:
        told = [self.shelf.policies[p] for p in self.ids]
        if any(place(p.title) is None for p in told):  # a national text holds everywhere
            return None
        return self.places.elsewhere(self.text, [f"{p.title}{p.issuer}" for p in told])

    def _other_place(self, town: str) -> Answer:
        policy = self.shelf.policies[self.ids[0]]
        return self._told(policy, replies.other_place(town, policy.title), ())

    def _absent(self, reference: Reference) -> Answer:
        policy, label = self.shelf.policies[self.ids[0]], reference.label
        article = Reference(reference.article, reference.suffix)
        holder = resolve(article, self.shelf.clauses[policy.id]) if article != reference else None
        if holder is not None:
            part = label.removeprefix(article.label)
            related = (self._first_sentence(policy, next(c for c in self.shelf.units if c.article == holder.article)),)
            return self._told(policy, replies.no_part(policy.title, holder.label, part), related)
        kind, unit = ("chapter", "章") if label.endswith("章") else ("article", "条")
        count = sum(c.kind == kind and c.suffix is None for c in self.shelf.clauses[policy.id])
        return self._told(policy, replies.no_clause(policy.title, label, count, unit), ())

    def _told(self, policy: Policy, text: str, related: tuple[Citation, ...]) -> Answer:
        return Answer(self.text, "refused", text, self.day, related=related, notices=notices(policy, self.day))

    def _unit(self, policy: str, clause_id: str) -> Clause | None:
        at = self.shelf.place(policy, clause_id)
        return None if at is None else self.shelf.units[at]

    def _first_sentence(self, policy: Policy, clause: Clause) -> Citation:
        return citations(policy, [Passage(clause, ((clause.start + body(clause), clause.end),))])[0]
