"""`corpus/conditions/<policy>.yaml` → ConditionSet: reviewed text, checked against the clauses it quotes.

Every fault is one Chinese sentence that names the file, the condition and the field.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.conditions.entry import Entry
from assistant.conditions.schema import RULE_NAMES, Aspect, Condition, ConditionSet, ExpectedMaterial
from ingest.errors import PolicyError
from ingest.library import Library
from ingest.schema import Clause

REVIEWED = "已核对"
"""The `status` of a file that a person has compared with the measure"""
_ENTITY_TYPES = ("enterprise", "university", "institute", "association", "thinktank", "other")
_LENGTH = 200  # characters of a regular expression
_WAYS = 10_000  # in which its repeats may be tried at one place of a text
_REPEAT = re.compile(r"\{(\d*)(,?)(\d*)\}|(?<!\()\?")


def conditions_for(policy: str, corpus_dir: Path, library: Library) -> tuple[ConditionSet | None, str | None]:
    """The conditions of a policy, or None and the reason in one sentence. Raises PolicyError for an unknown id and for
    a file that is wrong."""
    clauses = library.clauses(policy)
    path = corpus_dir / "conditions" / f"{policy}.yaml"
    if not path.is_file():
        return None, (
            f"政策 {policy} 还没有申报条件文件 conditions/{policy}.yaml,不能预审;"
            f"可运行 python -m assistant conditions draft {policy} 起草,经人工核对后使用。"
        )
    return load_conditions(path, clauses), None


def load_conditions(path: Path, clauses: Sequence[Clause]) -> ConditionSet:
    """The conditions in `path`, for the policy whose clauses are given. Raises PolicyError."""
    try:
        content = path.read_bytes()
        table = yaml.safe_load(content.decode("utf-8"))
    except FileNotFoundError:
        raise PolicyError(f"找不到条件文件 {path.name}。") from None
    except UnicodeDecodeError:
        raise PolicyError(f"条件文件 {path.name} 不是 UTF-8 编码,请另存为 UTF-8。") from None
    except yaml.YAMLError as error:
        raise PolicyError(f"条件文件 {path.name} 的 YAML 格式有误:{' '.join(str(error).split())}。") from None
    if not isinstance(table, dict):
        raise PolicyError(f"条件文件 {path.name} 的 YAML 格式有误:最外层应是“字段: 值”。")
    return _Reader(Entry(f"条件文件 {path.name}", "", table), clauses).conditions(hashlib.sha256(content).hexdigest())


def units(clauses: Sequence[Clause], article: str) -> tuple[Clause, ...]:
    """What conditions are made of in an article: its items, where it has none its paragraphs, else the article itself.
    () when there is no such article."""
    own = next((c for c in clauses if c.id == article and c.kind == "article"), None)
    if own is None:
        return ()
    within = [c for c in clauses if c is not own and own.start <= c.start and c.end <= own.end]
    items = tuple(c for c in within if c.kind == "item")
    return items or tuple(c for c in within if c.kind == "paragraph" and c.leaf) or (own,)


class _Reader:
    """The file's entries as conditions and materials; `patterns` are the groups that entries may name."""

    def __init__(self, file: Entry, clauses: Sequence[Clause]) -> None:
        self._file = file
        self._clauses = {clause.id: clause for clause in clauses}
        self._order = list(self._clauses)
        self._groups: dict[str, tuple[str, ...]] = {}
        self._groups = {name: self._expressions(file, name, each) for name, each in file.lists("patterns").items()}
        self._names = [entry.text("name") for entry in file.entries("materials")]

    def conditions(self, sha256: str) -> ConditionSet:
        file = self._file
        file.only("policy", "article", "city", "status", "patterns", "conditions", "materials", "roles")
        policy = file.text("policy")
        if (known := next(iter(self._clauses.values())).policy if self._clauses else policy) != policy:
            raise file.wrong("policy", f"写的是 {policy},应为 {known}")
        found = [self._condition(entry) for entry in file.entries("conditions")]
        file.unique("conditions", [condition.id for condition in found])
        file.unique("materials", self._names)
        article = file.text("article")
        wanted = units(tuple(self._clauses.values()), article)
        if not wanted:
            raise file.wrong("article", f"没有编号为 {article} 的条")
        for clause in wanted:
            if not any(condition.id == clause.id for condition in found):
                raise file.wrong("conditions", f"缺少{clause.label}(编号 {clause.id})的条件")
        return ConditionSet(
            policy=policy,
            city=file.text("city", ""),
            conditions=tuple(sorted(found, key=lambda condition: self._order.index(condition.id))),
            materials=tuple(self._material(entry) for entry in file.entries("materials")),
            sha256=sha256,
            reviewed=file.text("status", "") == REVIEWED,
            roles={role: self._expressions(file, role, each) for role, each in file.lists("roles").items()},
        )

    def _condition(self, entry: Entry) -> Condition:
        clause = self._clause(entry, "id")
        entry = entry.called(f"条件 {clause.id}")
        entry.only("id", "title", "aspects", "rules", "human")
        named = entry.texts("rules", ())
        if unknown := [rule for rule in named if rule not in RULE_NAMES]:
            raise entry.wrong("rules", f"没有名为“{unknown[0]}”的规则,可用的有 {'、'.join(RULE_NAMES)}")
        rules = tuple(rule for name in named for rule in RULE_NAMES if rule == name)
        aspects = tuple(self._aspect(aspect, clause, entry) for aspect in entry.entries("aspects"))
        if not aspects:
            raise entry.wrong("aspects", "至少要有一个方面")
        entry.unique("aspects", [aspect.id for aspect in aspects])
        title, human = entry.text("title"), entry.text("human", "")
        return Condition(clause.id, clause.label, title, clause.text, aspects, rules, human)

    def _aspect(self, aspect: Entry, clause: Clause, condition: Entry) -> Aspect:
        name = aspect.called(condition.where).text("id")
        aspect = aspect.called(f"{condition.where}的“{name}”")
        aspect.only("id", "quote", "questions", "cues", "substance", "materials")
        materials = aspect.texts("materials", ())
        if unknown := [material for material in materials if material not in self._names]:
            raise aspect.wrong("materials", f"没有名为“{unknown[0]}”的材料")
        return Aspect(
            id=name,
            quote=aspect.quote("quote", clause),
            questions=aspect.texts("questions"),
            cues=self._expressions(aspect, "cues", aspect.texts("cues")),
            substance=self._expressions(aspect, "substance", aspect.texts("substance")),
            materials=materials,
        )

    def _material(self, entry: Entry) -> ExpectedMaterial:
        name = entry.text("name")
        entry = entry.called(f"材料“{name}”")
        entry.only("name", "clause", "quote", "named", "titles", "vague", "words", "proof", "of", "note")
        clause = self._clause(entry, "clause")
        of: list[Any] = list(entry.texts("of", ()))
        if unknown := [each for each in of if each not in _ENTITY_TYPES]:
            raise entry.wrong("of", f"没有“{unknown[0]}”这一类单位,可用的有 {'、'.join(_ENTITY_TYPES)}")
        return ExpectedMaterial(
            name=name,
            clause=clause.id,
            label=clause.label,
            quote=entry.quote("quote", clause),
            named=entry.flag("named"),
            titles=self._expressions(entry, "titles", entry.texts("titles")),
            words=entry.texts("words", ()),
            of=tuple(of),
            note=entry.text("note", ""),
            vague=self._expressions(entry, "vague", entry.texts("vague", ())),
            proof=self._expressions(entry, "proof", entry.texts("proof", ())),
        )

    def _clause(self, entry: Entry, field: str) -> Clause:
        key = entry.text(field)
        if key not in self._clauses:
            raise entry.wrong(field, f"政策中没有编号为 {key} 的条款")
        return self._clauses[key]

    def _expressions(self, entry: Entry, field: str, texts: Sequence[str]) -> tuple[str, ...]:
        """The regular expressions of a field, the groups it names spelt out."""
        found: list[str] = []
        for text in texts:
            if text in self._groups:
                found += self._groups[text]
            elif fault := fault_of(text):
                raise entry.wrong(field, f"正则表达式“{text[:60]}”{fault}")
            else:
                found.append(text)
        return tuple(found)


