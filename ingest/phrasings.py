"""`corpus/phrasings/<policy>.yaml`: how people ask for what a clause says, and what they ask that no clause says.

Phrasings are searched beside the clauses and never shown. A policy without the file is searched by its words alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from ingest.errors import PolicyError

TopicKind = Literal["silent", "outside"]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people ask that the policy does not say: `silent` is near its matter, `outside` is not.

    `says` is the sentence that names the silence, `near` the clauses worth showing beside it.
    """

    kind: TopicKind
    name: str
    says: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask of a policy; `clause` is the id of the clause that answers, or `topic` says that none does."""

    policy: str
    text: str
    clause: str | None = None
    topic: Topic | None = None

    @property
    def owner(self) -> str:
        """The clause or the topic of its policy."""
        return f"{self.policy}:{self.topic.name if self.topic else self.clause}"


def load_phrasings(folder: Path, policy: str) -> tuple[Phrasing, ...]:
    """The phrasings of one policy, none when it has no file. Raises PolicyError for a file of another shape."""
    path = folder / f"{policy}.yaml"
    if not path.is_file():
        return ()
    try:
        return tuple(_read(policy, yaml.safe_load(path.read_text("utf-8"))))
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise PolicyError(f"问法文件 {path.name} 格式有误:{' '.join(str(error).split())}。") from None


def _read(policy: str, table: Mapping[str, Any]) -> list[Phrasing]:
    asked = table.get("clauses", {}).items()
    found = [Phrasing(policy, text, clause=str(clause)) for clause, texts in asked for text in _texts(texts)]
    for kind in ("silent", "outside"):
        for entry in table.get(kind, ()):
            topic = Topic(kind, entry["topic"], entry.get("says", ""), tuple(_texts(entry.get("near", []))))
            found += [Phrasing(policy, text, topic=topic) for text in _texts(entry["questions"])]
    return found


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(f"“{value}”应写成列表")
    return [str(text) for text in value]
