"""Every peer in a child process of its own, one after the other; a peer that fails is a row with the reason."""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench.data import Exam, judge

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Entry:
    """A peer: what it is called, its adapter, and whether it can do nothing without an embedder."""

    name: str
    told: str
    adapter: Path
    embeds: bool = True


ENTRIES = (
    Entry("own", "政策助手", _HERE / "peer_own.py", embeds=False),
    Entry("langchain", "LangChain recipe", _HERE / "peer_langchain.py"),
    Entry("bm25", "BM25 (bm25s, jieba)", _HERE / "peer_bm25.py", embeds=False),
    Entry("txtai", "txtai", _HERE / "peer_txtai.py"),
    Entry("llamaindex", "LlamaIndex", _HERE / "peer_llamaindex.py"),
    Entry("haystack", "Haystack", _HERE / "peer_haystack.py"),
)


def compare(
    exam: Exam, entries: tuple[Entry, ...], *, pythons: Mapping[str, str], tell: Callable[[str], None]
) -> dict[str, Any]:
    """A row for each entry, in order. `pythons` names the interpreter of a peer that lives in another environment."""
    rows = []
    for entry in entries:
        tell(f"正在评测 {entry.told}……")
        rows.append(_row(exam, entry, pythons.get(entry.name, sys.executable)))
        if reason := rows[-1]["reason"]:
            tell(f"{entry.told} 未能评测:{reason}")
    size = {"documents": len(exam.task["documents"]), "queries": len(exam.gold), "uncovered": len(exam.refusals)}
    return {"name": exam.name, **size, "load_average": round(os.getloadavg()[0], 2), "rows": rows}


def machine() -> dict[str, Any]:
    """Cores, GiB of memory, the processor's name and the Python that runs this."""
    meminfo, cpuinfo = Path("/proc/meminfo"), Path("/proc/cpuinfo")
    total = re.search(r"MemTotal:\s*(\d+)", meminfo.read_text("utf-8")) if meminfo.is_file() else None
    named = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text("utf-8")) if cpuinfo.is_file() else None
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(int(total[1]) / 1024**2, 1) if total else None,
        "cpu": named[1].strip() if named else platform.processor() or platform.machine(),
        "python": platform.python_version(),
    }


def _row(exam: Exam, entry: Entry, python: str) -> dict[str, Any]:
    failed: dict[str, Any] = {"name": entry.name, "told": entry.told, "versions": {}, "quality": None, "cost": None}
    if entry.embeds and exam.task["embedder"] is None:
        return {**failed, "reason": "no embedding model here"}
    with tempfile.TemporaryDirectory() as place:
        task, out = Path(place) / "task.json", Path(place) / "out.json"
        task.write_text(json.dumps(exam.task, ensure_ascii=False), "utf-8")
        # Peers may neither phone home nor fetch; -P keeps their adapters' folder from hiding their own modules.
        env = {**os.environ, "PYTHONPATH": str(_ROOT), "HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
        env |= {"HAYSTACK_TELEMETRY_ENABLED": "False", "TOKENIZERS_PARALLELISM": "false"}
        command = [python, "-P", str(_HERE / "child.py"), str(entry.adapter), str(task), str(out)]
        try:
            done = subprocess.run(
                command,
                env=env,
                cwd=place,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {**failed, "reason": f"not done within {_SECONDS} s"}
        except OSError as error:
            return {**failed, "reason": f"its Python does not start: {error.strerror}"}
        if done.returncode or not out.is_file():
            return {**failed, "reason": _reason(done)}
        told = json.loads(out.read_text("utf-8"))
    quality = {key: None if value is None else round(value, 4) for key, value in judge(exam, told["ranked"]).items()}
    return {**failed, "versions": told["versions"], "quality": quality, "cost": told["cost"], "reason": None}


def _reason(done: "subprocess.CompletedProcess[str]") -> str:
    """The last line that the child said, without paths; its exit status when it said nothing."""
    said = [line for line in done.stderr.splitlines() if line.strip()]
    if done.returncode < 0 or not said:
        return f"ended with status {done.returncode}"
    return re.sub(r"(?<![\w.])/[\w./-]+", "…", said[-1])[:200]