def fault_of(expression: str) -> str | None:
    """Why a regular expression is refused, None for a good one: too long, wrong, matching nothing at all, or with
    repeats that could take for ever on some text (no end, or together more than `_WAYS` ways)."""
    if len(expression) > _LENGTH:
        return f"超过 {_LENGTH} 个字符"
    try:
        if re.compile(expression).search(""):
            return "会与空白匹配"
    except re.error as error:
        return f"有误:{error}"
    bare = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "x", re.sub(r"\\[^\[\]]", "x", expression))
    if re.search(r"[*+]|\{\d*,\}", bare):
        return "有没有上限的重复,请把 * 和 + 写成 {0,20} 的形式"
    if re.search(r"\)\{", bare):
        return "重复了整个括号,请改写"
    # The alternatives at the top are tried one after the other.
    ways = sum(map(_ways, _alternatives(bare)))
    return "重复太多,请拆成几条" if ways > _WAYS else None


def _alternatives(bare: str) -> list[str]:
    found, depth = [""], 0
    for char in bare:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            found.append("")
        else:
            found[-1] += char
    return found


def _ways(bare: str) -> int:
    ways = 1
    for repeat in _REPEAT.finditer(bare):
        ways *= 2 if repeat[0] == "?" else int(repeat[3] or 0) - int(repeat[1] or 0) + 1 if repeat[2] else 1
    return ways
