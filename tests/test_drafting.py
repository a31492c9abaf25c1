"""Drafts of every kind: each sentence has its sources, and nothing in a draft is not in the report or the form."""

import re
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistant.drafting.founded import sentences, unfounded
from assistant.drafting.kinds import BlockTemplate, DocumentKind, ParagraphTemplate, SentenceTemplate, TableTemplate
from assistant.drafting.schema import UNCONFIRMED, UNKNOWN, Heading, Opinion, Paragraph, Sentence, Source
from assistant.drafting.sources import printed
from assistant.drafting.write import draft
from tests.drafting_fakes import AGENCY, FORMS, confirmed, made_reports, measure, reports_for, said
from tests.report_fakes import report

KINDS = measure().kinds
_PIECES = re.compile(rf"[“”（）、；：，。]|……|{UNCONFIRMED}")


def text_of(opinion: Opinion) -> str:
    return "\n".join(sentence.text for sentence in sentences(opinion))


def templates(blocks: tuple[BlockTemplate, ...]) -> list[SentenceTemplate]:
    found: list[SentenceTemplate] = []
    for block in blocks:
        if isinstance(block, ParagraphTemplate):
            found += [*block.sentences, *block.lead, *block.empty]
        elif isinstance(block, TableTemplate):
            found += block.cells
    return found


def plain(text: str) -> str:
    return re.sub(r"[\s“”‘’]", "", unicodedata.normalize("NFKC", text))


def fits(sentence: Sentence, template: SentenceTemplate) -> bool:
    """Whether the sentence is the template with nothing but words of its own sources in its fields."""
    parts = re.split(r"\{[^{}]+\}", template.text)
    match = re.fullmatch("(.*?)".join(map(re.escape, parts)), sentence.text, re.DOTALL)
    told = "".join(f"{source.label}{source.quote}" for source in sentence.sources)
    squeezed = plain(told)
    pieces = [piece for value in (match.groups() if match else ()) for piece in _PIECES.split(value)]
    return match is not None and all(
        plain(piece) in squeezed for piece in pieces if piece not in (UNKNOWN, UNCONFIRMED)
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
@settings(max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(made=made_reports(), entered=st.booleans())
def test_nothing_in_a_draft_is_not_in_the_report_or_the_form(kind: DocumentKind, made: Any, entered: bool) -> None:
    told, overrides = made
    form = FORMS[kind.name]
    if not entered:  # what is required, and no more
        required = {field.name for field in kind.form if field.required}
        form = {name: value for name, value in form.items() if name in required}
    given_: dict[str, Any] = {"reports": reports_for(kind, told), "overrides": overrides, "form": form}
    opinion = draft(kind, measure(), **given_)
    assert unfounded(opinion, measure(), **given_) == ()
    known = templates(kind.blocks)
    assert [s.text for s in sentences(opinion) if not any(fits(s, template) for template in known)] == []
    assert all(sentence.sources and sentence.text.strip() for sentence in sentences(opinion))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_kind_is_drafted_from_a_filled_form(kind: DocumentKind) -> None:
    opinion = draft(kind, measure(), reports=reports_for(kind), overrides=confirmed(), form=FORMS[kind.name])
    assert opinion.kind == kind.name
    assert opinion.agency == opinion.signer == FORMS[kind.name].get("发文机关", "青岛市发展和改革委员会")
    assert (opinion.approver != "") == kind.upward
    assert "{" not in text_of(opinion) + opinion.title + opinion.addressee
    headings = [block for block in opinion.blocks if isinstance(block, Heading)]
    assert all(type(after) is not Heading for after in opinion.blocks[-1:])
    assert len({heading.text for heading in headings}) == len(headings)


def test_only_confirmed_verdicts_are_told() -> None:
    kind = measure().kind("推荐意见")
    overrides = [said("7.1"), said("7.9", "met", reason="承诺书已补签。")]
    text = text_of(draft(kind, measure(), reports=[report()], overrides=overrides, form={"发文机关": AGENCY}))
    assert "第七条第（一）项“主体资格”：符合。" in text
    assert "第七条第（九）项“真实性承诺”：符合。" in text  # the machine said 不符合; the person's word stands
    assert "核定理由：承诺书已补签。" in text
    for numeral in "二三四五六七八十":
        assert re.search(rf"第七条第（{numeral}）项“\w+”：{UNCONFIRMED}。", text)
    assert "核对了证照和登记信息" not in text  # the machine's reason
    assert "经人工核定2项（符合2项），尚未核定8项" in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("第七条第(一)项", "第七条第（一）项"),
        ("没有读到签字,请核对:甲;乙", "没有读到签字，请核对：甲；乙"),
        ("共1,200.5万元(含税)", "共1,200.5万元（含税）"),
        ("“甲(1).pdf,乙”与执照不一致", "“甲(1).pdf,乙”与执照不一致"),
        ("a(b):c,d", "a(b):c,d"),
    ],
)
def test_stops_beside_chinese_are_full_width_outside_quotation_marks(text: str, told: str) -> None:
    assert printed(text) == told


def test_the_last_word_of_a_person_stands() -> None:
    kind = measure().kind("不予推荐说明")
    overrides = [said("7.2", "unmet", reason="初看不足。"), said("7.2", "met", reason="补充后足够。")]
    form = FORMS[kind.name]
    text = text_of(draft(kind, measure(), reports=[report()], overrides=overrides, form=form))
    assert "初看不足" not in text
    assert "机器" not in text
    assert "程序" not in text


