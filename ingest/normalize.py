"""One form for the many ways the same Chinese text is typed, with the way back to the original places."""

import unicodedata
from functools import lru_cache

_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "「": '"',
        "」": '"',
        "『": '"',
        "』": '"',
        "‘": "'",
        "’": "'",
        "〔": "(",
        "〕": ")",
        "[": "(",
        "]": ")",
        "【": "(",
        "】": ")",
        "、": ",",
        "。": ".",
        "—": "-",
        "–": "-",
        "―": "-",
        "−": "-",
        "~": "-",
        "·": "",
        "•": "",
    }
)


def tidy(text: str) -> str:
    """`text` as it is searched: NFKC, lower case, no control or zero-width characters, single spaces."""
    kept = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFKC", text) if _visible(c))
    return " ".join(kept.lower().split())


def fold(text: str) -> tuple[str, list[int]]:
    """`text` as quotes are compared: like `tidy`, without any space and with one form per bracket and quotation mark.

    The list gives for each character of the folded text the place in `text` it came from.
    """
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace() or not _visible(char):
            continue
        for part in unicodedata.normalize("NFKC", char).lower().translate(_SAME):
            if not part.isspace():
                folded.append(part)
                places.append(place)
    return "".join(folded), places


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Where `quote` stands in `text`, (start, end), whatever the width, spacing or brackets; None if it does not."""
    wanted, _ = fold(quote)
    if not wanted:
        return None
    folded, places = fold(text)
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        # One character can fold to several (⑩ to 10): a quote neither begins nor ends inside it.
        if (at == 0 or places[at - 1] != places[at]) and (end == len(places) or places[end] != places[end - 1]):
            return places[at], places[end - 1] + 1
        at = folded.find(wanted, at + 1)
    return None


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of `text`, ending at 。！？；or a line break, closing quotes included."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for place, char in enumerate(text):
        following = text[place + 1] if place + 1 < len(text) else ""
        if (char in "。！？!?；;\n" and following not in "”’」』)）") or (
            char in "”’」』)）" and place and text[place - 1] in "。！？!?；;"
        ):
            _keep(text, start, place + 1, bounds)
            start = place + 1
    _keep(text, start, len(text), bounds)
    return bounds


def _keep(text: str, start: int, end: int, bounds: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    if right > left:
        bounds.append((left, right))


@lru_cache(maxsize=65536)
def _visible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
