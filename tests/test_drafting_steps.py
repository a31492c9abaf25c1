"""The steps of 意见起草 without a browser: drafting, editing with sources, checking, undoing, signing, exporting."""

import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.founded import sentences
from assistant.drafting.schema import MARK, Opinion, Paragraph, Sentence
from assistant.drafting.versions import Version
from assistant.reports.store import ReportStore
from assistant.web.drafting.paper import NONE
from assistant.web.drafting.revision import Editor, amended, by_person, revised, words_at
from assistant.web.drafting.steps import Steps
from assistant.web.drafting.studio import Sitting, Studio, open_studio
from ingest.errors import UsageError
from tests.drafting_page_fakes import CLAUSE, HARM, PERSON, opinion, seed
from tests.fakes import CORPUS
from tests.report_fakes import report

KIND, AGENCY = "qingdao-2021/01-recommend", "青岛示例区发展和改革局"
EDITOR = Editor("甲(虚构)", datetime(2022, 3, 22, 1, 0, tzinfo=UTC))


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    seed(tmp_path)
    reports = ReportStore.at(tmp_path / "assistant.db")
    made = open_studio(CORPUS, reports, tmp_path / "assistant.db")
    yield made
    made.close()
    reports.close()


def asked(**changes: object) -> dict[str, Any]:
    form = {"发文机关": AGENCY, "受理日期": "2022-03-20", "推荐结论": "同意推荐"}
    return {"kind": KIND, "reports": [report().id], "form": form, "person": PERSON, **changes}


def drafted(studio: Studio, **changes: object) -> tuple[Steps, Sitting]:
    steps, sitting = Steps(studio), Sitting()
    steps.draft(sitting, asked(**changes))
    assert not sitting.fault
    return steps, sitting


def last(studio: Studio, sitting: Sitting) -> Version:
    return studio.versions.versions(sitting.draft)[-1]


def edit(studio: Studio, steps: Steps, sitting: Sitting, **told: object) -> None:
    steps.edit(sitting, {"version": last(studio, sitting).number, "person": PERSON, **told})


def test_every_kind_opens_its_form_and_says_what_it_lacks(studio: Studio) -> None:
    steps, kinds = Steps(studio), [f"qingdao-2021/{kind.id}" for kind in studio.measures()[0].kinds]
    for kind in kinds:
        sitting = Sitting()
        steps.choose(sitting, asked(kind=kind))
        left, right = steps.shown(sitting)
        assert f'<option value="{kind}" selected>' in left
        assert right == NONE
    for changes, told in (
        ({"person": " "}, "请填写经办人。"),
        ({"reports": []}, "要有预审报告"),
        ({"reports": ["f" * 32]}, "没有这份预审报告"),
        ({"kind": "nothing/at-all"}, "没有这种文书"),
        ({"form": {"发文机关": AGENCY, "受理日期": "没有填完整"}}, "“受理日期”不是日期"),
        ({"form": {"发文机关": AGENCY, "受理日期": "2020-01-01"}}, "早于"),
        ({"form": "x"}, "请填写表单中的“发文机关”"),
        ({"form": {"发文机关": AGENCY * 40}}, "最多 100 个字"),
    ):
        sitting = Sitting()
        steps.draft(sitting, asked(**changes))
        left, right = steps.shown(sitting)
        assert told in left
        assert right == NONE
        assert studio.versions.drafts() == ()


def test_a_draft_is_shown_with_everything_founded(studio: Studio) -> None:
    steps, sitting = drafted(studio)
    left, right = steps.shown(sitting)
    assert "每句话都有出处" in left
    assert "【待核实】" in left
    assert MARK in right
    assert "2022年3月20日" in right
    assert f"{PERSON}核定" in right


