"""A tree of clauses under construction."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from ingest.schema import Clause, ClauseKind

Span = tuple[int, int]

_COUNTED: frozenset[ClauseKind] = frozenset({"notice", "title", "contents", "signature", "note", "annex"})


@dataclass(slots=True)
class Node:
    """A clause whose end still grows with its content."""

    clause: Clause
    parent: "Node | None"
    end: int


class Tree:
    """Clauses in document order, containers first; each takes its numbers and headings over from its parent."""

    def __init__(self, source: str, policy: str) -> None:
        self.source = source
        self._root = Clause(policy, "", "", "note", "", 0, 0, leaf=False)
        self._nodes: list[Node] = []
        self._taken: Counter[str] = Counter()

    def taken(self, key: str) -> bool:
        return key in self._taken

    def add(
        self,
        kind: ClauseKind,
        key: str,
        label: str,
        span: Span,
        parent: Node | None = None,
        leaf: bool = True,
        **fields: int | str | None,
    ) -> Node:
        """Append a clause. A key that is taken becomes notice2 or 7~2; `fields` are those of Clause."""
        self._taken[key] += 1
        if self._taken[key] > 1:
            return self.add(
                kind, f"{key}{'' if kind in _COUNTED else '~'}{self._taken[key]}", label, span, parent, leaf, **fields
            )
        above = parent.clause if parent else self._root
        own: dict[str, Any] = {"id": key, "label": label, "kind": kind, "leaf": leaf, **fields}
        node = Node(replace(above, parent=above.id or None, start=span[0], **own), parent, span[1])
        while parent is not None:
            parent.end = max(parent.end, node.end)
            parent = parent.parent
        self._nodes.append(node)
        return node

    def clauses(self) -> tuple[Clause, ...]:
        return tuple(
            replace(node.clause, end=node.end, text=self.source[node.clause.start : node.end]) for node in self._nodes
        )
