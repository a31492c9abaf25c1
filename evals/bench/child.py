"""`python child.py ADAPTER.py TASK.json OUT.json`: one peer in a process of its own.

Memory and imports are then the peer's own. Run by path, also by interpreters of other environments; those need the
product's own libraries besides the peer.
"""

import importlib
import importlib.metadata
import importlib.util
import json
import re
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

from evals.bench.task import Cost, Ranked, Task, Told
from evals.metrics import percentile


def run(adapter: Path, task: Task) -> Told:
    """Import, index and ask; whatever the peer raises goes through."""
    peer = _module(adapter)
    begun = time.perf_counter()
    for name in peer.LIBRARIES:
        importlib.import_module(name)
    imported = time.perf_counter() - begun
    embedder = None
    if task["embedder"]:
        # Imported here: loading the model is the same for all and no part of what is compared.
        from ingest.embeddings import OnnxEmbedder

        embedder = OnnxEmbedder(Path(task["embedder"]))
        embedder.embed_query("预热")
    times: list[float] = []
    answering: list[float] = []
    ranked: dict[str, Ranked] = {}
    with tempfile.TemporaryDirectory() as place:
        begun = time.perf_counter()
        built = peer.build(task, embedder, Path(place))
        indexed = time.perf_counter() - begun
        disk = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file())
        built.ask(task["queries"][0]["text"], task["count"])
        for query in task["queries"]:
            begun = time.perf_counter()
            ids = list(built.ask(query["text"], task["count"]))
            times.append((time.perf_counter() - begun) * 1000)
            refused = None
            if built.refuses is not None:
                begun = time.perf_counter()
                refused = built.refuses(query["text"])
                answering.append((time.perf_counter() - begun) * 1000)
            ranked[query["id"]] = {"ids": ids, "refused": refused}
    cost: Cost = {
        "import_seconds": round(imported, 3),
        "index_seconds": round(indexed, 3),
        "ms_p50": round(percentile(times, 0.5), 3),
        "ms_p95": round(percentile(times, 0.95), 3),
        "answer_ms_p50": round(percentile(answering, 0.5), 3) if answering else None,
        "peak_mb": round(_peak_mb(), 1),
        "disk_bytes": disk,
    }
    return {"cost": cost, "versions": {p: importlib.metadata.version(p) for p in peer.PACKAGES}, "ranked": ranked}


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _peak_mb() -> float:
    """The most memory this program held; getrusage would count the parent's too, which `exec` hands on."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text("utf-8")) if status.is_file() else None
    if found:
        return int(found[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    Path(sys.argv[3]).write_text(json.dumps(run(Path(sys.argv[1]), given), ensure_ascii=False), "utf-8")
