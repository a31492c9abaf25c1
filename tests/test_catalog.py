"""`corpus/policies.toml`: what it gives, and every way it can be wrong named in one sentence."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from ingest.catalog import check_id, shipped
from ingest.errors import PolicyError
from ingest.schema import Successor
from tests.fakes import CORPUS
from tests.library_fakes import FARMS

ENTRY = """[[policy]]
id = "farms-2022"
title = "云帆市智慧农场示范点管理办法"
issuer = "云帆市农事局(虚构)"
path = "policies/farms.txt"
sha256 = "{digest}"
effective = 2022-03-01
"""


def corpus(folder: Path, toml: str = ENTRY) -> Path:
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "farms.txt").write_text(FARMS, "utf-8")
    (folder / "policies.toml").write_text(toml.replace("{digest}", digest()), "utf-8")
    return folder


def digest() -> str:
    return hashlib.sha256(FARMS.encode()).hexdigest()


def test_the_shipped_corpus_is_whole() -> None:
    found = {policy.id: (policy, source) for policy, source in shipped(CORPUS)}
    policy, source = found["qingdao-2021"]
    assert (policy.effective, policy.expires) == (date(2021, 11, 19), date(2023, 11, 18))
    assert isinstance(policy.successor, Successor)
    assert not policy.successor.verified
    assert "第二十条" in source
    assert [policy.in_force(date(2021, 11, day)) for day in (18, 19)] == [False, True]
    assert [policy.in_force(date(2023, 11, day)) for day in (18, 19)] == [True, False]


def test_a_policy_and_its_text(tmp_path: Path) -> None:
    ((policy, source),) = shipped(corpus(tmp_path))
    assert source == FARMS
    assert (policy.number, policy.expires, policy.successor) == (None, None, None)
    assert shipped(corpus(tmp_path, "")) == ()


@pytest.mark.parametrize("policy_id", ["qingdao-2021", "a1", "0" * 41])
def test_an_id_is_fit(policy_id: str) -> None:
    assert check_id(policy_id) == policy_id


@pytest.mark.parametrize(
    "policy_id", ["", "a", "A1", "青岛", "-a", "a_b", "a b", "a" * 42, "a@b", "a:b", "a/b", "../a", "a1\n"]
)
def test_an_id_is_not_fit(policy_id: str) -> None:
    with pytest.raises(PolicyError, match="不合要求:请用 2 至 41 个小写字母、数字或连字符"):
        check_id(policy_id)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"farms-2022"', '"Farms 2022"', "政策编号“Farms 2022”不合要求"),
        ('id = "farms-2022"\n', "", r"\(无编号\)”不合要求"),
        ('"farms-2022"', "2022", "2022 的 id 应写成带引号的文字"),
        ("{digest}", "0" * 64, "farms.txt 的内容与登记不符"),
        ('"{digest}"', "5", "farms-2022 的 sha256 应写成带引号的文字"),
        ('"policies/farms.txt"', '"policies/none.txt"', "找不到政策 farms-2022 的文件 policies/none.txt"),
        ('"policies/farms.txt"', '"../secret.txt"', "找不到政策 farms-2022 的文件"),
        ('"policies/farms.txt"', '"policies"', "找不到政策 farms-2022 的文件"),
        ("title =", "titel =", "farms-2022 的字段有误或缺失"),
        ('"云帆市智慧农场示范点管理办法"', "3", "farms-2022 的 title 应写成带引号的文字"),
        ("2022-03-01", '"2022-03-01"', "effective 应写成 2021-11-19 这样的日期"),
        ("2022-03-01", "2022-03-01T08:00:00", "effective 应写成 2021-11-19 这样的日期"),
        ("[[policy]]", "[policy]", r"每份政策应写成一段 \[\[policy\]\]"),
        ("[[policy]]", "[[policy]", r"policies\.toml 格式有误"),
        (ENTRY, "policy = 3", r"每份政策应写成一段 \[\[policy\]\]"),
        (ENTRY, 'policy = ["x"]', r"每份政策应写成一段 \[\[policy\]\]"),
        (ENTRY, ENTRY + 'successor = "x"', "farms-2022 的字段有误或缺失"),
        (ENTRY, ENTRY + ENTRY, "编号 farms-2022 重复"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message) as caught:
        shipped(corpus(tmp_path, ENTRY.replace(old, new)))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("。")


def test_a_missing_or_unreadable_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"找不到政策目录文件 policies\.toml"):
        shipped(tmp_path)
    (tmp_path / "policies.toml").write_bytes("# 政策".encode("gb18030"))
    with pytest.raises(PolicyError, match=r"policies\.toml 格式有误"):
        shipped(tmp_path)


def test_a_changed_text_is_not_taken_for_the_registered_one(tmp_path: Path) -> None:
    shutil.copytree(CORPUS / "policies", tmp_path / "policies")
    shutil.copy(CORPUS / "policies.toml", tmp_path)
    text = tmp_path / "policies" / "qingdao-2021.txt"
    text.write_text(text.read_text("utf-8").replace("第七条", "第八条"), "utf-8")
    with pytest.raises(PolicyError, match=r"qingdao-2021\.txt 的内容与登记不符.*请恢复原文"):
        shipped(tmp_path)
