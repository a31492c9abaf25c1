"""Where a long title is broken (GB/T 9704-2012 7.3.1): whole words, lines in a trapezoid or a rhombus."""

import re
from itertools import pairwise

LINE = 20
"""Characters of 2号 in the text's width of 156 mm."""
_BEFORE = "的地得等和与及、,，。;；:：)）》〉」』】〕”’!！?？·"
_OPEN = "(（《〈「『【〔“‘"
_ENDS = ("委员会", "办公室", "公司", "有限公司", "中心", *"省市区县局厅部委处院所会")
"""What ends a name and is no word to begin a line with."""
_MORE = 40
"""What one line more costs, against the squared characters that a line differs from its shape."""
_TOKEN = re.compile(r"[A-Za-z0-9.%]+|×+|.", re.DOTALL)


def title_lines(title: str) -> tuple[str, ...]:
    """The lines to set `title` in, which together are the title; one where it fits."""
    if width(title) <= LINE:
        return (title,)
    words = _words(title)
    count = max(2, -(-int(width(title) * 2) // (LINE * 2 - 2)))
    made = [_break(words, shape) for more in range(3) for shape in _shapes(width(title), count + more)]
    fitting = [(cost, lines) for cost, lines in made if lines]
    return min(fitting)[1] if fitting else (title,)


def width(text: str) -> float:
    """In characters: half of one for ASCII, one for all else."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _words(title: str) -> list[str]:
    """The pieces that stay whole: words, with the marks that may not begin or end a line."""
    import jieba  # its dictionary takes a second to load: not at import

    jieba.setLogLevel(60)
    words: list[str] = []
    for word in jieba.lcut(title, HMM=False):
        # A word longer than a line (a code of a hundred letters) may break anywhere.
        for piece in [word] if width(word) <= LINE / 2 else _TOKEN.findall(word):
            parts = [piece] if width(piece) <= LINE / 2 else list(piece)
            for part in parts:
                glued = words and (part[0] in _BEFORE or part in _ENDS or words[-1][-1] in _OPEN)
                if glued and width(words[-1] + part) <= LINE / 2:
                    words[-1] += part
                else:
                    words.append(part)
    return words


def _shapes(total: float, count: int) -> list[list[float]]:
    """Lengths to aim at: wider below, wider above, and widest in the middle where there are three lines or more."""
    step = min(2.0, LINE / 6 / count * 2)
    middle = (count - 1) / 2
    falling = [total / count + step * (middle - n) for n in range(count)]
    shapes = [falling, falling[::-1]]
    if count > 2:
        bulge = [-abs(n - middle) * step for n in range(count)]
        shapes.append([total / count + b - sum(bulge) / count for b in bulge])
    return shapes


def _break(words: list[str], shape: list[float]) -> tuple[float, tuple[str, ...]]:
    """The breaks nearest to `shape` and their cost; no lines where none fits."""
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for aim in shape:
        ahead: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in best.items():
            line = ""
            for end in range(start + 1, len(words) + 1):
                line += words[end - 1]
                if width(line) > LINE:
                    break
                # A single character at a line's end or start is often half of a word that the dictionary lacks.
                torn = 6 * (len(words[end - 1]) == 1 and end < len(words)) + 6 * (len(words[start]) == 1 and start > 0)
                now = (cost + torn + (width(line) - aim) ** 2, (*lines, line))
                if end not in ahead or now < ahead[end]:
                    ahead[end] = now
        best = ahead
    cost, lines = best.get(len(words), (0.0, ()))
    lengths = [width(line) for line in lines]
    # 发文机关 on the first line and 关于…… from the second is how offices break a title.
    cost -= 12 if any(line.startswith("关于") for line in lines[1:]) else 0
    flat = sum(abs(a - b) < 1 for a, b in pairwise(lengths)) if len(lengths) == 2 else 0
    return cost + flat * 9 + _MORE * len(shape), lines
