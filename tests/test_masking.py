"""Personal data stays on the machine: masked before it is sent, put back in the reply, and no word of it recorded."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from assistant.llm.masking import Masked, Masks, people
from assistant.llm.personal import names_in, personal
from assistant.llm.personal_numbers import is_identity
from assistant.llm.schema import Filled, Prompt, Shape, Where
from assistant.llm.sent import Sent, SentRecord
from assistant.llm.surnames import SINGLE
from ingest.errors import StorageError
from tests.check_fakes import application, material

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

IDENTITY = "110101190001010007"
"""The shape of a card, of nobody: born in 1900, in a district that gives out no such number."""
PRIVATE = {
    "身份证": (
        IDENTITY,
        "11010119000101000X",
        "110101900101007",
        "110101 19000101 0007",
        "1 1 0 1 0 1 1 9 0 0 0 1 0 1 0 0 0 7",
    ),
    "手机": (
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "+86 13800001234",
        "8613800001234",
        "１３８００００１２３４",
    ),
    "电话": ("0532-88880000", "(0532)88880000", "010 8888 0000", "400-800-1234", "053288880000"),
    "邮箱": ("a.b_c@example.com", "someone@mail.example.com.cn", "ab＠example．com"),
    "账号": ("6222000011112222", "6222 0000 1111 2222 333", "6222000011112222333"),
}
ALL = [(kind, words) for kind, each in PRIVATE.items() for words in each]
surnames = st.sampled_from(SINGLE)
han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
noise = st.text(
    st.one_of(han, st.sampled_from("0123456789 \t\n-:,。;〔〕()年月日万元%姓名手机电话账号Xx@.\u200b")), max_size=40
)
numbers = st.sampled_from([words for _, words in ALL])


@given(
    st.lists(st.one_of(noise, numbers, surnames), max_size=12),
    st.lists(st.text(han, min_size=2, max_size=4), max_size=3),
)
def test_what_is_masked_comes_back_and_nothing_personal_is_left(parts: list[str], names: list[str]) -> None:
    masks = Masks(names)
    text = "".join(parts)
    masked = masks.mask(text)
    assert masks.restore(masked) == text
    assert masks.mask(text) == masked
    assert not personal(masked, names), masked


@given(noise, numbers, noise)
def test_a_number_never_leaves(before: str, number: str, after: str) -> None:
    # Beside other digits it is another number; of two letters in a row an address may swallow the words before it.
    masked = Masks().mask(f"{before},{number},{after}")
    assert number not in masked


@pytest.mark.parametrize(("kind", "words"), ALL)
def test_every_way_of_writing_is_seen(kind: str, words: str) -> None:
    masked, counts = Masks().told(f"联系:{words}。")
    assert words not in masked
    assert list(counts) == [kind]
    assert Masks().told(f"备注\t{words}\t18人")[1] == counts


def test_characters_that_nobody_sees_hide_no_number() -> None:
    assert "1234" not in Masks().mask("138\u200b0000\u200b1234")


@pytest.mark.parametrize(
    "words",
    [
        "2021年度专项研究与开发经费支出合计512.60万元",
        "统一社会信用代码91370212MAFAKE211W",
        "2019 2020 2021 2022",
        "100\t2000\t30000\t400000\t5000000",
        "2021-03-15至2022-03-14",
        "登记号2019SRFAKE0101,建筑面积1260平方米,机柜40个",
        "为智库机构、高等院校、科研院所、行业协会提供服务",
        "数据治理、边缘计算、机理模型",
        "第七条第(二)项",
        "法定代表人(签字):",
        "联系人:见附件",
        "编制:高新区",
        "服务安全、方便、高效,成本低",
        "负责人 高级工程师",
        "会计:应用部",
    ],
)
def test_ordinary_words_stay(words: str) -> None:
    assert Masks().mask(words) == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("姓名:张示例", "张示例"),
        ("法定代表人(签字):王示例", "王示例"),
        ("法定代表人\t王 示例\t电话\t88886666", "王 示例"),
        ("联系人 李示 0532-88880000", "李示"),
        ("项目经理由赵示例担任", "赵示例"),
        ("欧阳示例先生", "欧阳示例"),
        ("参会人员:孙示例、周示例", "周示例"),
        ("孙示例、周示例、吴示例等", "吴示例"),
        ("负责人:阿示例·买示例。", "阿示例·买示例"),
        ("我叫陈示例,请问怎么申报", "陈示例"),
    ],
)
def test_names_of_people_are_seen(text: str, name: str) -> None:
    masks = Masks()
    masked = masks.mask(text)
    assert name not in masked
    assert masks.restore(masked) == text
    assert masks.mask(f"{name}同志").startswith("〔姓名")


def test_names_in_lists_are_known_everywhere() -> None:
    rows = [("序号", "姓名", "岗位"), ("1", "张示例", "顾问"), ("2", "诸 葛示", "工程师"), ("合计", "2人", "")]
    assert names_in(rows) == {"张示例", "诸 葛示"}
    listed = material("名单.xlsx", "\n".join("\t".join(row) for row in rows))
    form = material("申报书.pdf", "法定代表人\t王示例\n联系人:李示例,电话0532-88880000")
    names = people(application(listed, form))
    assert {"张示例", "诸 葛示", "王示例", "李示例"} <= names
    masked = Masks(names).mask("本项目由张示例和诸葛示完成,王示例审定。\n2\t诸 葛示\t工程师")
    assert not any(name in masked for name in ("张示例", "诸葛示", "诸 葛示", "王示例"))


def test_placeholders_are_stable_and_those_of_others_are_left() -> None:
    masks = Masks(["张示例"])
    assert masks.mask("张示例") == masks.mask("张示例") == "〔姓名1〕"
    assert masks.mask("李示例先生") == "〔姓名2〕先生"
    assert masks.restore("〔姓名1〕和〔姓名9〕") == "张示例和〔姓名9〕"
    literal = "〔姓名1〕"
    assert masks.restore(masks.mask(literal)) == literal


@pytest.mark.parametrize(
    ("number", "right"), [(IDENTITY, True), ("110101900101007", True), ("913702120000000000", False), ("1234", False)]
)
def test_cards_are_known_by_checksum_or_shape(number: str, right: bool) -> None:
    assert is_identity(number) is right


class Said(BaseModel):
    quote: str
    parts: list[str]


class Echo:
    """Answers with what it was told."""

    def __init__(self, where: Where = "remote") -> None:
        self.where: Where = where
        self.name = "echo"
        self.context = 4096
        self.told: list[Prompt] = []

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        self.told.append(prompt)
        return Filled(shape.model_validate({"quote": prompt.user, "parts": [prompt.user]}), 7, 8, 0.5)

    def chat(self, *, seconds: float, tokens: int = 800) -> "BaseChatModel":
        raise NotImplementedError


def test_a_masked_model_is_told_nothing_personal_and_replies_in_full(tmp_path: Path) -> None:
    text = f"张示例,身份证{IDENTITY},电话13800001234"
    echo = Echo()
    model = Masked(echo, Masks(["张示例"]), SentRecord(tmp_path / "own" / "sent.jsonl"))
    filled = model.fill(Prompt("check", "只读不判。", text), Said, seconds=1)
    assert filled == Filled(Said(quote=text, parts=[text]), 7, 8, 0.5)
    assert echo.told[0].user == "〔姓名1〕,身份证〔身份证1〕,电话〔手机1〕"
    written = (tmp_path / "own" / "sent.jsonl").read_text("utf-8")
    line = json.loads(written)
    assert line["masked"] == {"姓名": 1, "身份证": 1, "手机": 1}
    assert (line["model"], line["where"], line["prompt"]) == ("echo", "remote", echo.told[0].version)
    assert line["characters"] == len(echo.told[0].user) + len("只读不判。")
    assert line["time"].endswith("+00:00")
    assert not any(words in written for words in ("张示例", IDENTITY, "13800001234", "电话", "只读"))


def test_what_cannot_be_recorded_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    echo = Echo()
    with pytest.raises(StorageError):
        Masked(echo, Masks(), SentRecord(tmp_path / "file" / "sent.jsonl")).fill(Prompt("a", "", ""), Said, seconds=1)
    assert not echo.told


def test_the_record_grows_no_further_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.llm.sent._LARGEST", 300)
    record = SentRecord(tmp_path / "sent.jsonl")
    for _ in range(10):
        record(Sent("m", "remote", "check@1", 10, {}))
    assert {path.name for path in tmp_path.iterdir()} == {"sent.jsonl", "sent.1.jsonl"}
    assert (tmp_path / "sent.jsonl").stat().st_size < 600
