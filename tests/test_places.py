"""Questions about another place's rules, told from those about somebody who comes from there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import PolicyError
from ingest.places import Places, load_places
from tests.fakes import CORPUS

HOME = ["青岛市重点产业数字化转型赋能中心管理办法(试行)青岛市发展和改革委员会"]
SHIPPED = load_places(CORPUS / "places.txt")


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("济南的办法是怎么规定的", "济南"),
        ("济南市有没有类似政策", "济南"),
        ("北京怎么申请赋能中心", "北京"),
        ("上海那边的政策呢", "上海"),
        ("深圳呢", "深圳"),
        ("烟台市的赋能中心认定办法", "烟台"),
        ("青岛的办法是怎么规定的", None),
        ("山东省的企业能申报吗", None),  # 青岛 lies in 山东
        ("我们公司注册在济南,可以申报吗", None),
        ("济南的公司可以申报吗", None),
        ("总部在北京的企业怎么报", None),
        ("从上海来的团队能参加吗", None),
        ("北京大学可以申报吗", None),
        ("赋能中心的条件", None),
        ("", None),
    ],
)
def test_whether_another_place_is_asked_about(question: str, place: str | None) -> None:
    assert SHIPPED.elsewhere(question, HOME) == place


def test_a_place_is_home_for_one_policy_and_elsewhere_for_another() -> None:
    assert SHIPPED.elsewhere("青岛的办法怎么规定", ["济南市某办法济南市政府"]) == "青岛"
    assert SHIPPED.elsewhere("青岛的办法怎么规定", ["济南市某办法", *HOME]) is None
    assert SHIPPED.elsewhere("青岛的办法怎么规定", []) == "青岛"


@given(st.text(st.sampled_from("济南北京的办法怎么市省注册在公司(?*.") | st.characters(), max_size=40))
def test_any_question_can_be_asked(question: str) -> None:
    found = SHIPPED.elsewhere(question, HOME)
    assert found is None or found in SHIPPED.province


def test_lines_are_a_province_and_its_cities(tmp_path: Path) -> None:
    path = tmp_path / "places.txt"
    path.write_text("# 说明\n\n云帆省 云帆 海角\n独市\n", "utf-8")
    assert load_places(path) == Places({"云帆省": "云帆省", "云帆": "云帆省", "海角": "云帆省", "独市": "独市"})
    with pytest.raises(PolicyError, match=r"找不到地名表 none\.txt"):
        load_places(tmp_path / "none.txt")