def test_an_edited_sentence_is_the_persons_and_a_new_fact_is_flagged(studio: Studio) -> None:
    steps, sitting = drafted(studio)
    place = next(str(n) for n, block in enumerate(last(studio, sitting).opinion.blocks) if isinstance(block, Paragraph))
    before = words_at(last(studio, sitting).opinion, place)
    edit(studio, steps, sitting, act="words", place=place, text=f"{before}另获专利99项,{HARM}。")
    made = last(studio, sitting)
    assert (made.number, made.act, made.person) == (2, "edited", PERSON)
    new = [each for each in sentences(made.opinion) if by_person(each)]
    assert [each.text for each in new] == [f"另获专利99项,{HARM}。"]
    assert new[0].sources[0].kind == "person"
    assert new[0].sources[0].label.startswith(f"{PERSON}修改(")
    left, right = steps.shown(sitting)
    assert "中的“99”没有出处" in left
    assert 'class="said by-person unfounded"' in right
    assert "<img" not in left + right


def test_of_two_edits_the_later_one_is_refused_and_told(studio: Studio) -> None:
    steps, sitting = drafted(studio)
    edit(studio, steps, sitting, act="fields", fields={"标题": "关于甲的意见"})
    steps.edit(sitting, {"act": "fields", "version": 1, "person": PERSON, "fields": {"标题": "关于乙的意见"}})
    assert "您的修改没有保存" in sitting.told()
    assert last(studio, sitting).opinion.title == "关于甲的意见"


def test_undo_restore_and_draft_again_keep_what_was_before(studio: Studio) -> None:
    steps, sitting = drafted(studio)
    for title in ("一", "二"):
        edit(studio, steps, sitting, act="fields", fields={"标题": title})
    edit(studio, steps, sitting, act="undo")
    assert last(studio, sitting).opinion.title == "一"
    edit(studio, steps, sitting, act="restore", number=3)
    assert last(studio, sitting).opinion.title == "二"
    steps.draft(sitting, asked(form={"发文机关": "青岛示例区另一局"}))
    assert not sitting.fault
    made = last(studio, sitting)
    assert (made.number, made.act, made.opinion.agency) == (6, "drafted", "青岛示例区另一局")
    for wrong in ({"act": "restore", "number": 99}, {"act": "none"}, {"act": "words", "place": "999", "text": "x"}):
        edit(studio, steps, sitting, **wrong)
        assert sitting.told()
    edit(studio, steps, sitting, act="fields", fields={"标题": made.opinion.title})
    assert "没有改动" in sitting.told()
    assert last(studio, sitting).number == 6


def test_signing_takes_the_mark_off_and_a_later_edit_puts_it_back(studio: Studio) -> None:
    steps, sitting = drafted(studio)
    edit(studio, steps, sitting, act="sign")
    assert "处【待核实】,没有签发" in sitting.told()
    edit(studio, steps, sitting, act="sign", stays=True)
    signed = last(studio, sitting)
    assert (signed.act, signed.person, signed.opinion.signed) == ("signed", PERSON, signed.at)
    left, right = steps.shown(sitting)
    assert "已签发" in left
    assert MARK not in right
    edit(studio, steps, sitting, act="sign", stays=True)
    assert "已经签发" in sitting.told()
    edit(studio, steps, sitting, act="fields", fields={"标题": "签发后改"})
    assert last(studio, sitting).opinion.signed is None
    assert MARK in steps.shown(sitting)[1]
    steps.delete(sitting, sitting.draft)
    assert "已签发的文稿要留存" in sitting.told()


def test_word_files_and_the_layout_check(studio: Studio) -> None:
    steps, sitting = drafted(studio)
    file = json.loads(steps.download(sitting, {"form": "docx"}))
    assert file["name"].endswith("(第1版,待审核).docx")
    assert any(AGENCY in paragraph.text for paragraph in Document(BytesIO(b64decode(file["data"]))).paragraphs)
    assert steps.download(sitting, {"form": "changes"}) == ""
    assert "请先选两个版本" in sitting.told()
    edit(studio, steps, sitting, act="fields", fields={"主送机关": "青岛市示例局"})
    steps.compare(sitting, {"left": 2, "right": 1})
    assert "<ins>示例局</ins>" in steps.shown(sitting)[0]
    changes = json.loads(steps.download(sitting, {"form": "changes"}))
    body = Document(BytesIO(b64decode(changes["data"]))).element.xml
    assert f'w:author="{PERSON}"' in body
    steps.check(sitting)
    assert "版式符合 GB/T 9704-2012" in steps.shown(sitting)[0]


