"""docs/benchmark.md out of evals/results/bench.json."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent.parent / "results" / "bench.json"
PAGE = Path(__file__).parent.parent.parent / "docs" / "benchmark.md"
_QUALITY = {
    "hit1": "Hit@1",
    "hit4": "Hit@4",
    "hit10": "Hit@10",
    "mrr10": "MRR@10",
    "article_first": "right article first",
    "refused_uncovered": "refused, not covered",
    "refused_covered": "refused, covered",
}
_COST = {
    "index_seconds": "index, s",
    "ms_p50": "query p50, ms",
    "ms_p95": "query p95, ms",
    "peak_mb": "peak memory, MB",
    "disk_bytes": "disk, MB",
    "import_seconds": "import, s",
}
_LESS = {"refused_covered", *_COST}
_TITLES = {"measure": "The measure of 20 articles", "statutes": "Statutes (STARD)"}
_HEAD = """# Beside what one would pick instead

Generated from [`evals/results/bench.json`](../evals/results/bench.json) by `python -m evals bench --update`; do not
edit. Judged by [`evals/bench/data.py`](../evals/bench/data.py), timed by
[`evals/bench/child.py`](../evals/bench/child.py).

- Every row is a process of its own on the same machine, one after the other, with the same texts and questions, asked
  for ten results. All that use vectors use the same embedder; loading it is not counted.
- LangChain recipe: RecursiveCharacterTextSplitter 500/50 and Chroma, no PDF loader since the texts are text. Its usual
  top 4 are the column Hit@4. A piece of the measure holds several articles and counts as a hit for each of them.
  *Right article first* asks which article most of the first result is of. The other peers get the measure's paragraphs.
- The questions on the measure are those that nothing was tuned on, without those that lean on an earlier turn or a
  given day. The product has a glossary and known phrasings for it, which it also embeds (that is its index time there);
  it has none for the statutes. No peer ever refuses.
- The statutes are 9,985 texts. With fewer, the part is drawn by the hash of the ids and up to half of it are answers:
  easier than the whole, for all rows alike.
- Above 1× in cost the product is behind. It embeds a question and its parts, searches clauses, sentences and known
  phrasings and weighs three kinds of evidence, where each of the others does one of these.
"""


def page(results: Mapping[str, Any]) -> str:
    """The whole page. `results` is what RESULTS holds: a part for each exam that was run."""
    parts = [_part(_TITLES[name], results[name]) for name in _TITLES if name in results]
    return "\n".join([_HEAD, *parts])


def table(part: Mapping[str, Any], columns: Mapping[str, str], group: str) -> str:
    """A Markdown table of one group of numbers, with ratios in the first row, the product's."""
    rows = [row for row in part["rows"] if row[group]]
    kept = {key: told for key, told in columns.items() if any(row[group][key] is not None for row in rows)}
    lines = ["| | " + " | ".join(kept.values()) + " |", "|---" * (len(kept) + 1) + "|"]
    for row in rows:
        others = [other[group] for other in rows if other is not row] if row["name"] == "own" else []
        cells = [_number(key, row[group][key]) + _ratio(key, row[group][key], others) for key in kept]
        told = f"**{row['told']}**" if row["name"] == "own" else row["told"]
        lines.append(f"| {told} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write(results: Mapping[str, Any]) -> None:
    """Both files."""
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", "utf-8")
    PAGE.write_text(page(results), "utf-8")


def plain(part: Mapping[str, Any]) -> str:
    """Both tables of one part, for the terminal."""
    return "\n\n".join((table(part, _QUALITY, "quality"), table(part, _COST, "cost")))


def _part(title: str, part: Mapping[str, Any]) -> str:
    own = part["machine"]
    size = f"{part['documents']} texts, {part['queries']} questions"
    size += f", {part['uncovered']} more that are not covered" if part["uncovered"] else ""
    where = f"{own['cpu']}, {own['cores']} cores, {own['memory_gib']} GiB, Python {own['python']}"
    lines = [f"## {title}\n", f"{size}. {part['date']}; {where}; load average {part['load_average']}.\n", plain(part)]
    lines.append("\nVersions: " + "; ".join(_versions(part["rows"])) + ".")
    lines += [f"\nNot measured: {row['told']} — {row['reason']}." for row in part["rows"] if row["reason"]]
    return "\n".join(lines) + "\n"


def _versions(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"{name} {version}" for name, version in {k: v for row in rows for k, v in row["versions"].items()}.items()]


def _number(key: str, value: float | None) -> str:
    if value is None:
        return "—"
    if key == "disk_bytes":
        return f"{value / 1024**2:.2f}"
    return f"{value:.3f}" if key in _QUALITY else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _ratio(key: str, value: float | None, others: Sequence[Mapping[str, float | None]]) -> str:
    known = [number for other in others if (number := other[key]) is not None]
    if value is None or not known or not all(known):
        return ""
    return f" ({value / (min(known) if key in _LESS else max(known)):.2f}×)"
