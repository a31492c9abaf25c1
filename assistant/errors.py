"""The errors of answering; the tree starts in `ingest.errors`.

AssistantError
├── ...                        reading, indexing, models (ingest.errors)
└── QuoteError                 a quote does not stand in the clause it names: a fault of the program, never shown
"""

from ingest.errors import AssistantError


class QuoteError(AssistantError):
    """A quote does not stand in the clause it names."""
