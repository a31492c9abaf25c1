"""`python -m evals.samples --out corpus/samples`: make the fictional packages and what is true of them."""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.samples import complete, contradictory, incomplete
from evals.samples.making import faces_for, files, write
from evals.samples.packages import Package
from evals.samples.truth import truth

TRUTH = "truth.json"


def packages() -> tuple[Package, ...]:
    return complete.package(), incomplete.package(), contradictory.package()


def make(out: Path) -> None:
    """Write the packages and truth.json to `out`, in place of what an earlier run left there. Raises FileNotFoundError
    without Noto CJK."""
    all_of_them = packages()
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        faces = faces_for(all_of_them, Path(folder))
        for package in all_of_them:
            shutil.rmtree(out / package.name, ignore_errors=True)
            write(package, out, files(package, faces))
        told = {package.name: truth(package, faces) for package in all_of_them}
    (out / TRUTH).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.samples", description="生成虚构的申报材料样例")
    parser.add_argument("--out", type=Path, required=True, help="写到哪个文件夹")
    given = parser.parse_args(argv)
    try:
        make(given.out)
    except FileNotFoundError as error:
        print(f"没有生成:缺少 Noto CJK 字体({error})。", file=sys.stderr)
        return 2
    print(f"已写入 {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
