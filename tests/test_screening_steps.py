"""The steps of 材料预审 and 申报自查 without a browser: hostile files, what is kept of them and what is not."""

import json
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from fpdf import FPDF
from PIL import Image

from assistant.web.screening import evidence
from assistant.web.screening.intake import progress
from assistant.web.screening.office import Office, Visit
from assistant.web.screening.runs import Run
from assistant.web.screening.steps import Steps
from ingest.errors import UsageError
from tests.fakes import FakeLibrary, qingdao
from tests.screening_fakes import office

FORMULA = '=HYPERLINK("http://x")<img src=x onerror=alert(1)>'
WORDS = "我单位在青岛市注册,是独立法人单位,在青岛市开展数字化转型服务。".encode()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = office(tmp_path_factory.mktemp("office"), FakeLibrary((qingdao(),)))
    yield made
    made.close()


def zipped(**files: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def screened(at: Office, visit: Visit, name: str, content: bytes, *, own: bool = False, **sent: Any) -> str:
    """Uploads a file as a package, starts it and waits for its end; the page of the report, or the progress."""
    steps, key = Steps(at, own=own), uuid4().hex
    if not visit.key:
        steps.arrive(visit, None)
    at.uploads.reserve(visit.key, key, name).write_bytes(content)
    for _ in steps.start({"packages": [{"id": key, "title": name}], **sent}, visit):
        pass
    return steps.report(visit) or steps.progress(visit)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("空.zip", zipped(), "压缩包里没有文件"),
        ("零字节.pdf", b"", "文件是空的"),
        ("程序.pdf", b"MZ\x90\0" + bytes(3000), "这是程序文件"),
        ("全不可读.zip", zipped(a=b"%PDF-1.4 broken", b=b"MZ\x90\0" + bytes(99)), "没有一个文件能够读取"),
        ("断.docx", b"PK\3\4junk", "已损坏"),
        ("<script>alert(1)</script>.txt", WORDS, "&lt;script&gt;alert(1)&lt;_script&gt;"),
    ],
)
def test_any_upload_ends_in_a_report(opened: Office, name: str, content: bytes, told: str) -> None:
    page = screened(opened, Visit(), name, content)
    assert page.count('<li class="finding"') == 10
    assert told in page or told.replace("_", "/") in page
    assert "<script" not in page
    assert "Traceback" not in page


def test_a_check_that_fails_is_one_sentence_and_leaves_nothing(opened: Office) -> None:
    before = opened.applications.ids()
    visit = Visit()
    assert "这份材料不能核查(虚构的原因)。" in screened(opened, visit, "故障.txt", WORDS)
    assert opened.applications.ids() == before
    assert not opened.applications.unfinished()


def test_what_an_applicant_did_not_ask_to_store_is_nowhere(opened: Office) -> None:
    kept, listed = opened.applications.ids(), opened.reports.reports()
    visit = Visit()
    page = screened(opened, visit, "自查.txt", WORDS, own=True)
    assert "没有保存" in page
    assert 'data-address=""' in page
    assert "judge" not in page
    [report] = visit.unstored.values()
    assert opened.passing.ids() == (report.application,)
    opened.gone(visit.key)
    assert opened.passing.ids() == ()
    assert (opened.applications.ids(), opened.reports.reports()) == (kept, listed)
    assert visit.unstored == {}
    with pytest.raises(UsageError, match="没有这份预审报告"):
        opened.reports.report(report.id, private=True)
    assert "页面已过期" in _fault(opened, visit, own=True)


def test_a_visit_that_ends_early_leaves_nothing_of_what_is_running(opened: Office) -> None:
    visit, steps, key = Visit(), Steps(opened, own=True), uuid4().hex
    steps.arrive(visit, None)
    opened.uploads.reserve(visit.key, key, "自查.txt").write_bytes(WORDS)
    going = steps.start({"packages": [{"id": key, "title": "自查"}]}, visit)
    next(going)
    steps.left(visit)
    list(going)
    opened.settle(visit)
    assert visit.runs[0].ended
    assert (opened.passing.ids(), opened.passing.unfinished(), visit.unstored) == ((), (), {})


def test_what_an_applicant_asked_to_store_is_found_by_its_address_alone(opened: Office) -> None:
    listed, visit = opened.reports.reports(), Visit()
    page = screened(opened, visit, "自查.txt", WORDS, own=True, save=True)
    assert "凭本页网址可再次打开" in page
    [key] = [str(visit.opened)]
    assert opened.reports.reports() == listed
    opened.gone(visit.key)
    later, steps = Visit(), Steps(opened, own=True)
    steps.arrive(later, key)
    assert f'data-report="{key}"' in steps.report(later)
    reviewer, other = Visit(), Steps(opened, own=False)
    other.arrive(reviewer, key)
    assert other.report(reviewer) == ""
    assert "没有这份预审报告" in other.listing(reviewer)
    steps.delete(later, key)
    assert steps.report(later) == ""
    assert key not in opened.applications.ids()


