"""Search inside one application."""

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ingest.application import chunks_of
from ingest.package_search import PackageSearch
from tests.check_fakes import Letters, application, material

_PAPERS = application(
    material("经费.pdf", "2021年度专项研究与开发经费支出512.60万元。", "租赁期限三年。"),
    material("团队.pdf", "现有专职服务人员18人。\n公司每月组织培训。"),
)


def test_words_alone_find_the_passage() -> None:
    found = PackageSearch(chunks_of(_PAPERS), embedder=None).find("专项经费支出多少", 3)
    assert found[0].chunk.text.startswith("2021年度专项")
    assert found[0].similarity is None
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_what_shares_no_word_is_not_found() -> None:
    search = PackageSearch(chunks_of(_PAPERS), embedder=None)
    assert search.find("zzz", 5) == ()
    assert "租赁期限三年。" not in [each.chunk.text for each in search.find("专职人员", 9)]


def test_headings_are_searched() -> None:
    from ingest.materials import Block, Page

    text = "三、保密\n双方签订协议。"
    page = Page(1, text, (Block("heading", 0, 4, 1), Block("paragraph", 5, 12)))
    papers = application(material("a.pdf", "无关的话。"), material("b.pdf", "x"))
    held = chunks_of(papers) + chunks_of(
        application(type(papers.materials[0])("c.pdf", "pdf", "read", "c" * 64, 1, pages=(page,)))
    )
    found = PackageSearch(held, embedder=None).find("保密", 3)
    assert {each.chunk.text for each in found} == {"三、保密", "双方签订协议。"}


def test_only_candidates_are_embedded_and_only_once() -> None:
    pages = [f"第{number}页说明专项经费的用途。\n与问题无关的第{number}句。" for number in range(60)]
    embedder = Letters()
    search = PackageSearch(chunks_of(application(material("多页.pdf", *pages))), embedder=embedder)
    first = search.find("专项经费", 5)
    given_first = embedder.given
    assert search.find("专项经费", 5) == first
    assert embedder.given == given_first <= 8
    assert all(each.similarity is not None and -1.0 <= each.similarity <= 1.001 for each in first)


def test_vectors_of_questions_come_from_their_owner() -> None:
    asked: list[str] = []
    embedder = Letters()

    def vector(question: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        asked.append(question)
        return embedder.embed_query(question)

    PackageSearch(chunks_of(_PAPERS), embedder=embedder, vector=vector).find_all(["专项经费", "专职人员"], 3)
    assert asked == ["专项经费", "专职人员"]


def test_an_empty_application_finds_nothing() -> None:
    for embedder in (None, Letters()):
        assert PackageSearch((), embedder=embedder).find_all(["专项经费", ""], 3) == [(), ()]


@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=30))
def test_any_text_and_question(texts: list[str], question: str) -> None:
    chunks = chunks_of(application(*(material(f"{at}.pdf", text) for at, text in enumerate(texts))))
    found = PackageSearch(chunks, embedder=Letters()).find(question, 4)
    assert len(found) <= 4
    assert len({each.chunk.id for each in found}) == len(found)


def test_sixty_questions_of_forty_pages_take_well_under_a_second() -> None:
    sentences = "与第{0}家企业签订服务合同,金额{0}万元,完成数字化诊断。\n培训{0}人次。\n平台接入设备{0}台。\n"
    pages = ["".join(sentences.format(page * 7 + line) for line in range(7)).strip() for page in range(40)]
    search = PackageSearch(chunks_of(application(material("四十页.pdf", *pages))), embedder=None)
    began = time.perf_counter()
    search.find_all([f"第{number}个问题:服务合同金额与培训人次" for number in range(60)], 8)
    assert time.perf_counter() - began < 2.0  # 0.1 s alone; others share the machine
