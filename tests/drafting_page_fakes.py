"""An opinion made by hand with every kind of block and source, for the tests of what shows and keeps drafts."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.drafting.schema import UNCONFIRMED, UNKNOWN, Heading, Opinion, Paragraph, Sentence, Source, Table
from assistant.reports.schema import Override, Verdict
from assistant.reports.store import ReportStore
from tests.report_fakes import report

AT = datetime(2022, 3, 21, 9, 0, tzinfo=UTC)
PERSON = "虚构经办人"
CLAUSE = Source("clause", "第七条第(一)项", "在青岛市注册的独立法人单位")
FILE = Source("file", "02 营业执照.jpg 第1页", "青岛示例智造科技有限公司(虚构)")
FORM = Source("form", "表单“受理日期”", "2022-03-20")
HARM = '<img src=x onerror="window.harmed=1">&"\''


def opinion() -> Opinion:
    """With headings of all levels, a table, an unknown fact, an unconfirmed verdict, and words that look like HTML."""
    return Opinion(
        kind="初审推荐意见",
        title="关于青岛示例智造科技有限公司(虚构)申报重点产业数字化转型赋能中心的初审推荐意见",
        addressee="青岛市发展和改革委员会",
        blocks=(
            Heading(1, "申报单位基本情况"),
            Paragraph(
                (
                    Sentence("申报单位:青岛示例智造科技有限公司(虚构)。", (CLAUSE, FILE)),
                    Sentence(f"受理日期:{UNKNOWN}年{UNKNOWN}月{UNKNOWN}日。", (FORM,)),
                )
            ),
            Heading(2, "逐项情况"),
            Heading(3, "主体资格"),
            Heading(4, "注册地"),
            Paragraph((Sentence(f"第七条第(二)项“基础条件”:{UNCONFIRMED}。", (CLAUSE,)),)),
            Paragraph(tuple(Sentence(f"材料载明第{number}件事,{HARM},经核对属实。", (FILE,)) for number in range(12))),
            Table(
                ("条款", "结论"),
                ((Sentence("第七条第(一)项", (CLAUSE,)), Sentence(UNCONFIRMED, (CLAUSE,))),),
                (0.7, 0.3),
            ),
        ),
        agency="青岛示例区发展和改革局(虚构)",
        number="青示发改〔2022〕1号",
        attachments=("申报材料目录", "核定情况表"),
        signer="青岛示例区发展和改革局(虚构)",
        day=date(2022, 3, 22),
        copies="青岛示例区人民政府办公室(虚构)",
        printer="青岛示例区发展和改革局办公室(虚构)",
        report=report().id,
        version="bccf2ae33dde+0123456789ab",
        note="联系人:虚构经办人",
    )


def seed(folder: Path) -> None:
    """Keeps a report in the database of the pages: four of its ten conditions are confirmed by a person."""
    reports = ReportStore.at(folder / "assistant.db")
    reports.add_report(report())
    verdicts: tuple[tuple[str, Verdict], ...] = (("7.1", "met"), ("7.2", "met"), ("7.3", "missing"), ("7.9", "unmet"))
    for condition, verdict in verdicts:
        said = Override(report().id, condition, verdict, "现场看过原件,情况属实", PERSON, AT)
        reports.add_override(said, seen=0)
    reports.close()


if __name__ == "__main__":
    seed(Path(sys.argv[1]))