def test_a_verdict_needs_a_reason_and_is_not_given_over_another(opened: Office) -> None:
    visit, steps = Visit(), Steps(opened, own=False)
    screened(opened, visit, "核定.txt", WORDS)
    said = {"condition": "7.3", "verdict": "met", "reason": "<b>看过</b>", "person": "虚构甲", "seen": 0}
    for wrong in ({"reason": " "}, {"person": ""}, {"verdict": "passed"}, {"condition": "9.9"}):
        steps.judge(visit, said | wrong)
        assert '<p class="note" role="alert">' in steps.report(visit)
    steps.judge(visit, said)
    page = steps.report(visit)
    assert 'role="alert">' not in page.split('class="judge"')[0]
    assert "&lt;b&gt;看过&lt;/b&gt;" in page
    steps.judge(visit, said | {"person": "虚构乙"})
    assert "您的修改没有保存" in steps.report(visit)
    assert [each.person for each in opened.reports.overrides(str(visit.opened))] == ["虚构甲"]


def test_a_name_like_a_formula_is_text_in_excel_and_no_path_on_disk(opened: Office) -> None:
    for title in (FORMULA, "+1", "-1", "@x", "../../一/" + "长" * 300):
        visit, steps = Visit(), Steps(opened, own=False)
        steps.arrive(visit, None)
        key = uuid4().hex
        opened.uploads.reserve(visit.key, key, "材料.txt").write_bytes(WORDS)
        list(steps.start({"packages": [{"id": key, "title": title}]}, visit))
        made = json.loads(steps.download(visit, {"form": "grid", "reports": [visit.opened]}))
        cell = openpyxl.load_workbook(BytesIO(b64decode(made["data"])))["一览"]["A2"]
        assert cell.data_type == "s"
        assert len(str(cell.value)) <= 120
        assert cell.quotePrefix == (title[0] in "=+-@")
        named = json.loads(steps.download(visit, {"form": "docx"}))["name"]
        assert "/" not in named
        assert len(named) < 100


def test_what_a_browser_sends_is_never_trusted(opened: Office) -> None:
    visit, steps = Visit(), Steps(opened, own=False)
    page = screened(opened, visit, "证据.txt", WORDS)
    number = int(page.split('class="matrix"')[1].split('data-exhibit="')[1].split('"')[0])
    assert "<mark>" in steps.evidence(visit, {"exhibit": number})
    for wrong, turned in ((-1, 0), (10**9, 0), ("0", 0), (None, 0), (0, "x"), (0, 10**9), (True, None)):
        assert "Traceback" not in steps.evidence(visit, {"exhibit": wrong, "turned": turned})
    assert steps.download(visit, {"form": "../../etc"}) == ""
    assert "不能导出" in visit.told()
    assert "没有这个样例" in _fault(opened, visit, sample="../..")
    assert "依据日期" in _fault(opened, visit, as_of="yesterday")
    assert "请先放入申报材料" in _fault(opened, visit, packages="all")
    assert "页面已过期" in _fault(opened, visit, packages=[{"id": "../../x", "title": 7}])


def test_a_page_is_drawn_in_another_process_and_marked(opened: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = FPDF(unit="pt", format="A4")
    paper.set_font("Helvetica", size=12)
    for number in range(2):
        paper.add_page()
        paper.text(72, 100, f"Sentence number {number} is long enough to be quoted")
    visit, steps = Visit(), Steps(opened, own=False)
    page = screened(opened, visit, "b.pdf", bytes(paper.output()))
    number = int(page.split('class="matrix"')[1].split('data-exhibit="')[1].split('"')[0])
    monkeypatch.setattr(evidence, "page_image", None)  # here; the child process has its own
    shown = steps.evidence(visit, {"exhibit": number})
    with Image.open(BytesIO(b64decode(shown.split("base64,")[1].split('"')[0]))) as picture:
        marked = picture.convert("RGB")
    assert marked.width == 1200
    assert sum(count for count, colour in marked.getcolors(10**6) or () if colour == (255, 233, 100)) > 1000
    other = steps.evidence(visit, {"exhibit": number, "turned": 1})
    assert "第2页,共2页" in other
    assert other.split("base64,")[1] != shown.split("base64,")[1]


def test_progress_names_each_file_and_how_far_it_is() -> None:
    run = Run("<b>包</b>", policy=None, as_of=date(2022, 3, 1))
    run.state, run.of_files, run.files = "reading", 3, {"一.pdf": (2, 5), "<i>.docx": (0, 0)}
    told = progress([run], own=False)
    assert "正在读取:1/3 个文件" in told
    assert "一.pdf<small>正在识别 2/5 页" in told
    assert "&lt;i&gt;.docx<small>已读" in told
    assert 'data-do="stop"' in told
    run.state = "stopped"
    assert 'data-do="stop"' not in progress([run], own=False)


def _fault(at: Office, visit: Visit, *, own: bool = False, **sent: Any) -> str:
    list(Steps(at, own=own).start(sent, visit))
    return visit.told()
