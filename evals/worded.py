"""The project's own questions with a language model beside the same without one: same questions, same run."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from assistant.agent.pick import TOKENS, Selection
from assistant.agent.reply import reply
from assistant.agent.schema import Draft, DraftSentence, Handed, Shown
from assistant.agent.tally import Tally
from assistant.agent.verification.verify import verify
from assistant.llm.schema import Ability, Filled, LanguageModel, Prompt, Shape
from assistant.schema import Answer
from evals.answers import matches, quotes_hold, told
from evals.cases import Case
from evals.metrics import mean, percentile
from ingest.library import Library
from prompts import render

_LOADING = 240.0  # seconds
_LINE = re.compile(r"^(?P<text>.+)\((?P<labels>第.+)\)。$")
WORSE = ("facts_present", "refused_uncovered")
"""What may not be less with a model than without one."""


PATHS: Mapping[str, Ability] = {
    "select": Ability(selects=True),
    "word": Ability(words=True),
    "agent": Ability(words=True, tools=True),
}


@dataclass(frozen=True, slots=True)
class Worded:
    """One case with and without a model; times in milliseconds from the question on."""

    case: Case
    composed: Answer
    final: Answer
    first_ms: float
    final_ms: float
    counts: Mapping[str, int]


class Recording:
    """A model whose constrained replies are written down, a line of JSON each, for tests without a model."""

    def __init__(self, model: LanguageModel, path: Path) -> None:
        self.name, self.where, self.context = model.name, model.where, model.context
        self._model, self._path = model, path

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        filled = self._model.fill(prompt, shape, seconds=seconds, tokens=tokens)
        row = {
            "model": self.name,
            "prompt": prompt.version,
            "user": prompt.user,
            "reply": filled.value.model_dump(),
            "prompt_tokens": filled.prompt_tokens,
            "reply_tokens": filled.reply_tokens,
        }
        with self._path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return filled

    def chat(self, *, seconds: float, tokens: int = 800) -> Any:
        return self._model.chat(seconds=seconds, tokens=tokens)


def sample(cases: Iterable[Case], count: int | None) -> tuple[Case, ...]:
    """The first `count` cases in an order that has nothing to do with what they ask; all of them by default."""
    return tuple(sorted(cases, key=lambda case: hashlib.sha256(f"worded {case.id}".encode()).hexdigest())[:count])


def warm(model: LanguageModel) -> None:
    """Have a local model loaded, and the unchanging part of its prompt read, before anything is timed."""
    if model.where == "local":
        prompt = Prompt("select", render("select"), render("select_question", sentences="", question=""))
        model.fill(prompt, Selection, seconds=_LOADING, tokens=TOKENS)


def run(
    cases: Iterable[Case],
    library: Library,
    model: LanguageModel,
    *,
    ability: Ability | Callable[[], Ability],
    seconds: float,
    progress: Callable[[str], None] = lambda line: None,
) -> tuple[Worded, ...]:
    """Ask every case, one after another."""
    done: list[Worded] = []
    for case in cases:
        tally, started = Tally(), perf_counter()
        shown: list[tuple[Answer, float]] = []
        for step in reply(
            case.q,
            library,
            model,
            ability=ability,
            history=case.history,
            as_of=case.as_of,
            seconds=seconds,
            tally=tally,
        ):
            if isinstance(step, Shown):
                shown.append((step.answer, (perf_counter() - started) * 1000))
        (composed, first), (final, last) = shown[0], shown[-1]
        done.append(Worded(case, composed, final, first, last, tally.counts()))
        progress(f"{len(done)} {case.id} {case.status}:{composed.status}→{final.status} {last:.0f} ms {tally.counts()}")
    return tuple(done)


def summary(done: Sequence[Worded], library: Library) -> Mapping[str, Mapping[str, float]]:
    """The same measures `without` and `with` a model, and what only the model has."""
    asked = [w for w in done if w.counts.get("calls") or w.counts.get("drafts_rejected") or _fell_back(w)]
    total = {key: sum(w.counts.get(key, 0) for w in done) for key in ("calls", "prompt_tokens", "reply_tokens")}
    own = {
        "asked_of_model": len(asked),
        "changed": mean([float(w.final.text != w.composed.text) for w in done]),
        "worded": mean([float(w.final.mode == "llm") for w in done]),
        "fallback": mean([float(_fell_back(w)) for w in asked]),
        "drafts_rejected": sum(w.counts.get("drafts_rejected", 0) for w in done),
        "unsupported": sum(unsupported(w, library) for w in done),
        "prompt_tokens": total["prompt_tokens"] / max(1, total["calls"]),
        "reply_tokens": total["reply_tokens"] / max(1, total["calls"]),
        "first_ms_p50": percentile([w.first_ms for w in done], 0.5),
        "first_ms_p95": percentile([w.first_ms for w in done], 0.95),
        "asked_final_ms_p50": percentile([w.final_ms for w in asked], 0.5),
        "asked_final_ms_p95": percentile([w.final_ms for w in asked], 0.95),
    }
    return {
        "without": _measures([(w.case, w.composed) for w in done], library),
        "with": {**_measures([(w.case, w.final) for w in done], library), **own},
    }


def worse(numbers: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A sentence for each measure that a model makes worse."""
    return [
        f"{key} 有模型时为 {numbers['with'][key]:.4g},无模型时为 {numbers['without'][key]:.4g}"
        for key in WORSE
        if numbers["with"][key] < numbers["without"][key]
    ]


