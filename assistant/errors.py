"""The errors of answering, checking and language models; the tree starts in `ingest.errors`.

AssistantError
├── ...                        reading, indexing, models (ingest.errors)
├── QuoteError                 a quote does not stand in the clause it names: a fault of the program, never shown
└── ModelError                 a language model gave nothing that can be used; the composed answer is shown instead
    ├── ModelSettingError      wrong key, unknown model, missing or damaged file: a setting must be changed
    ├── ModelUnavailable       not there, overloaded, out of memory, or not asked because it failed just now
    ├── ModelTimeout           no whole reply within the time that was given
    ├── ContextError           the prompt is longer than the model can read
    └── ModelReplyError        the reply is empty, endless or not of the shape that was asked for
"""

from ingest.errors import AssistantError


class QuoteError(AssistantError):
    """A quote does not stand in the clause it names."""


class ModelError(AssistantError):
    """A language model gave nothing that can be used; the message is one Chinese sentence that names the setting."""


class ModelSettingError(ModelError):
    """A setting of the model is wrong: LLM_API_KEY, LLM_MODEL, LLM_BASE_URL, or the file of a local model."""


class ModelUnavailable(ModelError):
    """The model cannot be reached, is overloaded, or is not asked because it failed just now."""


class ModelTimeout(ModelError):
    """No whole reply came within the time that was given."""


class ContextError(ModelError):
    """The prompt is longer than the model can read."""


class ModelReplyError(ModelError):
    """The reply is empty, endless, or not of the shape that was asked for."""
