"""What of a conversation a model is told: article numbers as they were written, everything else short."""

import re
from collections.abc import Sequence

from assistant.schema import Turn
from ingest.normalize import tidy

SHARE = 0.15
"""Of the characters that a model can read, how much an earlier conversation may take."""
_TURN = 120  # characters of one turn
_N = r"[0-9一二三四五六七八九十百]+"
_LABEL = re.compile(rf"第\s*{_N}\s*条(?:之{_N})?(?:第{_N}款)?(?:第?[((]{_N}[))]项?|第{_N}项)?")


def remembered(history: Sequence[Turn], context: int) -> str:
    """The conversation in lines, newest last, within a share of a model's `context` (tokens, about one a character);
    of a long turn its beginning and every 第…条 of the rest; the oldest turns are left out first. "" of none."""
    left, lines = int(context * SHARE), list[str]()
    for turn in reversed(history):
        line = f"{'用户' if turn.role == 'user' else '助手'}:{_short(turn.content)}"
        if len(line) > left:
            break
        left -= len(line) + 1
        lines.append(line)
    return "\n".join(reversed(lines))


def _short(content: str) -> str:
    text = " ".join(content.split())
    if len(text) <= _TURN:
        return text
    cut = text[:_TURN]
    # A label cut in two is left out here and kept whole among the rest.
    cut = cut[: cut.rfind("第")] if cut.rfind("第") > _TURN - 12 else cut
    named = dict.fromkeys(m[0] for m in _LABEL.finditer(text) if tidy(m[0]) not in tidy(cut))
    return f"{cut}……{'、'.join(named)}" if named else f"{cut}……"
