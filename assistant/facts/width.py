"""Text in one width, each character at its place, so that what is found in it can be shown in the original."""

import unicodedata
from functools import lru_cache


def flat(text: str) -> str:
    """`text` with ASCII digits, letters, brackets and colons for their full-width forms; every character keeps its
    place. Line ends and tabs stay, other white space becomes a space."""
    return "".join(map(_flat, text))


@lru_cache(maxsize=65536)
def _flat(char: str) -> str:
    if char in "\n\t":
        return char
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def bare(text: str) -> str:
    """`text` without any white space, in one width: how labels and names are compared."""
    return "".join(flat(text).split())
