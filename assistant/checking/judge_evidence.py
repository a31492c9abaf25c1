"""What a model is given to read on one condition: numbered exhibits between boundaries that no material can know.

Words that instruct a checker are not handed out, and neither is anything that readers of the file do not see.
"""

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from assistant.checking.support import Support
from assistant.conditions.schema import Aspect, Condition
from assistant.consistency.injection import instruction, spans
from assistant.llm.schema import Prompt
from assistant.reports.schema import Exhibit, Issue
from assistant.reports.words import place
from ingest.materials import Application
from prompts import FOLDER, render

PROMPT = "check"
SOURCE = "——"
"""Between the words of an exhibit and where they stand, as `prompts/check_condition.md` tells."""
_CONDITION = "check_condition"
_SHOWN = 3  # exhibits of one aspect; more make a small model slower, not surer
_AGAINST = 1
_LONG = 240  # characters of one exhibit
_NAME = 60  # characters of a file's name
_SUSPECT = ("injection", "hidden_text")


@dataclass(frozen=True, slots=True)
class Handed:
    """An exhibit under the number that a model knows it by. `text` is what it reads of it; `speaks_for` are the aspects
    that it was found for, `regards` these and those that it speaks against."""

    number: int
    exhibit: Exhibit
    text: str
    speaks_for: frozenset[str]
    regards: frozenset[str]


@dataclass(frozen=True, slots=True)
class Packet:
    """All that is handed out on one condition, best first, and the aspects that are asked about."""

    condition: Condition
    aspects: tuple[Aspect, ...]
    handed: tuple[Handed, ...]


class Papers:
    """The package as far as a model may see it. `suspect` are the sha256 of files with instructions or hidden words:
    they are read, but no verdict rests on them alone."""

    def __init__(self, application: Application, issues: Sequence[Issue]) -> None:
        self._materials = {material.sha256: material for material in application.materials if material.sha256}
        self._spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
        files = {issue.file for issue in issues if issue.kind in _SUSPECT}
        self.suspect = frozenset(material.sha256 for material in application.materials if material.name in files)

    def clean(self, exhibit: Exhibit) -> bool:
        """Whether an exhibit holds no part of an instruction."""
        key = (exhibit.sha256, exhibit.place)
        if key not in self._spans:
            self._spans[key] = spans(self._materials[exhibit.sha256].pages[exhibit.place].text)
        over = any(start < exhibit.end and exhibit.start < end for start, end in self._spans[key])
        return not over and instruction(exhibit.quote) is None


def packet(condition: Condition, supports: Sequence[Support], papers: Papers) -> Packet | None:
    """What there is to read on a condition; None where nothing speaks for any aspect."""
    found: dict[Exhibit, tuple[set[str], set[str]]] = {}
    turns: list[list[Exhibit]] = []
    for support in supports:
        shown = [each for each in support.shown if papers.clean(each)][:_SHOWN]
        against = [each for each in (*support.adverse, *support.denied) if papers.clean(each)][:_AGAINST]
        for each in shown:
            found.setdefault(each, (set(), set()))[0].add(support.aspect)
        for each in (*shown, *against):
            found.setdefault(each, (set(), set()))[1].add(support.aspect)
        turns.append(shown[:1] + against + shown[1:])
    ranked = dict.fromkeys(each for each in chain.from_iterable(zip_longest(*turns)) if each is not None)
    if not any(speaks for speaks, _ in found.values()):
        return None
    handed = tuple(
        Handed(number, each, _written(each.quote, _LONG), frozenset(found[each][0]), frozenset(found[each][1]))
        for number, each in enumerate(ranked, 1)
    )
    return Packet(condition, condition.aspects, handed)


def fitting(whole: Packet, room: int) -> Packet:
    """The best exhibits whose prompt has at most `room` tokens, and at least one; a Chinese character is one token at
    most for the models of today, other characters less."""
    count = len(whole.handed)
    while count > 1 and length(prompt(Packet(whole.condition, whole.aspects, whole.handed[:count]))) > room:
        count -= 1
    return Packet(whole.condition, whole.aspects, whole.handed[:count])


def length(of: Prompt) -> int:
    """No fewer tokens than a prompt has."""
    return len(of.system) + len(of.user) + 20  # the chat template's own


def prompt(of: Packet) -> Prompt:
    """What a model is asked; the boundary is another one every time."""
    texts = "".join(each.text for each in of.handed)
    boundary = f"【{secrets.token_hex(6)}】"
    while boundary in texts:
        boundary = f"【{secrets.token_hex(6)}】"
    numbers: Mapping[str, list[str]] = {
        aspect.id: [str(each.number) for each in of.handed if aspect.id in each.regards] for aspect in of.aspects
    }
    user = render(
        _CONDITION,
        label=of.condition.label,
        title=of.condition.title,
        clause=of.condition.text,
        aspects="\n".join(
            f"{at}. {aspect.id}(摘录 {'、'.join(numbers[aspect.id]) or '无'})"
            for at, aspect in enumerate(of.aspects, 1)
        ),
        exhibits="\n".join(f"[{each.number}] {each.text} {SOURCE}{_source(each.exhibit)}" for each in of.handed),
        boundary=boundary,
        count=len(of.aspects),
    )
    return Prompt(PROMPT, render(PROMPT), user)


def versions() -> tuple[str, ...]:
    """Name and hash of each text that is the same in every prompt."""
    template = (FOLDER / f"{_CONDITION}.md").read_text("utf-8")
    return Prompt(PROMPT, render(PROMPT), "").version, Prompt(_CONDITION, template, "").version


def _source(exhibit: Exhibit) -> str:
    """File and page; a name that instructs is withheld."""
    name = _written(exhibit.file.rsplit("/", 1)[-1], _NAME)
    return f"{'(文件名从略)' if instruction(exhibit.file) else name} {_written(place(exhibit), _NAME)}".strip()


def _written(words: str, longest: int) -> str:
    """Words on one line, without the characters that nobody sees."""
    seen = "".join(
        " " if char.isspace() else char
        for char in words
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return " ".join(seen.split())[:longest]
