"""Reports, verdicts and forms for the tests of drafting: one filled form for each kind, and reports made at random."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st

from assistant.drafting.kinds import DocumentKind, Measure
from assistant.drafting.templates import open_measure
from assistant.reports.schema import (
    Applicant,
    Exhibit,
    Fact,
    Issue,
    IssueKind,
    MissingMaterial,
    Override,
    Report,
    Verdict,
)
from assistant.reports.words import printable
from tests.report_fakes import CONDITIONS, finding, report
from tests.test_layout import ROOT

AGENCY = "青岛市示例区发展和改革局（虚构）"
DECIDED = datetime(2022, 3, 22, 2, 0, tzinfo=UTC)
_CHARS = "甲乙丙丁戊己庚辛青海云智数联创新远航明德宏图示例科技信息"
_LINES = "经核对原件,数量为46家;合同金额120.5万元,签订于2022年1月15日。"

FORMS: Mapping[str, Mapping[str, Any]] = {
    "初审推荐意见": {
        "发文机关": AGENCY,
        "受理日期": "2022-03-18",
        "推荐结论": "同意推荐",
        "推荐理由": _LINES,
        "签发人": "甲某(虚构)",
        "成文日期": "2022-04-02",
        "附件": "申请材料\n初审记录",
        "发文字号": "青示发改〔2022〕7号",
    },
    "不予推荐的说明": {"发文机关": AGENCY, "不予推荐理由": _LINES, "经办人": "乙某(虚构)"},
    "补正通知": {
        "发文机关": AGENCY,
        "补正期限": "2022-04-15",
        "确认缺少的材料": "真实性承诺书",
        "联系人": "丙某(虚构)",
    },
    "年度评估初审意见": {
        "发文机关": AGENCY,
        "被评单位": "青岛示例云港研究院(虚构)",
        "评价年度": "2022",
        "材料审查意见": _LINES,
        "存在问题": "服务企业12家,低于计划。",
    },
    "变更备案报告": {
        "发文机关": AGENCY,
        "依托单位": "青岛示例云港有限公司(虚构)",
        "变更事项": "更名",
        "变更前": "青岛示例云港有限公司(虚构)",
        "变更后": "青岛示例数港有限公司(虚构)",
        "办理的手续": "营业执照变更",
        "手续办理日期": "2022-01-10",
        "报送日期": "2022-02-24",
    },
    "调整请示": {"发文机关": AGENCY, "依托单位": "青岛示例云港有限公司(虚构)", "原目标任务": _LINES},
    "拟评定名单公示": {
        "拟评定名单": [
            {"单位名称": "青岛示例云港有限公司(虚构)", "产业领域": "海洋装备"},
            {"单位名称": "青岛示例大学(虚构)", "主管部门": AGENCY},
        ],
        "公示开始日期": "2022-06-01",
        "公示结束日期": "2022-06-08",
        "联系电话": "0532-00000000",
    },
    "评价结果通报": {
        "评价年度": "2022",
        "评价结果": [
            {"单位名称": "青岛示例云港有限公司(虚构)", "等次": "不合格", "上次等次": "不合格"},
            {"单位名称": "青岛示例大学(虚构)", "等次": "优秀"},
            {"单位名称": "青岛示例协会(虚构)"},
        ],
    },
    "撤销资格决定建议稿": {
        "单位名称": "青岛示例云港有限公司(虚构)",
        "撤销事由": "连续两次评价不合格",
        "认定的事实": _LINES,
        "第一次不合格年度": "2021",
        "第二次不合格年度": "2022",
    },
    "申报情况汇总表": {"发文机关": AGENCY, "申报年度": "2022"},
}


@cache
def measure() -> Measure:
    return open_measure(ROOT / "corpus", "qingdao-2021")


def said(condition: str, verdict: Verdict = "met", *, key: str = "a" * 32, reason: str = "原件已核对。") -> Override:
    return Override(key, condition, verdict, reason, "甲某(虚构)", DECIDED)


def confirmed(key: str = "a" * 32, verdict: Verdict = "met") -> tuple[Override, ...]:
    """A person's verdict on every condition."""
    return tuple(said(condition, verdict, key=key) for condition in CONDITIONS)


def reports_for(kind: DocumentKind, made: Report | None = None) -> tuple[Report, ...]:
    return (made or report(),) if kind.reports[1] else ()


_words = st.text(_CHARS, min_size=2, max_size=12)
_hostile = st.text(max_size=30).filter(lambda text: bool("".join(text.split())))
_odd = _hostile.filter(lambda text: printable(text) == text)


@st.composite
def _exhibit(draw: st.DrawFn) -> Exhibit:
    page = draw(st.one_of(st.integers(1, 99), st.none(), _words))
    words = draw(st.one_of(_words, _hostile, st.just(_LINES), st.just("专项经费5126.4万元，人员18人“核心团队”")))
    return Exhibit(f"{draw(_words)}.pdf", "1" * 64, 0, page, 0, len(words), words)


@st.composite
def made_reports(draw: st.DrawFn) -> tuple[Report, tuple[Override, ...]]:
    """A report and what people said of it; at least one verdict is a person's."""
    name = f"{draw(_words)}{draw(st.sampled_from(('有限公司', '大学', '研究院', '协会')))}(虚构)"
    evidence = st.lists(_exhibit(), max_size=3).map(tuple)
    verdicts = st.sampled_from(get_args(Verdict))
    findings = tuple(
        replace(finding(each, draw(verdicts), *draw(evidence)), reason=draw(_words)) for each in CONDITIONS
    )
    kinds = st.sampled_from(get_args(IssueKind))
    issues = tuple(
        Issue(draw(kinds), f"{draw(_words)}.pdf", 1, f"{draw(_words)}不一致。", draw(evidence))
        for _ in range(draw(st.integers(0, 3)))
    )
    missing = tuple(
        MissingMaterial(
            draw(_words), "第七条第(九)项", "作出真实性承诺", draw(st.booleans()), draw(st.just("") | _words)
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    place = draw(_exhibit())
    applicant = Applicant(
        name=draw(st.just(Fact("name", name, "单位名称", replace(place, quote=name))) | st.none()),
        uscc=draw(
            st.none()
            | st.from_regex(r"\A9137[0-9A-Z]{14}\Z").map(lambda c: Fact("uscc", c, "", replace(place, quote=c)))
        ),
        entity_type=draw(st.sampled_from(("enterprise", "university", "other"))),
        registered_city=draw(st.none() | st.sampled_from(("青岛", "济南"))),
        joint=draw(st.just(()) | st.just((Fact("joint_applicant", "青岛示例港大学(虚构)", "联合申报单位", place),))),
    )
    made = replace(
        report(title=draw(_words)),
        as_of=draw(st.dates(date(2021, 11, 19), date(2023, 11, 18))),
        applicant=applicant,
        findings=findings,
        issues=issues,
        missing=missing,
    )
    people = st.builds(said, st.sampled_from(CONDITIONS), verdicts, reason=st.one_of(_words, st.just(_LINES), _odd))
    return made, tuple(draw(st.lists(people, min_size=1, max_size=6)))
