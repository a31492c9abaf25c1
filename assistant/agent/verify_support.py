"""Whether the words of a sentence stand in the clauses it cites, by characters and by meaning."""

from collections.abc import Callable, Sequence

from ingest.embeddings import Vectors

Embed = Callable[[Sequence[str]], Vectors]
