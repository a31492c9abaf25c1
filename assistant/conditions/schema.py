"""The conditions of a measure as data: what counts as support for each, and which materials usually offer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.reports.schema import EntityType

RuleName = Literal["registered_or_active", "truthfulness_pledge"]
RULE_NAMES: tuple[RuleName, ...] = get_args(RuleName)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that a condition asks for. `quote` are its words in the clause, verbatim; `questions` are searched in
    the package; `cues` are regular expressions whose words show that a passage is about the aspect; `substance` are
    those that show more than an assertion (a number, a name, a document, something done); `materials` names the
    expected materials in which support usually stands."""

    id: str
    quote: str
    questions: tuple[str, ...]
    cues: tuple[str, ...]
    substance: tuple[str, ...]
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: `id` is the clause's (7.2), `text` its words. `rules` are keys of `assistant.checking.rules.RULES`;
    `human` says in one sentence what only a person can judge."""

    id: str
    label: str
    title: str
    text: str
    aspects: tuple[Aspect, ...]
    rules: tuple[RuleName, ...] = ()
    human: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedMaterial:
    """A material that a package usually holds. `clause` is the id and `quote` the words of the clause it speaks to;
    `named`: the measure itself asks for it; `of`: the applicants it is expected from, () for all.

    `titles` are regular expressions that its title or head lines match, `vague` those that other papers match too; one
    of the `words` must stand below the former, three below the latter. Where there are `proof`, one of these regular
    expressions must match, or the material proves nothing (经费说明 without an amount).
    """

    name: str
    clause: str
    label: str
    quote: str
    named: bool
    titles: tuple[str, ...]
    words: tuple[str, ...] = ()
    of: tuple[EntityType, ...] = ()
    note: str = ""
    proof: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionSet:
    """All conditions of one policy, in the order of the clauses, and the materials expected with an application.

    `city` is where applicants have to be registered or active (青岛); `roles` maps what an amount is of, as facts name
    it, to regular expressions of the words before it; `sha256` is that of the file, `reviewed`
    whether a person has compared it with the measure.
    """

    policy: str
    city: str
    conditions: tuple[Condition, ...]
    materials: tuple[ExpectedMaterial, ...]
    sha256: str
    roles: Mapping[str, tuple[str, ...]]
    reviewed: bool = True
