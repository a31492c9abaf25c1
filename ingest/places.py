"""Whether a question asks about another place's rules: 济南的办法, but not 公司注册在济南."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import PolicyError
from ingest.normalize import tidy

_ABOUT = (
    r"(?:(?:省|市|州|那边|那里|那儿|地区|本地)?(?:的(?!企业|公司|单位|机构|厂|高校|大学|分公司|总部|研究|团队|人|项目|客户)"
    r"|有没有|有类似|也有|怎么|如何|也能|呢|政策|办法|版|赋能|发改|发展改革)|(?:省|市)(?!的?(?:企业|公司|单位|机构|厂|高校|大学|人)))"
)
_OF_SOMEBODY = re.compile(r"注册|登记|总部|户籍|设在|开在|来的|公司|企业|单位|机构|厂")


@dataclass(frozen=True, slots=True)
class Places:
    """Every place name, with the province of each city."""

    province: dict[str, str]

    def elsewhere(self, question: str, home: Iterable[str]) -> str | None:
        """The place whose rules `question` asks for when that is not in one of the `home` texts; else None.

        A place that is only where somebody is registered or works does not count.
        """
        text = tidy(question)
        told = "".join(home)
        for name in self.province:
            if name not in text or name in told:
                continue
            for m in re.finditer(re.escape(name) + _ABOUT, text):
                around = text[max(0, m.start() - 5) : m.start()] + text[m.end() - 1 : m.end() + 2]
                if not _OF_SOMEBODY.search(around):
                    return name
        return None


def load_places(path: Path) -> Places:
    """The places in `path`: per line a province and its cities. Raises PolicyError when the file is missing."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise PolicyError(f"找不到地名表 {path.name},请在 corpus/ 下恢复它。") from None
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return Places({name: row[0] for row in rows for name in row})
