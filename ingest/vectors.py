"""From clauses and phrasings to rows of text, and from rows to vectors in the index."""

from collections.abc import Mapping, Sequence

from ingest.chunking import chunks
from ingest.embeddings import Embedder
from ingest.index import Index, Level, Row
from ingest.phrasings import Phrasing
from ingest.schema import Clause, Policy

_BATCH = 2048  # rows embedded and written at once: bounds memory

Rows = Mapping[Level, Sequence[Row]]


def rows_of(policy: Policy, clauses: Sequence[Clause], asked: Sequence[Phrasing]) -> Rows:
    """What is embedded of one policy: clauses with their context, their sentences bare, and ways of asking."""
    made = chunks(policy, clauses)
    return {
        "clauses": [(policy.id, c.id, f"{c.context} {c.text}") for c in made if c.kind == "clause"],
        "sentences": [(policy.id, c.id, c.text) for c in made if c.kind == "sentence"],
        "questions": [(policy.id, str(place), phrasing.text) for place, phrasing in enumerate(asked)],
    }


def write_vectors(index: Index, embedder: Embedder, generation: str, rows: Rows) -> None:
    """Embed all rows and write them under `generation`."""
    for level, own in rows.items():
        for at in range(0, len(own), _BATCH):
            part = own[at : at + _BATCH]
            index.embed(generation, level, part, embedder.embed([text for _, _, text in part]))