def unsupported(worded: Worded, library: Library) -> int:
    """How many of the sentences that a model worded do not stand the check against the quoted clauses."""
    if worded.final.mode != "llm":
        return 0
    shelf = library.shelf()
    cited = {c.label: shelf.clause(c.policy, c.clause) for c in worded.final.citations}
    handed = [Handed(f"C{n}", shelf.policies[c.policy], c) for n, c in enumerate(cited.values(), 1)]
    keys = dict(zip(cited, (h.key for h in handed), strict=True))
    count = 0
    for line in worded.final.text.split("规定:\n")[0].splitlines():
        if m := _LINE.match(line):
            own = tuple(keys[label] for label in m["labels"].split("、") if label in keys)
            draft = Draft(covered=True, sentences=(DraftSentence(f"{m['text']}。", own),))
            count += bool(verify(draft, handed, worded.case.q, as_of=worded.final.as_of, glossary=library.glossary))
    return count


def _fell_back(worded: Worded) -> bool:
    return any(n.kind == "model" for n in worded.final.notices)


def _measures(given: Sequence[tuple[Case, Answer]], library: Library) -> dict[str, float]:
    answered = [(case, a) for case, a in given if case.status == "answered"]
    uncovered = [a for case, a in given if case.status == "refused"]
    cited = [(case, [c.clause for c in a.citations]) for case, a in answered if case.gold and a.citations]
    return {
        "questions": len(given),
        "facts_present": mean(
            [mean([float(any(t in a.text for t in group)) for group in case.must]) for case, a in answered if case.must]
        ),
        "refused_uncovered": mean([float(a.status == "refused") for a in uncovered]),
        "refused_covered": mean([float(a.status == "refused") for _, a in answered]),
        "forbidden_said": mean([float(bool(told(case, a))) for case, a in given]),
        "citation_precision": mean([mean([float(matches(c, case.gold)) for c in own]) for case, own in cited]),
        "citation_recall": mean(
            [mean([float(any(matches(c, [g]) for c in own)) for g in case.gold]) for case, own in cited]
        ),
        "quotes_hold": mean([float(quotes_hold(a, library)) for _, a in given]),
    }


def table(numbers: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Both columns of every part."""
    lines: list[str] = []
    for part, sides in numbers.items():
        lines.append(f"{part:<24}{'无模型':>10}{'有模型':>10}")
        for key, value in sides["with"].items():
            before = sides["without"].get(key)
            lines.append(f"  {key:<22}{'' if before is None else f'{before:.4g}':>10}{value:>12.4g}")
    return "\n".join(lines)
