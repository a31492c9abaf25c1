"""Words: tokens, BM25 and its saved form."""

import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SearchIndexError, StorageError
from ingest.lexical import LexicalIndex, Segmenter, place, question_parts

TEXTS = [
    "申报单位向主管部门提出申请并按要求提交申请书。",
    "专家委员会下设秘书处,专家委员会成员实行动态调整。",
    "具有实施产业数字化转型所需的专业基础、环境、技术、产品和专业的服务团队。",
    "本办法自2021年11月19日起施行,有效期2年。",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jieba")


@pytest.fixture(scope="module")
def index(cache: Path) -> LexicalIndex:
    return LexicalIndex.build(TEXTS, cache=cache)


@pytest.mark.parametrize(
    ("question", "best"),
    [("申请书交给谁", 0), ("专家委员会的秘书处", 1), ("数字化转型团队", 2), ("2021年几月施行", 3), ("秘书除", 1)],
)
def test_the_text_that_shares_words_comes_first(index: LexicalIndex, question: str, best: int) -> None:
    assert int(index.scores(question).argmax()) == best


def test_width_and_case_make_no_difference(cache: Path) -> None:
    segmenter = Segmenter(cache=cache)
    assert segmenter.tokens("ＡＩ平台(２０２１)") == segmenter.tokens("ai平台(2021)")


def test_own_words_stay_whole(cache: Path) -> None:
    assert "新旧动能办" not in Segmenter(cache=cache).tokens("市新旧动能办负责")
    assert "新旧动能办" in Segmenter(["新旧动能办"], cache=cache).tokens("市新旧动能办负责")


def test_ways_of_asking_do_not_count_but_can_be_searched_alone(cache: Path) -> None:
    index = LexicalIndex.build(["是否可以由主管部门决定", "申请书"], cache=cache)
    assert index.scores("可以申请吗")[0] == 0
    assert index.scores("可以吗")[0] > 0


@given(st.text(max_size=60))
def test_any_text_can_be_asked(index: LexicalIndex, question: str) -> None:
    scores = index.scores(question)
    assert scores.shape == (len(TEXTS),)
    assert (scores >= 0).all()


@pytest.mark.parametrize("texts", [[], [""], ["。,!"], TEXTS])
def test_a_saved_index_gives_the_same_scores(texts: list[str], cache: Path, tmp_path: Path) -> None:
    built = LexicalIndex.build(texts, words=["赋能中心"], cache=cache)
    built.save(tmp_path / "bm25")
    built.save(tmp_path / "bm25")  # replaces what is there
    loaded = LexicalIndex.load(tmp_path / "bm25", words=["赋能中心"], cache=cache)
    assert len(loaded) == len(texts)
    assert loaded.scores("专家的申请书").tolist() == built.scores("专家的申请书").tolist()
    assert [entry.name for entry in tmp_path.iterdir()] == ["bm25"]


def test_other_words_or_another_format_ask_for_a_rebuild(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "bm25")
    LexicalIndex.load(tmp_path / "bm25")
    with pytest.raises(SearchIndexError, match="词典"):
        LexicalIndex.load(tmp_path / "bm25", words=["赋能中心"])
    head = json.loads((tmp_path / "bm25/head.json").read_text("utf-8"))
    (tmp_path / "bm25/head.json").write_text(json.dumps({**head, "format": 0}), "utf-8")
    with pytest.raises(SearchIndexError):
        LexicalIndex.load(tmp_path / "bm25")


def test_a_damaged_index_is_named_whichever_file_is_cut(index: LexicalIndex, tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError):
        LexicalIndex.load(tmp_path / "none")
    index.save(tmp_path / "bm25")
    for file in sorted((tmp_path / "bm25").iterdir()):
        whole = file.read_bytes()
        for broken in (whole[: len(whole) // 2], b""):
            file.write_bytes(broken)
            with pytest.raises(SearchIndexError):
                LexicalIndex.load(tmp_path / "bm25")
        file.write_bytes(whole)
    LexicalIndex.load(tmp_path / "bm25")


def test_a_folder_that_cannot_be_written_is_named(index: LexicalIndex, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file"):
        index.save(tmp_path / "file" / "bm25")


def test_the_dictionary_is_cached_only_where_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "shared"))
    (tmp_path / "shared").mkdir()
    expected = Segmenter().tokens("产业数字化转型")
    assert Segmenter(cache=tmp_path / "own").tokens("产业数字化转型") == expected
    assert os.listdir(tmp_path / "own") == ["jieba.cache"]
    assert not os.listdir(tmp_path / "shared")


def test_threads_share_an_index(cache: Path) -> None:
    index = LexicalIndex.build(TEXTS, words=["动态调整"], cache=cache)
    alone = index.scores("专家委员会动态调整").tolist()
    seen: list[list[float]] = []
    threads = [
        threading.Thread(target=lambda: seen.append(index.scores("专家委员会动态调整").tolist())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [alone] * 8


def test_parts_of_a_question() -> None:
    assert question_parts("公司刚成立,可以申报赋能中心吗?") == ("公司刚成立", "可以申报赋能中心吗")
    assert question_parts("谁可以申报赋能中心?") == ()


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("青岛市重点产业数字化转型赋能中心管理办法", "青岛"),
        ("山东省数字经济条例", "山东"),
        ("内蒙古自治区草原条例", "内蒙古"),
        ("中华人民共和国民法典", None),
        ("城市房地产管理法", None),
        ("劳动合同法", None),
    ],
)
def test_place_of_a_document(title: str, found: str | None) -> None:
    assert place(title) == found
