"""What a model may look up: each tool is a method that returns text for the model, and hands out every clause it shows.

A fault in what the model asked for is told to the model in one sentence; nothing here raises for it.
"""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.agent.schema import Handed
from assistant.answering.compose import listed
from assistant.answering.retrieve import retrieve
from assistant.calendar import deadline
from assistant.validity import Moment, notices, state
from ingest.chunking import SEARCHED, sentence_spans
from ingest.errors import UsageError
from ingest.library import Library
from ingest.normalize import tidy
from ingest.numerals import to_int
from ingest.references import references, resolve
from ingest.schema import Clause
from ingest.shelf import Shelf

_FOUND = 5  # clauses that one search shows
_QUESTION = 200  # characters of a search
_REPEATED = re.compile(
    r"连续(?P<count>\d+|[两二三四五])(?:次|年|个年度)[^,。;]{0,12}?(?P<grade>不(?:合格|达标|称职|及格|通过))"
)
_GROUNDS = re.compile(r"直接[^,。;]{0,6}(?:撤销|取消|收回)")
_LEAD = re.compile(r"条件.{0,6}[::]\s*$")
_MATERIAL = re.compile(
    r"申请书|申报[书表]|申[请报]材料|证明材料|承诺|附件[::]|(?:提交|报送|提供)[^,。;]{0,20}(?:材料|报告)"
)


@dataclass
class Toolbox:
    """The tools for one question about one policy, and what they gave: clauses under keys, and other texts (`told`);
    `counted` when a last day was worked out.

    Tools may be called from several threads.
    """

    library: Library
    shelf: Shelf
    policy: str
    as_of: date
    handed: list[Handed] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    counted: bool = False
    _mutex: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def hand(self, clauses: Sequence[Clause]) -> tuple[Handed, ...]:
        """These clauses under their keys; one that was handed out before keeps its own."""
        given: list[Handed] = []
        with self._mutex:
            for clause in clauses:
                known = next((h for h in self.handed if h.clause == clause), None)
                if known is None:
                    known = Handed(f"C{len(self.handed) + 1}", self.shelf.policies[clause.policy], clause)
                    self.handed.append(known)
                given.append(known)
        return tuple(given)

    def show(self, clauses: Sequence[Clause]) -> str:
        """These clauses as a model reads them, a line each: [C3] 第十三条:……"""
        return "\n".join(f"[{h.key}] {h.clause.label}:{' '.join(h.clause.text.split())}" for h in self.hand(clauses))

    def search_policy(self, query: str) -> str:
        """按意思查找条款,返回最相近的几条原文。query 是要查的内容,一句话。"""
        got = retrieve(query[:_QUESTION], self.library, shelf=self.shelf, policy=self.policy, as_of=self.as_of)
        found = [*self._leaves(got.referred), *(e.clause for e in got.found.evidence)][:_FOUND]
        return self.show(list(dict.fromkeys(found))) or "没有找到相近的条款。"

    def read_clause(self, label: str) -> str:
        """读一条的全文。label 是条款号,如 第十三条、第七条第(三)项。"""
        named = references(label)
        found = [c for r in named if (c := resolve(r, self._own)) is not None]
        if found:
            return self.show(self._leaves(found))
        count = sum(c.kind == "article" and c.suffix is None for c in self._own)
        return f"没有{named[0].label if named else '这样的条款'};这份文件共{count}条。"

    def policy_validity(self, day: str = "") -> str:
        """这份文件在某一天是否有效。day 如 2022-05-01,不写就是提问所依据的日期。"""
        when = self.as_of
        if day:
            try:
                when = date.fromisoformat(day)
            except ValueError:
                return "day 应写成 2022-05-01 这样的日期。"
        policy = self.shelf.policies[self.policy]
        return self._tell("".join([state(policy, Moment(when, when, "")), *(n.text for n in notices(policy, when))]))

    def working_day_deadline(self, start: str, workdays: int) -> str:
        """从 start 的次日起数 workdays 个工作日,到哪一天届满。start 如 2022-01-10。"""
        try:
            made = deadline(date.fromisoformat(start), workdays)
        except ValueError:
            return "start 应写成 2022-01-10 这样的日期。"
        except UsageError as error:
            return str(error)
        self.counted, due = True, made.due
        return self._tell(f"从{start}的次日起{workdays}个工作日,到{due.year}年{due.month}月{due.day}日届满。")

    def evaluation_outcome(self, grades: list[str], circumstances: str = "") -> str:
        """按条款看评价结果的后果。grades 是历次评价结果,由远到近,如 ["合格", "不合格"];
        circumstances 是其他情形,如 提供虚假材料。"""
        lines: list[str] = []
        for clause in self._searched:
            for start, end in sentence_spans(clause):
                sentence = clause.text[start - clause.start : end - clause.start]
                rule = _REPEATED.search(tidy(sentence))
                if rule:
                    needed, last = to_int(rule["count"].replace("两", "二")), rule["grade"]
                    run = next((n for n, grade in enumerate(reversed(grades)) if grade.strip() != last), len(grades))
                    reached = "达到" if run >= needed else "没有达到"
                    lines.append(self._tell(f"最近连续{run}次{last},{reached}“{rule[0]}”的情形。"))
                if rule or _GROUNDS.search(tidy(sentence)):
                    lines.append(self.show([clause]))
                if circumstances and _GROUNDS.search(tidy(sentence)):
                    lines.append(f"“{circumstances[:60]}”是否属于直接撤销的情形,以这一句为准:{sentence}")
        return "\n".join(dict.fromkeys(lines)) or "这份文件没有规定评价结果的后果。"

    def list_conditions(self) -> str:
        """列出这份文件的全部申报条件。"""
        leads = [c for c in self._searched if c.kind == "paragraph" and _LEAD.search(tidy(c.text))]
        return self.show([c for lead in leads for c in (lead, *listed(lead, self.shelf))]) or "没有列出条件的条款。"

    def required_materials(self) -> str:
        """找出提到申报要交什么材料的条款。"""
        return self.show([c for c in self._searched if _MATERIAL.search(c.text)]) or "没有提到材料的条款。"

    @property
    def _own(self) -> Sequence[Clause]:
        return self.shelf.clauses[self.policy]

    @property
    def _searched(self) -> list[Clause]:
        return [c for c in self._own if c.leaf and c.kind in SEARCHED and c.kind != "notice"]

    def _leaves(self, clauses: Sequence[Clause]) -> list[Clause]:
        inside = [c for c in self._searched if any(w.start <= c.start and c.end <= w.end for w in clauses)]
        return inside or list(clauses)

    def _tell(self, text: str) -> str:
        with self._mutex:
            self.told.append(text)
        return text
