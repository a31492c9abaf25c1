"""One question in the hands of a model: the sentences it selects or the answer it words, checked before it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.agent.candidates import candidates
from assistant.agent.outgoing import Outgoing
from assistant.agent.pick import pick
from assistant.agent.schema import Complaint, Draft, Handed, Step
from assistant.agent.tally import Tally
from assistant.agent.timing import Time
from assistant.agent.toolbox import Toolbox
from assistant.agent.verification.verify import verify
from assistant.agent.weigh import declined, doubtful, open_to, weighed
from assistant.agent.written import FillWriter, Writer, question_prompt
from assistant.answering import replies
from assistant.answering.case import Case
from assistant.answering.compose import Passage, whole
from assistant.errors import ModelReplyError
from assistant.schema import Answer, Citation, Turn
from ingest.library import Library
from ingest.schema import Clause
from prompts import render

_GIVEN = 6  # clauses that are given with the question, beside those the composed answer quotes
_SHARE = 0.4  # of the characters that a model can read, for these clauses


@dataclass(frozen=True, slots=True)
class Better:
    """The makings of an answer with a model; `emit` is told each step."""

    question: str
    case: Case
    composed: Answer
    library: Library
    out: Outgoing
    history: Sequence[Turn]
    time: Time
    tally: Tally
    emit: Callable[[Step], None]

    def selected(self) -> Answer:
        """The composed answer with what the model selects. Raises ModelError."""
        case = self.case
        if not open_to(case, self.composed):
            return self.composed
        offered = candidates(case.retrieved.found.evidence, case.quoted())
        self.emit(Step("selecting", "正在挑选能回答的条款"))
        picked = pick(case.whole, offered, self.out, seconds=self.time.left())
        self.tally.spend(picked.prompt_tokens, picked.reply_tokens)
        self.tally.count("picked" if picked.chosen else "picked_none")
        made = weighed(case, self.composed, picked.chosen)
        return self._signed(made, picked.prompt.version, worded=False)

    def worded(self, *, tools: bool) -> Answer:
        """The answer in the model's words. Raises ModelError; ModelReplyError when it did not stand the check."""
        case = self.case
        refused = self.composed.status == "refused"
        if case.retrieved.absent or not case.retrieved.found.evidence or (refused and not (tools or doubtful(case))):
            return self.composed
        toolbox = Toolbox(self.library, case.shelf, case.policy.id, case.day)
        self.emit(Step("reading", f"正在阅读{'、'.join(c.label for c in self._clauses()[:3])}"))
        writer = self._writer(toolbox, toolbox.show(self._clauses()), tools=tools)
        self.emit(Step("wording", "正在写回答"))
        draft = writer.write(())
        complaints = self._complaints(draft, toolbox)
        if complaints:
            self.tally.reject(complaints)
            self.emit(Step("wording", "核对有出入,正在改写"))
            draft = writer.write(complaints)
            complaints = self._complaints(draft, toolbox)
        if complaints:
            self.tally.reject(complaints)
            raise ModelReplyError("语言模型的回答没有通过核对。")
        version = writer.prompt.version
        if not draft.covered or not draft.sentences:
            return self._signed(declined(case, self.composed), version, worded=False)
        # A day that was counted is an answer of its own, which no search can find.
        if refused and not (doubtful(case) or (toolbox.counted and not case.looked_up)):
            return self._signed(self.composed, version, worded=False)
        self.tally.count("worded")
        return self._signed(self._written(draft, toolbox.handed), version, worded=True)

    def _writer(self, toolbox: Toolbox, clauses: str, *, tools: bool) -> Writer:
        case, out = self.case, self.out
        system = render("answer")
        name = "answer"
        if tools:
            name, system = "tools", f"{system}\n{render('tools')}"
        history = out.turns(self.history)
        prompt = question_prompt(
            name, system, out.text(case.typed), clauses, history=history, context=out.model.context, day=case.day
        )
        if not tools:
            return FillWriter(out, prompt, self.time, self.tally)
        from assistant.agent.agent import AgentWriter  # LangChain takes a second to import

        return AgentWriter(out, prompt, toolbox, self.time, self.tally, self.emit)

    def _clauses(self) -> list[Clause]:
        """What is given with the question: what the composed answer quotes, then what else was found."""
        shelf, policy = self.case.shelf, self.case.policy.id
        quoted = [shelf.clause(c.policy, c.clause) for c in self.composed.citations if c.policy == policy]
        found = [e.clause for e in self.case.retrieved.found.evidence if e.clause.policy == policy][:_GIVEN]
        left, given = int(self.out.model.context * _SHARE), list[Clause]()
        for clause in dict.fromkeys((*quoted, *found)):
            left -= len(clause.text)
            if given and left < 0:
                break
            given.append(clause)
        return given

    def _complaints(self, draft: Draft, toolbox: Toolbox) -> tuple[Complaint, ...]:
        self.emit(Step("checking", "正在核对"))
        embedder = self.library.embedder
        return verify(
            draft,
            toolbox.handed,
            self.question,
            as_of=self.case.day,
            embed=embedder.embed if embedder else None,
            told=toolbox.told,
            glossary=self.library.glossary,
        )

    def _written(self, draft: Draft, handed: Sequence[Handed]) -> Answer:
        """The checked sentences above the quotes that they stand on, and those of the composed answer."""
        by_key = {given.key: given.clause for given in handed}
        lines: list[str] = []
        for sentence in draft.sentences:
            labels = "、".join(dict.fromkeys(by_key[key].label for key in sentence.keys))
            lines.append(f"{sentence.text.strip().rstrip('。')}({labels})。")
        cited = [by_key[key] for sentence in draft.sentences for key in sentence.keys]
        quoted = [_passage(clause, self.composed.citations) for clause in dict.fromkeys(cited)]
        quoted += [
            _passage(clause, self.composed.citations)
            for clause in dict.fromkeys(self.case.shelf.clause(c.policy, c.clause) for c in self.composed.citations)
            if clause not in cited
        ]
        in_doubt = self.composed.status == "refused" or replies.UNSURE in self.composed.text
        unsure = (replies.UNSURE,) if in_doubt else ()
        return self.case.answered(quoted, unsure, worded=lines)

    def _signed(self, made: Answer, version: str, *, worded: bool) -> Answer:
        """The answer with what the composed one said beside it, and which model and prompt had a part in it."""
        kept = [n for n in self.composed.notices if n.kind == "words_only" and n not in made.notices]
        return replace(
            made,
            question=self.composed.question,
            mode="llm" if worded else "extractive",
            model=self.out.model.name,
            prompts=(version,),
            notices=(*made.notices, *kept),
        )


def _passage(clause: Clause, citations: Sequence[Citation]) -> Passage:
    """The spans of a clause that the composed answer quotes, else all of it."""
    spans = tuple((c.start, c.end) for c in citations if (c.policy, c.clause) == (clause.policy, clause.id))
    return Passage(clause, spans) if spans else whole(clause)
