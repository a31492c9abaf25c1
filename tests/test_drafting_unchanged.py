"""What a wording may change of a reason, and what not: reasons as reviewers write them, with good and bad wordings."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.drafting.reasons import WordedReasons, WordedSentence
from assistant.drafting.schema import Sentence, Source
from assistant.drafting.unchanged import changes

_CLAUSE = Source("clause", "第七条", "申请赋能中心的单位应具备以下条件")
_GOOD: dict[str, list[str]] = {
    "企业与高校共建实验室,由企业提供资金,高校提供设备": ["企业与高校共建了实验室，其中由企业提供资金，高校提供设备。"],
    "场地面积800平方米,租期至2024年6月": ["场地的面积为800平方米，租期至2024年6月。"],
    "服务合同3份,均已盖章": ["服务合同为3份，且均已盖章。"],
    "平台在建,预计年底上线": ["该平台在建，预计于年底上线。"],
    "审计报告为复印件,原件未核对": ["审计报告系复印件，其原件未核对。"],
    "承诺书由法定代表人签字": ["该承诺书由法定代表人签字。"],
    "申报书与审计报告的经费数额不一致": ["申报书和审计报告中的经费数额不一致。"],
    "近三年没有失信记录": ["其近三年没有失信记录。"],
    "团队18人,硕士以上6人": ["团队为18人，其中硕士以上的6人。"],
    "服务企业名单有重复,需补充说明": ["服务企业名单中有重复，需补充说明。"],
    "电话核实用户单位,对方确认已使用平台": ["=核定理由是：经电话核实用户单位，对方确认已使用该平台。"],
    "材料缺页,看不清金额": ["材料缺页，且看不清金额。"],
    "联合申报协议未写明分工": ["在联合申报协议中未写明分工。"],
    "成果已在3家企业应用": ["其成果已在3家企业应用。"],
}
_BAD: dict[str, list[str]] = {
    "承诺书有签字,未注明日期": ["承诺书有签字，未注明。", "承诺书有签字，注明日期。"],
    "变更登记未说明理由": ["变更登记未说明。"],
    "企业与高校共建实验室,由企业提供资金,高校提供设备": [
        "企业与高校共建实验室，由高校提供资金，企业提供设备。",
        "企业与高校共建实验室，由企业提供资金和设备，高校提供。",
    ],
    "场地面积800平方米,租期至2024年6月": [
        "自有场地面积800平方米，租期至2024年6月。",
        "场地面积800平方米，租期自2024年6月起。",
    ],
    "服务合同3份,均已盖章": ["服务合同3份，均已盖章履行完毕。", "服务合同3份，已盖章。"],
    "服务合同3份,其中2份没有盖章": ["服务合同3份，其中2份盖章，没有其他。"],
    "平台在建,预计年底上线": ["平台在建，年底上线。", "平台预计年底在建上线。"],
    "审计报告为复印件,原件未核对": ["审计报告为原件，复印件未核对。", "审计报告原件为复印件，未核对。"],
    "承诺书由法定代表人签字": ["承诺书由法定代表人授权签字。", "承诺书是法定代表人签字。"],
    "拥有发明专利5项": ["独家拥有发明专利5项。", "拥有国家发明专利5项。", "拥有发明专利五项。"],
    "申报书与审计报告的经费数额不一致": [
        "申报书与审计报告的经费数额一致。",
        "申报书与审计报告的经费数额略不一致。",
        "申报书与审计报告的经费数额不一致，不影响评定。",
    ],
    "近三年没有失信记录": ["三年没有失信记录。", "近三年来没有严重失信记录。", "=近三年没有失信记录的核定。"],
    "团队18人,硕士以上6人": [
        "团队18人，硕士6人以上。",
        "团队6人，硕士以上18人。",
        "团队18人，其中硕士以上6人，占比较高。",
        "团队18人；目前硕士以上6人。",
    ],
    "服务企业名单有重复,需补充说明": [
        "服务企业名单有重复，需要补充说明材料。",
        "服务企业名单有重复，可补充说明。",
        "服务企业名单重复，需补充说明。",
    ],
    "合同甲方为示例一公司,乙方为申报单位": [
        "合同甲方为申报单位，乙方为示例一公司。",
        "合同甲方为示例二公司，乙方为申报单位。",
    ],
    "电话核实用户单位,对方确认已使用平台": [
        "电话核实用户单位，对方确认已使用平台，效果良好。",
        "实地核实用户单位，对方确认已使用平台。",
        "电话核实用户单位，对方表示已使用平台。",
    ],
    "营业执照在有效期内": ["营业执照长期在有效期内。", "营业执照仍在有效期内。"],
    "材料缺页,看不清金额": ["材料看不清，缺页金额。"],
    "联合申报协议未写明分工": ["联合申报协议写明未分工。", "联合申报协议未写明具体分工。"],
    "成果已在3家企业应用": [
        "成果已在3家企业中应用推广。",
        "成果已在3家单位应用。",
        "成果自己已在3家企业应用。",
        "成果已在3家企业继续应用。",
        "如果成果已在3家企业应用。",
        "成果已在3家企业应用是否属实？",
        "申报单位负责的成果已在3家企业应用。",
    ],
}


def _cases(told: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Each reason and a wording of it, which begins with 经核定 unless it has its own beginning behind a =."""
    for reason, wordings in told.items():
        for each in wordings:
            yield reason, each[1:] if each.startswith("=") else f"经核定，{each}"


def _faults(reason: str, wording: str) -> tuple[str, ...]:
    source = Source("person", "甲某(虚构)核定(2022-03-22)", f"符合。{reason}。")
    old = Sentence(f"核定理由：{reason}。", (source, _CLAUSE), True)
    reply = WordedReasons(sentences=[WordedSentence(text=wording, keys=["C1"])])
    return changes((old,), reply.draft(), as_of=date(2022, 4, 2))


@pytest.mark.parametrize(("reason", "wording"), tuple(_cases(_GOOD)))
def test_what_only_joins_may_change(reason: str, wording: str) -> None:
    assert _faults(reason, wording) == ()


@pytest.mark.parametrize(("reason", "wording"), tuple(_cases(_BAD)))
def test_everything_else_may_not(reason: str, wording: str) -> None:
    assert _faults(reason, wording)


@pytest.mark.parametrize("reason", [*_GOOD, *_BAD])
def test_a_sentence_with_other_stops_is_itself(reason: str) -> None:
    assert _faults(reason, f"核定理由:{reason}") == ()
