"""Opinions of every kind of block, all fictional (虚构)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from assistant.drafting.schema import Heading, Opinion, Paragraph, Sentence, Source, Table

CLAUSE = Source("clause", "第七条第(一)项", "具有独立法人资格")
FILE = Source("file", "营业执照.pdf 第1页", "类型：有限责任公司")
BODY = (
    "青岛虚构工业互联网有限公司提交的申报材料共十二份，经审查，该单位注册地为青岛市××区，具有独立法人资格，"
    "符合第七条第（一）项规定的条件；研发投入情况【待核实】。"
)
NAME = "青岛虚构工业互联网有限公司"


def said(text: str, *sources: Source) -> Sentence:
    return Sentence(text, sources or (CLAUSE,))


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(tuple(said(text) for text in texts))


def table(rows: int) -> Table:
    cells = tuple(
        (said(str(n + 1)), said(NAME, FILE), said("【待核实】"), said("见第七条第（二）项")) for n in range(rows)
    )
    return Table(("序号", "申报单位", "结论", "备注"), cells, (0.1, 0.4, 0.2, 0.3))


def opinion(**changes: Any) -> Opinion:
    blocks = (
        *(
            Heading(1, "申报情况"),
            paragraph(BODY, "上述情况有营业执照佐证。"),
            Heading(2, "主体资格"),
            paragraph(BODY * 3),
        ),
        *(Heading(3, "注册情况"), paragraph(BODY), Heading(4, "名称一致性"), paragraph(BODY), Heading(4, "地址一致性")),
        *(paragraph(BODY), Heading(2, "研究条件"), paragraph(BODY), Heading(1, "审查意见"), paragraph(BODY * 2)),
        *(table(3), paragraph("特此报告。")),
    )
    made = Opinion(
        kind="初审推荐意见",
        title=f"青岛市虚构区发展和改革局关于推荐{NAME}申报赋能中心的初审意见",
        addressee="青岛市发展和改革委员会",
        blocks=blocks,
        agency="青岛市虚构区发展和改革局文件",
        number="青虚发改〔2022〕××号",
        attachments=("申报情况汇总表", "申报材料目录及各项佐证材料清单（2022年度补充提交版本，含全部附件）"),
        signer="青岛市虚构区发展和改革局",
        day=date(2022, 3, 5),
        copies="虚构区人民政府办公室，虚构区工业和信息化局，虚构区科学技术局，虚构区大数据发展管理局",
        printer="青岛市虚构区发展和改革局办公室",
        note="联系人：××，联系电话：××",
    )
    return replace(made, **changes)


def samples() -> dict[str, Opinion]:
    """One for each way in which a document can be put together."""
    signed = datetime(2022, 3, 6, 1, 0, tzinfo=UTC)
    return {
        "whole": opinion(),
        "signed": opinion(signed=signed),
        "to a higher authority": opinion(approver="某某（虚构）"),
        "without head or foot": opinion(agency="", number="", copies="", printer="", note="", attachments=()),
        "one attachment": opinion(attachments=("申报情况汇总表",)),
        "nothing known": opinion(agency="××", number="", signer="××", day=None),
        "long names": opinion(signer=NAME * 4, agency=NAME * 4, addressee=NAME * 8, title=NAME * 12),
        "a table alone": opinion(blocks=(table(60),)),
        "short": opinion(title="公示", blocks=(paragraph("现予公示。"),)),
    }