def test_what_a_person_has_not_found_missing_is_not_claimed() -> None:
    kind = measure().kind("补正通知")
    form = {"发文机关": AGENCY, "确认缺少的材料": ["真实性承诺书"]}
    text = text_of(draft(kind, measure(), reports=[report()], form=form))
    assert "\n真实性承诺书，依据第七条第（九）项。" in text
    assert f"{UNCONFIRMED}场地证明，依据第七条第（二）项。" in text
    assert f"请于{UNKNOWN}前" in text
    issue = report().issues[0].message
    assert f"\n{UNCONFIRMED}{issue[:-1]}：" in text
    checked = text_of(draft(kind, measure(), reports=[report()], form={**form, "确认的疑点": issue}))
    assert f"\n{issue[:-1]}：“" in checked


@pytest.mark.parametrize(
    ("done", "told", "verdict"),
    [
        ("2022-02-24", "至2022年2月24日共30个工作日", "在规定期限内"),
        ("2022-02-25", "至2022年2月25日共31个工作日", "已超过规定期限"),
        ("2022-01-10", "至2022年1月10日共0个工作日", "在规定期限内"),
    ],
)
def test_the_term_for_a_change_is_counted_by_working_days(done: str, told: str, verdict: str) -> None:
    kind = measure().kind("备案报告")
    opinion = draft(kind, measure(), form={**FORMS[kind.name], "报送日期": done})
    text = text_of(opinion)
    assert "第30个工作日为2022年2月24日，不计法定休假1月31日、2月1日、2月2日、2月3日、2月4日" in text
    assert f"{told}，{verdict}。" in text
    assert ("逾期原因" in text) == (verdict == "已超过规定期限")


def test_a_term_outside_the_known_years_is_not_guessed() -> None:
    kind = measure().kind("备案报告")
    form = {**FORMS[kind.name], "手续办理日期": "2098-01-10", "报送日期": "2098-02-24"}
    opinion = draft(kind, measure(), form=form)
    text = text_of(opinion)
    assert "无法推算" in text
    assert f"是否在期限内报送：{UNKNOWN}" in text
    assert unfounded(opinion, measure(), form=form) == ()


def test_two_bad_years_are_told_only_where_both_were_entered() -> None:
    kind = measure().kind("通报")
    rows = [
        {"单位名称": "甲公司(虚构)", "等次": "不合格"},
        {"单位名称": "乙公司(虚构)", "等次": "不合格", "上次等次": "合格"},
    ]
    assert "连续两次" not in text_of(draft(kind, measure(), form={"评价结果": rows}))
    both = [{**rows[0], "上次等次": "不合格"}, rows[1]]
    text = text_of(draft(kind, measure(), form={"评价结果": both}))
    assert text.count("连续两次") == 1


def test_a_draft_names_what_it_was_made_from() -> None:
    kind = measure().kind("推荐意见")
    form = {**FORMS[kind.name], "成文日期": "2022年4月2日"}
    opinion = draft(kind, measure(), reports=[report()], overrides=confirmed(), form=form)
    assert opinion.report == report().id
    assert opinion.version.startswith(measure().policy.sha256[:12])
    assert opinion.day == date(2022, 4, 2)
    assert opinion.attachments == ("申请材料", "初审记录")
    assert opinion.signed is None


def test_invented_words_are_found() -> None:
    kind = measure().kind("推荐意见")
    given_: dict[str, Any] = {"reports": [report()], "overrides": confirmed(), "form": FORMS[kind.name]}
    opinion = draft(kind, measure(), **given_)
    paragraph = next(block for block in opinion.blocks if isinstance(block, Paragraph))
    sources = paragraph.sentences[0].sources
    for invented in (
        "服务企业37家。",
        "补贴500万元。",
        "依据第二十一条。",
        "青岛臆造科技有限公司成绩突出。",
        "海岛示例智造科技有限公司(虚构)成绩突出。",
        "评审于2022年5月6日完成。",
        "材料载明“行业第一”。",
        "代码为91370212MA3FAKE000。",
        "已连续三次获评。",
    ):
        changed = Opinion(
            kind.name,
            opinion.title,
            opinion.addressee,
            (Paragraph((Sentence(invented, sources),)),),
            AGENCY,
            signer=AGENCY,
        )
        assert len(unfounded(changed, measure(), **given_)) >= 1, invented


@pytest.mark.parametrize(
    "source",
    [
        Source("clause", "第八条", "主管部门负责发放补贴"),
        Source("clause", "第二十一条", "主管部门"),
        Source("file", "02 营业执照.jpg 第2页", "91370212MAFAKE211W"),
        Source("file", "02 营业执照.jpg 第1页", "91370212MAFAKE211X"),
        Source("report", "预审报告“注册地”", "济南"),
        Source("form", "表单“推荐结论”", "建议优先推荐"),
        Source("person", "甲某(虚构)核定(2022年3月22日 10:00)", "符合。另有理由"),
        Source("person", "乙某(虚构)核定(2022年3月22日 10:00)", "符合。原件已核对。"),
        Source("counted", "按人工核定的结论计数", "10项条件中，经人工核定9项"),
        Source("counted", "工作日推算", "自2022年1月10日的次日起，第30个工作日为2022年2月25日"),
    ],
)
def test_sources_that_their_originals_do_not_bear_out_are_found(source: Source) -> None:
    given_: dict[str, Any] = {"reports": [report()], "overrides": confirmed(), "form": FORMS["初审推荐意见"]}
    made = Opinion("", "", "", (Paragraph((Sentence("说明。", (source,)),)),), "", signer="")
    assert unfounded(made, measure(), **given_) == (f"“说明。”的出处“{source.label}”与原件不符。",)
