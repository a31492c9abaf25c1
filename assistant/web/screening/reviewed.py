"""A report on conditions that nobody has compared with the measure says so."""

from dataclasses import replace

from assistant.conditions.schema import ConditionSet
from assistant.reports.schema import Report
from assistant.schema import Notice

_UNREVIEWED = "本次核查所用的申报条件是草稿,还没有人对照办法原文核对过,结果请逐项对照原文使用。"


def doubted(report: Report, conditions: ConditionSet) -> Report:
    """The report, with a notice first of all when its conditions are a draft."""
    if conditions.reviewed or any(notice.text == _UNREVIEWED for notice in report.notices):
        return report
    return replace(report, notices=(Notice("version", _UNREVIEWED), *report.notices))
