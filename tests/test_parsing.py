"""What holds for every text, and the proof over real laws and regulations."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.parsing import parsing
from ingest.clauses import parse
from ingest.numerals import to_chinese
from ingest.schema import Clause

REGULATIONS = Path(__file__).parents[2] / "shared" / "data" / "regulations"


def check(source: str, clauses: Sequence[Clause]) -> None:
    """The invariants of every tree."""
    known: dict[str, Clause] = {}
    covered = bytearray(len(source))
    for clause in clauses:
        assert clause.text == source[clause.start : clause.end]
        assert clause.text == clause.text.strip()
        assert clause.start < clause.end or not clause.leaf
        assert clause.id not in known
        if clause.parent is not None:
            above = known[clause.parent]
            assert not above.leaf
            assert above.start <= clause.start
            assert clause.end <= above.end
        known[clause.id] = clause
        if clause.leaf:
            assert not any(covered[clause.start : clause.end])
            covered[clause.start : clause.end] = b"\1" * (clause.end - clause.start)
    assert all(seen or char.isspace() for seen, char in zip(covered, source, strict=True))
    leaves = [clause for clause in clauses if clause.leaf]
    assert leaves == sorted(leaves, key=lambda clause: clause.start)
    assert {clause.parent for clause in clauses} - {None} == {clause.id for clause in clauses if not clause.leaf}


@pytest.mark.parametrize(
    "source", ["", " \n\t", "\u200b", "\ufeff", "第", "第一条", "(一)", "附件", "目录", "#", "\r\n", "一、"]
)
def test_scraps(source: str) -> None:
    check(source, parse(source, "p"))


_FRAGMENTS = st.sampled_from(
    """第一编 总则/第一章 总 则/## 第二章 管理/第一节 甲/附 则/第一条 甲/第二条/第三条规定的乙。/第三条 丙：
    /第十条之一 丁/**第四条** 戊/（一）己；/(二)庚/（三）项所列/1.辛/2、壬/①癸/（1）子/a)丑/一、寅/二、卯/附件1
    /附件：申请表/附录/目 录/第一章 总则……1/某市发展和改革委员会/2021年1月1日/甲管理办法/# 乙条例/### 丙/各区：
    /“第五条 辰/巳”/<!-- x -->/来源：某网/如有侵权,联系删除/\u200b/   /。/，/平常的话。/如下：(一)午；(二)未。
    /第六条申/\t第 七 条　酉。 第八条 戌。""".replace("\n    /", "/").split("/")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(_FRAGMENTS, st.sampled_from(["\n", "\n\n", "\r\n", " ", "", "。", "\xa0"])), max_size=40))
def test_nothing_is_lost_in_any_mix(fragments: list[tuple[str, str]]) -> None:
    source = "".join(text + end for text, end in fragments)
    check(source, parse(source, "p"))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="第一二三条章节编之款项（）()、。：；“”附件目录 \n\r\t12.①#*\u200b\u3000甲", max_size=200))
def test_any_text_parses(source: str) -> None:
    check(source, parse(source, "p"))


@given(st.lists(st.integers(1, 4), min_size=1, max_size=60), st.sampled_from([" ", "　", "\xa0\xa0", "", "："]))
def test_every_article_is_found(paragraph_counts: list[int], gap: str) -> None:
    lines: list[str] = []
    for number, count in enumerate(paragraph_counts, 1):
        lines.append(f"第{to_chinese(number)}条{gap}单位依照第{to_chinese(number + 1)}条规定办理。")
        lines += ["第一条规定的单位除外。"] * (count - 1)
    found = [clause for clause in parse("\n\n".join(lines), "p") if clause.kind == "article"]
    assert [clause.article for clause in found] == list(range(1, len(paragraph_counts) + 1))
    assert sum(clause.leaf for clause in found) == paragraph_counts.count(1)


@pytest.mark.parametrize(
    "unit", ["第一条", "。第一条 ", ":(一)", "第", "“第一条", "(", "。     ", "#", "<!--", "目录 第一章 甲"]
)
def test_one_line_of_half_a_million_characters(unit: str) -> None:
    """Anything quadratic here runs into the time limit of the suite."""
    source = unit * (500_000 // len(unit))
    check(source, parse(source, "p"))


def test_laws_and_regulations(tmp_path: Path) -> None:
    files = sorted(REGULATIONS.glob("*.md"))[::7]
    if not files:
        pytest.skip(f"{REGULATIONS} is not there")
    for file in files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    result = parsing(tmp_path)
    assert (result.lost, result.doubled, result.wrong_offsets, result.repeated_ids) == (0, 0, 0, 0)
    assert [departure for departure in result.departures if not departure.reason] == []
    assert result.articles > 2000