def test_a_deleted_report_leaves_the_draft_readable(studio: Studio) -> None:
    steps, sitting = drafted(studio)
    studio.reports.delete_report(report().id)
    left, right = steps.shown(sitting)
    assert "不能核对出处:没有这份预审报告" in left
    assert AGENCY in right
    steps.close(sitting)
    assert '请先到 <a href="/screening">材料预审</a>' in steps.shown(sitting)[0]


@given(st.lists(st.sampled_from("甲乙丙丁。"), max_size=60).map("".join), st.booleans())
def test_whatever_is_written_is_what_stands_and_whole_sentences_keep_their_sources(text: str, whole: bool) -> None:
    held = tuple(Sentence(words, (CLAUSE,)) for words in ("甲乙丙。", "丁丁甲。", "乙丙丁丁甲乙。"))
    made: Opinion = amended(opinion(), {})
    made = Opinion(made.kind, made.title, made.addressee, (Paragraph(held),))
    text = f"{text}。{held[1].text}" if whole else text
    changed = revised(made, "0", text, EDITOR)
    if not text:
        assert changed.blocks == ()
        return
    assert words_at(changed, "0") == text
    [block] = changed.blocks
    assert isinstance(block, Paragraph)
    kept = [each for each in block.sentences if each in held]
    assert all(by_person(each) or each in held for each in block.sentences)
    assert kept == sorted(kept, key=held.index)
    assert not whole or kept


def test_a_word_before_a_sentence_makes_it_another_one() -> None:
    held = tuple(Sentence(words, (CLAUSE,)) for words in ("经核对:", "符合条件。"))
    made = Opinion("意见", "标题", "", (Paragraph(held),))
    for text, kept in (("经核对:不符合条件。", 1), ("经核对:符合条件。", 2), ("符合条件。", 1), ("均符合条件。", 0)):
        [block] = revised(made, "0", text, EDITOR).blocks
        assert isinstance(block, Paragraph)
        assert sum(each in held for each in block.sentences) == kept
    assert len(revised(made, "0", "经核对:\n\n符合条件。", EDITOR).blocks) == 2


def test_places_that_are_none_and_dates_that_are_none_are_refused() -> None:
    for place in ("", "-1", "99", "1.0.0", "7", "7.0.9", "7.9.0", "甲"):
        with pytest.raises(UsageError, match="没有这一段"):
            revised(opinion(), place, "x", EDITOR)
    for field, text, told in (
        ("成文日期", "2022-13-01", "成文日期"),
        ("标题", " ", "标题"),
        ("抄送", "甲" * 6000, "抄送"),
    ):
        with pytest.raises(UsageError, match=told):
            amended(opinion(), {field: text})
    made = amended(opinion(), {"附件": "甲\n\n乙", "成文日期": "", "无此项": "x"})
    assert (made.attachments, made.day) == (("甲", "乙"), None)


def test_headings_and_cells_change_too_and_an_emptied_heading_goes() -> None:
    made = revised(revised(opinion(), "0", " 基本\n情况 ", EDITOR), "7.0.1", "符合", EDITOR)
    assert (words_at(made, "0"), words_at(made, "7.0.1")) == ("基本情况", "符合")
    assert [each.text for each in sentences(made) if by_person(each)] == ["符合"]
    assert len(revised(made, "0", " ", EDITOR).blocks) == len(made.blocks) - 1
    assert revised(made, "7.0.1", "符合", EDITOR) == made
