"""What a person enters for a document: the fields of its form, read and checked, each fault one sentence."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.conditions.entry import Entry
from assistant.drafting.kinds import FIELD_TYPES, DocumentKind, FormField
from assistant.reports.words import printable
from assistant.validity import chinese
from ingest.errors import UsageError
from ingest.schema import Policy

NAME_LENGTH, LINES_LENGTH, ROWS = 100, 3000, 500
COMMON = (
    FormField("发文机关", hint="单位全称或规范化简称", required=True),
    FormField("发文字号", hint="如 青发改〔2022〕1号"),
    FormField("主送机关", hint="默认按文种填写"),
    FormField("签发人", hint="上行文的签发人姓名"),
    FormField("成文日期", "date", hint="负责人签发的日期"),
    FormField("抄送", hint="单位名称,用逗号分开"),
    FormField("印发机关", hint="一般为办公室"),
    FormField("联系人", hint="写入附注"),
    FormField("联系电话", hint="写入附注"),
    FormField("附件", "lines", hint="每行一个附件名称"),
)
"""Of every document (GB/T 9704-2012, 7.2 to 7.4)."""
_DATE = re.compile(r"((?:19|20)\d\d)(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Form:
    """What was entered, checked: dates as 2022-03-20. Fields left open are not there."""

    values: Mapping[str, str]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]

    def day(self, field: str) -> date | None:
        return date.fromisoformat(self.values[field]) if field in self.values else None


def form_field(entry: Entry) -> FormField:
    """A field as a template describes it. Raises PolicyError."""
    name = entry.text("name")
    entry = entry.called(f"表单字段“{name}”")
    entry.only("name", "type", "hint", "required", "judgement", "any_day", "default", "options", "columns")
    given = entry.text("type", "text")
    kind = next((each for each in FIELD_TYPES if each == given), None)
    if kind is None:
        raise entry.wrong("type", f"没有“{given}”,可用的有 {'、'.join(FIELD_TYPES)}")
    if re.search(r"[{}=\s]", name):
        raise entry.wrong("name", "名称里不能有空格、等号和花括号")
    columns = tuple(form_field(each) for each in entry.entries("columns")) if kind == "rows" else ()
    entry.unique("columns", [column.name for column in columns])
    return FormField(
        name,
        kind,
        entry.text("hint", ""),
        required="required" in entry.table and entry.flag("required"),
        judgement="judgement" in entry.table and entry.flag("judgement"),
        any_day="any_day" in entry.table and entry.flag("any_day"),
        default=entry.text("default", ""),
        options=entry.texts("options") if kind == "choice" else (),
        columns=columns,
    )


def read_form(given: Mapping[str, Any], kind: DocumentKind, policy: Policy) -> Form:
    """The fields that were filled in; an empty one was not. Raises UsageError for unknown, missing and wrong ones."""
    values: dict[str, str] = {}
    rows: dict[str, tuple[Mapping[str, str], ...]] = {}
    for name, value in given.items():
        field = kind.field(str(name))
        if field is None:
            known = "、".join(each.name for each in kind.form)
            raise UsageError(f"“{kind.name}”的表单没有“{str(name)[:40]}”,可填的有:{known}。")
        if field.type == "rows":
            rows[field.name] = _rows(field, value, policy)
        elif text := _value(field, value, policy):
            values[field.name] = text
    for field in kind.form:
        if field.required and not field.default and not (values.get(field.name) or rows.get(field.name)):
            raise UsageError(
                f"缺少“{field.name}”,没有起草“{kind.name}”;请在表单中填写,命令行可用 --set {field.name}=…。"
            )
    return Form(values, {name: listed for name, listed in rows.items() if listed})


def load_form(path: Path) -> Mapping[str, Any]:
    """The fields in a YAML or JSON file. Raises UsageError."""
    try:
        text = path.read_text("utf-8")
        # YAML reads 2022-03-20 as a date and 012 as a number; here every value stays as it was written.
        told = json.loads(text) if path.suffix.lower() == ".json" else yaml.load(text, yaml.BaseLoader)
    except OSError as error:
        raise UsageError(f"不能读取表单“{path}”:{error.strerror or error}。") from None
    except UnicodeDecodeError:
        raise UsageError(f"表单“{path}”不是 UTF-8 编码,请另存为 UTF-8。") from None
    except (yaml.YAMLError, json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"表单“{path}”的格式有误:{' '.join(str(error).split())[:200]}。") from None
    if not isinstance(told, dict):
        raise UsageError(f"表单“{path}”的格式有误:应写成“字段: 值”。")
    return told


def shown(field: FormField, value: str) -> str:
    """A value as the document writes it: 2022年3月20日."""
    return chinese(date.fromisoformat(value)) if field.type == "date" else value


def _rows(field: FormField, value: Any, policy: Policy) -> tuple[Mapping[str, str], ...]:
    listed = value or []
    if not isinstance(listed, Sequence) or not all(isinstance(row, Mapping) for row in listed):
        raise UsageError(f"“{field.name}”应逐行填写,每行写明 {'、'.join(each.name for each in field.columns)}。")
    if len(listed) > ROWS:
        raise UsageError(f"“{field.name}”有 {len(listed)} 行,最多 {ROWS} 行。")
    found = []
    for number, row in enumerate(listed, 1):
        read: dict[str, str] = {}
        for name, cell in row.items():
            column = next((each for each in field.columns if each.name == name), None)
            if column is None:
                known = "、".join(each.name for each in field.columns)
                raise UsageError(f"“{field.name}”第 {number} 行没有“{str(name)[:40]}”这一列,可填的有:{known}。")
            if text := _value(column, cell, policy, f"“{field.name}”第 {number} 行的"):
                read[column.name] = text
        if read and (lacking := [each.name for each in field.columns if each.required and each.name not in read]):
            raise UsageError(f"“{field.name}”第 {number} 行缺少“{lacking[0]}”。")
        if read:
            found.append(read)
    return tuple(found)


def _value(field: FormField, value: Any, policy: Policy, where: str = "") -> str:
    name = f"{where}“{field.name}”"
    if field.type == "lines" and isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n".join(value)
    if value is None or isinstance(value, bool | list | dict):
        if value in (None, []):
            return ""
        raise UsageError(f"{name}应填写文字。")
    text = str(value).strip()
    if printable(text) != text:
        raise UsageError(f"{name}里有 Word 不能保存的字符,请删去后再起草。")
    text = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    text = text if field.type == "lines" else text.replace("\n", " ")
    limit = LINES_LENGTH if field.type == "lines" else NAME_LENGTH
    if len(text) > limit:
        raise UsageError(f"{name}有 {len(text)} 个字,最多 {limit} 个字,请核对。")
    if not text:
        return ""
    match field.type:
        case "date":
            return _day(name, text, field, policy)
        case "number" if not re.fullmatch(r"\d{1,9}", text):
            raise UsageError(f"{name}应为整数,填的是“{text[:20]}”。")
        case "choice" if text not in field.options:
            raise UsageError(f"{name}没有“{text[:20]}”这个选项,可选:{'、'.join(field.options)}。")
    return text


def _day(name: str, text: str, field: FormField, policy: Policy) -> str:
    found = _DATE.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(f"{name}不是日期:“{text[:20]}”,请写成 2022-03-20 这样的格式。")
    if not field.any_day and policy.effective and day < policy.effective:
        raise UsageError(f"{name}({chinese(day)})早于《{policy.title}》施行之日({chinese(policy.effective)}),请核对。")
    return day.isoformat()
