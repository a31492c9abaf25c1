"""`python -m evals retrieval|answers|checks|…`: numbers beside the baseline; exit 1 below the gate."""

import argparse
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from evals import answers, statutes
from evals.cases import CASES, load_cases
from evals.fit import fit
from evals.gate import BASELINE, compare, missed
from evals.parsing import parsing
from ingest.commands import CommandParser, run, say, show
from ingest.errors import UsageError
from ingest.library import Library
from ingest.pipeline import open_library
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from assistant.llm.local import LocalModel
    from assistant.llm.remote import Endpoint

Numbers = Mapping[str, Mapping[str, float]]


def main(argv: Sequence[str]) -> int:
    """Run one evaluation; returns the exit code. Raises AssistantError."""
    parser = CommandParser(prog="python -m evals", description="评测")
    parser.add_argument(
        "what", choices=("retrieval", "answers", "parsing", "reading", "checks", "bench", "fit"), help="评测什么"
    )
    parser.add_argument(
        "--data", type=Path, help="BEIR 目录(retrieval、bench)、法规文本目录(parsing)或样张目录(reading)"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument("--failures", action="store_true", help="列出调优部分没有做对的")
    parser.add_argument(
        "--llm",
        choices=("none", "local", "remote"),
        default="none",
        help="answers、checks:另用语言模型做一遍,与不用时比较",
    )
    parser.add_argument("--path", choices=("select", "word", "agent"), help="answers --llm:模型怎样回答,默认按检验结果")
    parser.add_argument("--record", type=Path, metavar="FILE.jsonl", help="answers --llm:把模型的回复记入文件")
    parser.add_argument("--count", type=int, help="answers --llm:只问这么多个问题;bench --data:只用这么多条")
    parser.add_argument(
        "--python", action="append", default=[], metavar="NAME=PATH", help="bench:某个对照产品用哪个 Python"
    )
    parser.add_argument("--update", action="store_true", help="把这次的结果存为基线,bench 则写入结果和文档")
    given = parser.parse_args(argv)
    if given.what == "parsing":
        return _parsing(given)
    if given.what == "reading":
        return _reading(given)
    if given.what == "bench":
        # Imported here: only this one needs it.
        from evals.bench.command import bench

        return bench(given)
    library = open_library(IngestSettings(), progress=say)
    if given.what == "checks":
        return _checks(given, library)
    if given.data:
        return _statutes(given, library)
    if given.llm != "none":
        return _worded(given, library)
    if given.what == "fit":
        show(asdict(fit([case for case in load_cases(CASES) if not case.aside], library)))
        return 0
    return _judged(given, _own(given, library))


def _judged(given: argparse.Namespace, numbers: Numbers) -> int:
    """Show the numbers, with what misses its target or falls behind the baseline; save them if that was asked for."""
    if given.update:
        BASELINE.mkdir(parents=True, exist_ok=True)
        text = json.dumps(numbers, ensure_ascii=False, indent=2)
        (BASELINE / f"{given.what}.json").write_text(text + "\n", "utf-8")
    below = compare(given.what, numbers)
    if given.json:
        show({"numbers": numbers, "below_gate": below, "missed_targets": missed(numbers)})
    else:
        _table(numbers)
        for line in missed(numbers):
            say(f"未达目标:{line}")
        for line in below:
            say(f"低于门槛:{line}")
    return 1 if below else 0


def _own(given: argparse.Namespace, library: Library) -> Numbers:
    """The measures on both parts of the project's own questions."""
    cases = load_cases(CASES)
    done = answers.run(cases, library)
    if given.failures:
        for line in answers.failures([o for o in done if not o.case.aside]):
            say(line)
    chosen = answers.RETRIEVAL if given.what == "retrieval" else answers.ANSWERS
    parts = {"tuning": [o for o in done if not o.case.aside], "aside": [o for o in done if o.case.aside]}
    return {
        name: {key: round(value, 4) for key, value in answers.summary(part, library).items() if key in chosen}
        for name, part in parts.items()
    }


def _worded(given: argparse.Namespace, library: Library) -> int:
    """Both parts with and without a model; 1 when it makes anything worse that it must not."""
    if given.what != "answers":
        raise UsageError("--llm 只用于 answers。")
    # Imported here: a model's libraries take a second.
    from assistant.llm.opening import abilities
    from assistant.llm.probe import probe
    from assistant.settings import AssistantSettings
    from evals import prompted, worded

    seconds = AssistantSettings().llm_seconds
    with closing(_model(given)) as model:
        worded.warm(model)
        cache = abilities(IngestSettings())
        ability = (
            worded.PATHS[given.path] if given.path else probe(model, cache=cache, tell=lambda fault: say(str(fault)))
        )
        cases = worded.sample(load_cases(CASES), given.count)
        asked = worded.Recording(model, given.record) if given.record else model
        done = worded.run(cases, library, asked, ability=ability, seconds=seconds, progress=say)
    parts = {"tuning": [w for w in done if not w.case.aside], "aside": [w for w in done if w.case.aside]}
    numbers = {name: worded.summary(part, library) for name, part in parts.items()}
    if given.json:
        show(numbers)
    else:
        print(worded.table(numbers))
    if given.update:
        prompted.save(numbers, model=asked.name, path=given.path or "probe")
    for name in prompted.changed():
        say(f"提示词 {name} 在基线之后改过,请用 --update 重新记录。")
    below = [f"{name}:{line}" for name, both in numbers.items() for line in worded.worse(both)]
    for line in below:
        say(f"低于门槛:{line}")
    return 1 if below else 0


def _model(given: argparse.Namespace) -> "Endpoint | LocalModel":
    """The model of --llm. Raises UsageError when there is none."""
    from assistant.llm.choose import choose
    from assistant.settings import AssistantSettings

    own = IngestSettings()
    model = choose(
        AssistantSettings(),
        given.llm,
        models=own.corpus_dir / "models.toml",
        folder=own.data_dir / "models",
        auto_local=True,
    )
    if model is None:
        raise UsageError("没有可用的语言模型。")
    return model


def _statutes(given: argparse.Namespace, library: Library) -> int:
    if given.what != "retrieval":
        raise UsageError("--data 只用于 retrieval、parsing、reading 和 bench。")
    measured = statutes.run(given.data, embedder=library.embedder)
    told = {key: round(value, 4) for key, value in asdict(measured).items()}
    if given.json:
        show(told)
    else:
        _table({given.data.name: told})
    return 0


def _parsing(given: argparse.Namespace) -> int:
    if given.data is None or not given.data.is_dir():
        raise UsageError("parsing 要用 --data 指定法规文本目录。")
    show(asdict(parsing(given.data)))
    return 0


def _reading(given: argparse.Namespace) -> int:
    if given.data is None or not (given.data / "hostile").is_dir():
        raise UsageError("reading 要用 --data 指定样张目录,其中有 documents 和 hostile 两个子目录。")
    # Imported here: readers and recognition are heavy, and the other evaluations need neither.
    from evals.reading import run as measured

    numbers = measured(given.data, IngestSettings().corpus_dir / "policies" / "qingdao-2021.txt")
    return _judged(given, {part: {k: round(v, 4) for k, v in own.items()} for part, own in numbers.items()})


def _checks(given: argparse.Namespace, library: Library) -> int:
    # Imported here: making packages needs libraries that only developers have.
    from evals import checks

    settings = IngestSettings()
    if given.llm != "none":
        return _checks_llm(given, library, settings)
    try:
        numbers, failures = checks.run(library, corpus_dir=settings.corpus_dir, data_dir=settings.data_dir)
    except FileNotFoundError as error:
        raise UsageError(f"没有评测:缺少 Noto CJK 字体({error})。") from None
    for line in failures if given.failures else ():
        say(line)
    return _judged(given, {part: {k: round(v, 4) for k, v in own.items()} for part, own in numbers.items()})


def _checks_llm(given: argparse.Namespace, library: Library, settings: IngestSettings) -> int:
    """Both sides of one run, and what the model changed. It is no baseline: models and machines differ."""
    from evals import checks_llm

    with closing(_model(given)) as model:
        try:
            numbers, changes = checks_llm.run(
                library, model, corpus_dir=settings.corpus_dir, data_dir=settings.data_dir, tell=say
            )
        except FileNotFoundError as error:
            raise UsageError(f"没有评测:缺少 Noto CJK 字体({error})。") from None
    for change in changes:
        say(change.told)
    rounded = {part: {k: round(v, 4) for k, v in own.items()} for part, own in numbers.items()}
    worse = checks_llm.worse(rounded)
    if given.json:
        show({"numbers": rounded, "worse": worse})
    else:
        _table(rounded)
        for line in worse:
            say(f"用模型后变差:{line}")
    return 1 if worse else 0


def _table(numbers: Numbers) -> None:
    for part, values in numbers.items():
        print(part)
        for key, value in values.items():
            print(f"  {key:<22}{value:>10.4g}")


if __name__ == "__main__":
    run(main)
