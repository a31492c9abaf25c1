"""Reports made by hand, for the tests of what shows and keeps them."""

from datetime import UTC, date, datetime

from assistant.reports.schema import (
    Applicant,
    AspectFinding,
    Exhibit,
    Fact,
    FileRow,
    Finding,
    Issue,
    MissingMaterial,
    Report,
    Verdict,
)
from assistant.schema import Notice

LICENCE, FORM, STAFF = "02 营业执照.jpg", "01 申报书.docx", "04 专职团队名单.xlsx"
HOSTILE = '<img src=x onerror="window.harmed=1"> =cmd|1 **粗** | 竖线 \x01\ud800 `码`'
CONDITIONS = tuple(f"7.{number}" for number in range(1, 11))
_NUMERALS = "一二三四五六七八九十"
_TITLES = (
    *("主体资格", "基础条件", "转型服务", "产业带动", "技术攻关", "智库支撑", "成果产业化"),
    *("数据共享与保密", "真实性承诺", "其他规定"),
)


def words(file: str, quote: str, *, page: int | str | None = 1) -> Exhibit:
    boxes = ((72.0, 96.0, 310.5, 118.0),) if isinstance(page, int) else ()
    return Exhibit(file, f"{len(file):064x}", 0, page, 5, 5 + len(quote), quote, boxes)


NAME = words(LICENCE, "青岛示例智造科技有限公司(虚构)")
CODE = words(LICENCE, "91370212MAFAKE211W")


def finding(condition: str, verdict: Verdict = "unclear", *evidence: Exhibit) -> Finding:
    number = int(condition.split(".")[1])
    aspects = (AspectFinding("专项经费", evidence[:1]), AspectFinding("服务团队", ())) if condition == "7.2" else ()
    return Finding(
        condition,
        f"第七条第({_NUMERALS[number - 1]})项",
        _TITLES[number - 1],
        verdict,
        "材料中有相关内容,是否达到要求请人工核实。" if verdict == "unclear" else "核对了证照和登记信息。",
        "rule" if verdict in ("met", "unmet") else "retrieval",
        evidence,
        aspects,
    )


def report(key: str = "a" * 32, *, title: str = "青岛示例智造科技(虚构)", quote: str = "专项经费512.60万元") -> Report:
    """One finding of every verdict at least, an issue with two places, a missing material, an unreadable file."""
    support = (words("05 专项审计报告.pdf", quote, page=3), words(STAFF, "合计专职服务人员18人", page="专职人员名单"))
    verdicts: dict[str, Verdict] = {"7.1": "met", "7.3": "missing", "7.9": "unmet"}
    evidence = {"7.1": (NAME, CODE), "7.3": (), "7.9": (words(FORM, "承诺书没有签字", page=None),)}
    return Report(
        id=key,
        application="b" * 32,
        title=title,
        policy="qingdao-2021",
        policy_title="青岛市重点产业数字化转型赋能中心管理办法(试行)",
        version="bccf2ae33dde+0123456789ab",
        as_of=date(2022, 3, 20),
        made=datetime(2022, 3, 21, 1, 30, tzinfo=UTC),
        files=(
            FileRow(FORM, "1" * 64, "word", 1, "read", remarks=("第1页有白色文字。",), materials=("申报书",)),
            FileRow(LICENCE, "2" * 64, "image", 1, "ocr", materials=("法人资格证明",)),
            FileRow("扫描件.pdf", "3" * 64, "pdf", 0, "unreadable", reason="文件已加密,请解除密码后再提交。"),
        ),
        applicant=Applicant(
            name=Fact("name", NAME.quote, "单位名称", NAME),
            uscc=Fact("uscc", CODE.quote, "统一社会信用代码", CODE),
            entity_type="enterprise",
            registered_city="青岛",
        ),
        findings=tuple(
            finding(each, verdicts.get(each, "unclear"), *evidence.get(each, support)) for each in CONDITIONS
        ),
        missing=(
            MissingMaterial("真实性承诺书", "第七条第(九)项", "作出真实性承诺", named=True),
            MissingMaterial("场地证明", "第七条第(二)项", "环境", named=False, note="租赁合同或产权证明均可。"),
        ),
        issues=(
            Issue(
                "name_mismatch",
                "10 用户证明.pdf",
                1,
                "用户证明中的单位名称与营业执照差一个字。",
                (NAME, words("10 用户证明.pdf", "青岛示例智遣科技有限公司(虚构)")),
            ),
        ),
        advice="请先补齐承诺书的签字和日期,再提交。",
        notices=(Notice("expired", "本办法已于2023年11月18日失效。"),),
        facts=(Fact("name", NAME.quote, "单位名称", NAME),),
    )
