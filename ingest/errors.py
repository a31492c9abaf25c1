"""The errors that a person can act on; each message is one Chinese sentence.

AssistantError                 anything shown to a person as one sentence (exit 2 on the command line)
├── UnreadableError            a file cannot be read: wrong format, damaged, encrypted
├── PolicyError                a policy file or its metadata is wrong, or the id is unknown or taken
├── ModelError                 a model is missing everywhere it was looked for, or its hash differs
├── SearchIndexError           the index is missing, locked or damaged
├── UsageError                 a value given by the user is wrong: a date, an id, a question
├── StorageError               the disk is full or not writable
└── StoppedError               work was stopped from outside before it was done
"""


class AssistantError(Exception):
    """Anything a person should read as one sentence."""


class UnreadableError(AssistantError):
    """A file cannot be read: wrong format, damaged, encrypted."""


class PolicyError(AssistantError):
    """A policy file or its metadata is wrong, or the id is unknown or taken."""


class ModelError(AssistantError):
    """A model is missing everywhere it was looked for, or its hash differs."""


class SearchIndexError(AssistantError):
    """The index is missing, locked or damaged."""


class UsageError(AssistantError):
    """A value given by the user is wrong: a date, an id, a question."""


class StorageError(AssistantError):
    """The disk is full or not writable."""


class StoppedError(AssistantError):
    """Work was stopped from outside before it was done."""
