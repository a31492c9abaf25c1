"""One mapping of a conditions file, whose faults are told with the place they stand at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from ingest.errors import PolicyError
from ingest.normalize import find_quote
from ingest.schema import Clause


@dataclass(frozen=True, slots=True)
class Entry:
    """`file` and `where` name the place: 条件文件 x.yaml, 条件 7.2的“环境”. All methods raise PolicyError."""

    file: str
    where: str
    table: Mapping[str, Any]

    def wrong(self, field: str, what: str) -> PolicyError:
        """The error for a field: one sentence."""
        place = f"{self.where}的 {field}" if self.where else f" {field}"
        return PolicyError(f"{self.file} 中{place} 有误:{what}。")

    def called(self, where: str) -> Self:
        """The same entry under another name."""
        return replace(self, where=where)

    def only(self, *fields: str) -> None:
        """No other fields than these."""
        for field in self.table:
            if field not in fields:
                raise self.wrong(str(field), f"没有这个字段,可用的有 {'、'.join(fields)}")

    def text(self, field: str, default: str | None = None) -> str:
        """A text or a number; a text that must be there unless there is a default."""
        value = self.table.get(field, default)
        if isinstance(value, float):
            raise self.wrong(field, f"{value} 要加引号,否则 7.10 会读成 7.1")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(field, "应写一段文字")
        return " ".join(value.split())

    def texts(self, field: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, not empty unless there is a default."""
        value = self.table.get(field, default)
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) and each.strip() for each in value):
            raise self.wrong(field, "应写成由文字组成的列表")
        if default is None and not value:
            raise self.wrong(field, "列表不能为空")
        return tuple(value)

    def lists(self, field: str) -> dict[str, tuple[str, ...]]:
        """A mapping from names to lists of texts; one that is not there is empty."""
        value = self.table.get(field) or {}
        if not isinstance(value, dict):
            raise self.wrong(field, "应写成“名称: [文字]”")
        inner = replace(self, where=f"{self.where} {field} ", table={str(name): each for name, each in value.items()})
        return {name: inner.texts(name) for name in inner.table}

    def flag(self, field: str) -> bool:
        """true or false."""
        value = self.table.get(field)
        if not isinstance(value, bool):
            raise self.wrong(field, "应写 true 或 false")
        return value

    def entries(self, field: str) -> list["Entry"]:
        """The mappings of a list, named by their number."""
        value = self.table.get(field)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(field, "应写成以 - 开头的条目")
        where = self.where or f" {field} "
        return [replace(self, where=f"{where}第 {number} 项", table=each) for number, each in enumerate(value, 1)]

    def unique(self, field: str, names: Sequence[str]) -> None:
        """No name twice."""
        for name in names:
            if names.count(name) > 1:
                raise self.wrong(field, f"“{name}”重复")

    def quote(self, field: str, clause: Clause) -> str:
        """The words of the clause that the field quotes, as the clause writes them."""
        given = self.text(field)
        found = find_quote(given, clause.text)
        if found is None:
            raise self.wrong(field, f"{clause.label}中没有“{given[:40]}”")
        return clause.text[slice(*found)]
