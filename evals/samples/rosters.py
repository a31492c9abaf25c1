"""Lists in Excel: 专职人员名单, 社会保险, 服务案例清单, 经费支出明细."""

from dataclasses import dataclass
from datetime import date

from evals.samples.applicants import Applicant, day
from evals.samples.document import Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Case:
    """A service for a client; `amount` in 万元."""

    client: str
    service: str
    amount: float
    start: date
    end: date
    result: str


def team(applicant: Applicant, *, degrees: bool = True, insurance: bool = True) -> Workbook:
    """专职人员名单; with `insurance` a second sheet 社保缴纳. Without `degrees` these columns stay empty."""
    rows = tuple(
        (
            number,
            person.name,
            person.role,
            person.degree if degrees else None,
            person.title if degrees else None,
            "专职",
        )
        for number, person in enumerate(applicant.people, 1)
    )
    experts = sum(person.title == "高级工程师" for person in applicant.people)
    note = f"⟦7.2:服务团队|合计专职服务人员{len(rows)}人⟧" + (f"，其中高级工程师{experts}人" if degrees else "")
    columns = ("序号", "姓名", "岗位", "学历", "职称", "用工形式")
    roster = Sheet("专职人员名单", f"{applicant.name}专职服务团队名单", columns, rows, (7, 14, 20, 10, 16, 12), note)
    if not insurance:
        return Workbook((roster,))
    month = f"{applicant.year}年{applicant.applied.month - 1 or 1}月"
    paid = tuple(
        (number, person.name, day(person.since), month, "养老、医疗、失业、工伤、生育", 3852.0)
        for number, person in enumerate(applicant.people, 1)
    )
    titles = ("序号", "姓名", "首次参保日期", "最近缴费月份", "险种", "缴费基数（元）")
    note = f"⟦7.2:服务团队|{month}为{len(paid)}名专职人员缴纳社会保险⟧"
    return Workbook(
        (roster, Sheet("社保缴纳", f"{applicant.name}社会保险缴纳明细", titles, paid, (7, 14, 18, 16, 32, 16), note))
    )


def cases(applicant: Applicant, done: tuple[Case, ...]) -> Workbook:
    """服务案例清单, amounts in 万元 with their sum as a value."""
    rows = tuple(
        (number, case.client, case.service, case.amount, day(case.start), day(case.end), case.result)
        for number, case in enumerate(done, 1)
    )
    total: tuple[str | int | float | None, ...] = (
        "合计",
        None,
        None,
        round(sum(case.amount for case in done), 2),
        *(None,) * 3,
    )
    columns = ("序号", "服务对象", "服务内容", "合同金额（万元）", "开始日期", "结束日期", "实施效果")
    plans = sum("方案" in case.service for case in done)
    note = f"⟦7.3|本表为近三年典型案例{len(done)}个，其中{plans}个制定并实施了数字化改造方案⟧"
    sheet = Sheet("服务案例", f"{applicant.name}数字化转型服务案例清单", columns, (*rows, total),
                  (7, 30, 34, 16, 16, 16, 36), note)  # fmt: skip
    return Workbook((sheet,))


def spending(applicant: Applicant, items: tuple[tuple[str, float], ...]) -> Workbook:
    """专项研究与开发经费支出明细 of the year before; the `items` in 万元 add up to what the applicant spent."""
    total = round(sum(amount for _, amount in items), 2)
    rows = tuple(
        (number, name, amount, round(amount / total * 100, 2)) for number, (name, amount) in enumerate(items, 1)
    )
    last: tuple[str | int | float | None, ...] = (None, "合计", total, 100.0)
    columns = ("序号", "支出科目", "金额（万元）", "占比（%）")
    title = f"{applicant.name}{applicant.year - 1}年度专项研究与开发经费支出明细"
    note = f"⟦7.2:专项经费|{applicant.year - 1}年度专项研究与开发经费单独设账核算⟧"
    return Workbook((Sheet("经费支出明细", title, columns, (*rows, last), (8, 34, 18, 14), note),))
