"""The glossary and the known ways of asking: what they add, and broken files named."""

from pathlib import Path

import pytest

from ingest.errors import PolicyError
from ingest.glossary import load_glossary
from ingest.phrasings import load_phrasings
from tests.fakes import CORPUS


def glossary(folder: Path, text: str) -> Path:
    path = folder / "glossary.yaml"
    path.write_text(text, "utf-8")
    return path


def test_what_people_say_gives_the_terms_of_art(tmp_path: Path) -> None:
    path = glossary(
        tmp_path, "- {term: 更名, said: [改名, 换 名]}\n- {term: 备案, said: [改名, 报备]}\n- {term: 公示}\n"
    )
    known = load_glossary(path)
    assert known.terms("公司改名了要报备吗") == ("更名", "备案")
    assert known.terms("更名就是改名") == ("备案",)  # what is said already is not added
    assert known.terms("什么是公示") == ()
    assert known.terms("") == ()
    assert set(known.words) == {"更名", "改名", "备案", "报备", "公示"}


def test_width_and_case_make_no_difference(tmp_path: Path) -> None:
    known = load_glossary(glossary(tmp_path, "- {term: 人工智能, said: [AI]}\n"))
    assert known.terms("ＡＩ怎么申报") == ("人工智能",)


def test_the_shipped_glossary_is_read() -> None:
    assert load_glossary(CORPUS / "glossary.yaml").terms("公司改名怎么办") != ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {said: [改名]}", "每一条都应有 term 字段"),
        ("- 更名", "每一条都应有 term 字段"),
        ("- {term: 3}", "每一条都应有 term 字段"),
        ("- {term: 更名, said: 改名}", "“更名”的 said 应是方括号中的列表"),
        ("term: 更名", "应是以 - 开头的条目"),
        ("3", "应是以 - 开头的条目"),
        ("- {term: 更名\n- x", "格式有误"),
    ],
)
def test_a_broken_glossary_is_named_in_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message) as caught:
        load_glossary(glossary(tmp_path, text))
    assert "术语表 glossary.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_or_unreadable_glossary_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"找不到术语表 glossary\.yaml"):
        load_glossary(tmp_path / "glossary.yaml")
    (tmp_path / "glossary.yaml").write_bytes("- {term: 更名}".encode("gb18030"))
    with pytest.raises(PolicyError, match=r"术语表 glossary\.yaml 格式有误"):
        load_glossary(tmp_path / "glossary.yaml")
    assert load_glossary(glossary(tmp_path, "")).words == ()


WAYS = """
clauses:
  "2": [船几点收工, 几点靠岸]
silent:
  - topic: 票价
    says: 没有规定票价
    near: ["1"]
    questions: [船票多少钱]
outside:
  - topic: 天气
    questions: [明天下雨吗]
"""


def test_ways_of_asking_name_a_clause_or_a_silence(tmp_path: Path) -> None:
    (tmp_path / "boats-2020.yaml").write_text(WAYS, "utf-8")
    known = load_phrasings(tmp_path, "boats-2020")
    assert [(p.text, p.clause, p.topic and p.topic.name) for p in known] == [
        ("船几点收工", "2", None),
        ("几点靠岸", "2", None),
        ("船票多少钱", None, "票价"),
        ("明天下雨吗", None, "天气"),
    ]
    silent = known[2].topic
    assert silent
    assert (silent.kind, silent.says, silent.near) == ("silent", "没有规定票价", ("1",))
    assert load_phrasings(tmp_path, "farms-2022") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "- x",
        "clauses: [x]",
        'clauses: {"2": 船几点收工}',  # would be read letter by letter
        "silent: [{topic: 票价}]",
        "silent: [{questions: [x]}]",
        "silent: [{topic: 票价, questions: x}]",
        "clauses: {\n- x",
    ],
)
def test_broken_ways_of_asking_are_named_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "boats-2020.yaml").write_text(text, "utf-8")
    with pytest.raises(PolicyError, match=r"问法文件 boats-2020\.yaml 格式有误:") as caught:
        load_phrasings(tmp_path, "boats-2020")
    assert "\n" not in str(caught.value)


def test_ways_of_asking_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    (tmp_path / "boats-2020.yaml").write_bytes("clauses: {}  # 船".encode("gb18030"))
    with pytest.raises(PolicyError, match=r"boats-2020\.yaml"):
        load_phrasings(tmp_path, "boats-2020")
