"""Proof of the clause parser over a folder of Markdown texts: `python -m evals.parsing FOLDER`.

Article numbers complete and in order, nothing lost, every character in one leaf, speed on one core.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

from ingest.clauses import parse
from ingest.numerals import to_chinese
from ingest.readers import read_policy
from ingest.schema import Clause

# What the sources themselves do, each looked up in the text.
KNOWN = {
    (
        "山东省企业工资集体协商条例(2016-11-26).md",
        "第十五条→第十七条",
    ): "原文没有第十六条:第十五条之后就是第三章的第十七条",
}
_OPENING = re.compile(r"[#*\s]*第[一二三四五六七八九十百千零〇\d]{1,8}条(?:之[一二三四五六七八九十]+)?\**[ \t\u3000]")


@dataclass(frozen=True, slots=True)
class Departure:
    """A place where the numbers are not 1, 2, 3, …, or a line that looks like an article and was taken for words.
    `reason` is empty as long as nobody has read the source."""

    file: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsingResult:
    """`lost` and `doubled` count characters that are in no leaf or in several; `speed` is in MB of UTF-8 a second."""

    texts: int
    with_articles: int
    complete: int
    articles: int
    clauses: int
    lost: int
    doubled: int
    wrong_offsets: int
    repeated_ids: int
    departures: tuple[Departure, ...]
    speed: float


def parsing(folder: Path) -> ParsingResult:
    """Parse every .md file of `folder` and check what comes out against the source."""
    files = sorted(folder.glob("*.md"))
    sources = [read_policy(file) for file in files]
    begin = process_time()
    parsed = [parse(source, file.stem) for file, source in zip(files, sources, strict=True)]
    seconds = process_time() - begin
    counts: Counter[str] = Counter()
    departures: list[Departure] = []
    for file, source, clauses in zip(files, sources, parsed, strict=True):
        covered = [0] * len(source)
        for clause in clauses:
            counts["offsets"] += clause.text != source[clause.start : clause.end]
            for place in range(clause.start, clause.end) if clause.leaf else ():
                covered[place] += 1
        counts["lost"] += sum(not n and not char.isspace() for n, char in zip(covered, source, strict=True))
        counts["doubled"] += sum(n > 1 for n in covered)
        counts["repeated"] += len(clauses) - len({clause.id for clause in clauses})
        articles = [clause for clause in clauses if clause.kind == "article" and clause.label.startswith("第")]
        found = [*_gaps(articles), *_missed(source, articles)]
        departures += [Departure(file.name, place, KNOWN.get((file.name, place), "")) for place in found]
        counts["with"] += bool(articles)
        counts["complete"] += bool(articles) and not found
        counts["articles"] += len(articles)
    return ParsingResult(
        texts=len(files),
        with_articles=counts["with"],
        complete=counts["complete"],
        articles=counts["articles"],
        clauses=sum(len(clauses) for clauses in parsed),
        lost=counts["lost"],
        doubled=counts["doubled"],
        wrong_offsets=counts["offsets"],
        repeated_ids=counts["repeated"],
        departures=tuple(departures),
        speed=sum(len(source.encode()) for source in sources) / 1e6 / max(seconds, 1e-9),
    )


def _gaps(articles: Sequence[Clause]) -> Iterator[str]:
    """Where a number does not follow the one before; a new scope (part2:, a1:) may begin at 1."""
    scope, number, suffix = "", 0, 0
    for article in articles:
        head, colon, _ = article.id.rpartition(":")
        if head + colon != scope:
            scope, number, suffix = head + colon, 0, 0
        expected = (number, suffix + 1) if article.suffix else (number + 1, 0)
        if (article.article, article.suffix or 0) != expected:
            yield f"第{to_chinese(number)}条→{article.label}"
        number, suffix = article.article or number, article.suffix or 0


def _missed(source: str, articles: Sequence[Clause]) -> Iterator[str]:
    """Lines that begin like an article, found without the parser, at which none begins."""
    starts = {article.start for article in articles}
    for line in re.finditer(r"\S[^\n]*", source):
        if _OPENING.match(line[0]) and line.start() not in starts:
            yield line[0][:20]


if __name__ == "__main__":
    print(json.dumps(asdict(parsing(Path(sys.argv[1]))), ensure_ascii=False, indent=1))
