"""The reasons of a draft worded by a language model: taken only where they say what the template's sentences say.

One call for each run of sentences that the template marks as reasoning, none after the deadline. Whatever is wrong with
a reply, or keeps it from coming, leaves the template's wording of that paragraph as it was, and is told.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from assistant.drafting.reasons import WordedReasons, instructed, prompt
from assistant.drafting.schema import Block, Opinion, Paragraph, Sentence
from assistant.drafting.unchanged import changes
from assistant.errors import ModelError
from assistant.llm.masking import Masked, Masks
from assistant.llm.schema import Ability, LanguageModel
from assistant.llm.sent import Sent
from assistant.reports.schema import Override, Report
from ingest.errors import StorageError

SECONDS = 60.0
"""For all reasons of one draft."""
_PARALLEL = 4  # calls at a time to a remote model; a local one answers one after the other
_TOKENS = (200, 2)  # of a reply: at least, and for each character that is to be worded

_Place = tuple[int, int]  # a run: the block, and the run among those of the block


@dataclass(frozen=True, slots=True)
class Worded:
    """A draft of which `taken` paragraphs were worded; `kept` says of each other why the template's wording stays."""

    opinion: Opinion
    taken: int = 0
    kept: tuple[str, ...] = ()


Words = Callable[[Opinion, Sequence[Report], Sequence[Override]], Worded]
"""Words a draft; the reports and what people said tell whose names are masked."""


def worded(
    opinion: Opinion,
    model: LanguageModel,
    *,
    ability: Callable[[], Ability],
    seconds: float = SECONDS,
    sent: Callable[[Sent], None],
    materials: bool = False,
    names: Iterable[str] = (),
) -> Worded:
    """The draft with its reasons worded by `model` within `seconds`. A remote one is asked only where it may see
    `materials`, with what is personal masked (`names` are those of people that are known) and each prompt told to
    `sent`. Never raises for what a model does."""
    runs = dict(_runs(opinion))
    if not runs:
        return Worded(opinion)
    if reason := _barred(model, ability, materials):
        return Worded(opinion, 0, (reason,))
    if model.where == "remote":
        model = Masked(model, Masks(names), sent)
    safe = {place: run for place, run in runs.items() if not instructed(run)}
    kept = [f"{_named(opinion, place)}:材料里有对审核程序的指令,没有交给模型。" for place in runs if place not in safe]
    made: dict[_Place, tuple[Sentence, ...]] = {}
    for place, reply in _asked(model, safe, seconds).items():
        found = reply if isinstance(reply, str) else _checked(safe[place], reply, opinion.day)
        if isinstance(found, str):
            kept.append(f"{_named(opinion, place)}:{found}")
        elif found != safe[place]:
            made[place] = found
    if not made:
        return Worded(opinion, 0, tuple(kept))
    blocks = tuple(_block(block, number, made) for number, block in enumerate(opinion.blocks))
    return Worded(replace(opinion, blocks=blocks, model=model.name), len(made), tuple(kept))


def people(reports: Sequence[Report], overrides: Sequence[Override]) -> Iterator[str]:
    """The names of people that reports and reviewers' words tell, to be masked."""
    for report in reports:
        if person := report.applicant.legal_representative:
            yield person.value
    yield from (override.person for override in overrides if override.person)


def _barred(model: LanguageModel, ability: Callable[[], Ability], materials: bool) -> str:
    """Why the model is not asked at all; "" where it is."""
    if model.where == "remote" and not materials:
        return "设置不允许把申报材料交给远程语言模型(ASSISTANT_LLM_MATERIALS)。"
    try:
        return "" if ability().words else f"语言模型 {model.name} 没有通过写作能力的检验。"
    except ModelError as error:
        return str(error)


def _runs(opinion: Opinion) -> Iterable[tuple[_Place, tuple[Sentence, ...]]]:
    """The sentences that follow one another in a paragraph and are all reasoning."""
    for number, block in enumerate(opinion.blocks):
        if isinstance(block, Paragraph):
            for at, (reasoning, run) in enumerate(groupby(block.sentences, key=lambda each: each.reasoning)):
                if reasoning:
                    yield (number, at), tuple(run)


def _asked(
    model: LanguageModel, runs: Mapping[_Place, Sequence[Sentence]], seconds: float
) -> dict[_Place, WordedReasons | str]:
    """The replies in the order of `runs`, or why there is none."""
    deadline = time.monotonic() + seconds

    def reply(run: Sequence[Sentence]) -> WordedReasons:
        least, each = _TOKENS
        tokens = least + each * sum(len(sentence.text) for sentence in run)
        left = max(0.1, deadline - time.monotonic())
        return model.fill(prompt(run), WordedReasons, seconds=left, tokens=tokens).value

    pool = ThreadPoolExecutor(1 if model.where == "local" else _PARALLEL, "wording")
    try:
        running: dict[_Place, Future[WordedReasons]] = {place: pool.submit(reply, run) for place, run in runs.items()}
        done, _ = wait(running.values(), timeout=max(0.0, deadline - time.monotonic()))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    found: dict[_Place, WordedReasons | str] = {}
    for place, future in running.items():
        try:
            found[place] = future.result() if future in done else "语言模型在规定时间内没有答复。"
        except (ModelError, StorageError) as error:
            found[place] = str(error)
    return found


def _checked(run: Sequence[Sentence], reply: WordedReasons, day: date | None) -> tuple[Sentence, ...] | str:
    """The sentences with the sources they had, or the first thing that is wrong with them."""
    draft = reply.draft()
    if faults := changes(run, draft, as_of=day or date.today()):
        return faults[0]
    by_key = {f"C{number}": sentence for number, sentence in enumerate(run, 1)}
    return tuple(replace(by_key[sentence.keys[0]], text=sentence.text) for sentence in draft.sentences)


def _block(block: Block, number: int, made: Mapping[_Place, tuple[Sentence, ...]]) -> Block:
    if not isinstance(block, Paragraph):
        return block
    runs = groupby(block.sentences, key=lambda each: each.reasoning)
    return Paragraph(tuple(s for at, (_, run) in enumerate(runs) for s in made.get((number, at), tuple(run))))


def _named(opinion: Opinion, place: _Place) -> str:
    """The paragraph, by its first words."""
    block = opinion.blocks[place[0]]
    return block.sentences[0].text[:24].rstrip("。") if isinstance(block, Paragraph) else ""
