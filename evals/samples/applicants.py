"""The facts of fictional applicants: every paper of a package takes them from here."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntityType = Literal["enterprise", "university", "institute", "association", "thinktank", "other"]
ENTITY_NAMES: dict[EntityType, str] = {
    "enterprise": "企业",
    "university": "高等院校",
    "institute": "科研院所",
    "association": "行业协会",
    "thinktank": "智库机构",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str
    degree: str
    title: str
    since: date
    """the first month that social insurance was paid for"""


@dataclass(frozen=True, slots=True)
class Applicant:
    """An applicant as its papers describe it. Amounts are in 万元."""

    name: str
    uscc: str
    entity_type: EntityType
    legal_representative: str
    address: str
    registered_city: str | None
    """None where no city registers it, but a province or the state"""
    located_city: str
    authority: str
    """where it is registered"""
    established: date
    capital: float
    industry: str
    """申报产业领域, without 产业"""
    scope: str
    applied: date
    spent: float | None
    """专项研究与开发经费 of the year before; None where no paper says it"""
    budget: float | None
    """专项研究与开发经费 of this year"""
    people: tuple[Person, ...]
    joint: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        return self.applied.year


def day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def money(amount: float | None) -> str:
    """An amount in 万元 as papers write it: 512.6 is 512.60万元, 600 is 600万元; a blank for None."""
    if amount is None:
        return "　　　　万元"
    return f"{amount:.0f}万元" if amount == int(amount) else f"{amount:.2f}万元"


ROLES = ("咨询顾问", "解决方案工程师", "平台研发工程师", "数据分析师", "实施工程师", "培训讲师")


def staff(*, count: int, joined: date, first: int = 0, roles: tuple[str, ...] = ROLES) -> tuple[Person, ...]:
    """Placeholder people, a surname and 示例 each; `first` chooses where the surnames begin."""
    surnames = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施孔曹严华"
    degrees = (("硕士", "工程师"), ("本科", "工程师"), ("博士", "高级工程师"), ("本科", "助理工程师"))
    return tuple(
        Person(
            f"{surnames[(first + n) % len(surnames)]}示例",
            roles[n % len(roles)],
            *degrees[n % 4],
            _months(joined, n % 7),
        )
        for n in range(count)
    )


def _months(when: date, months: int) -> date:
    years, month = divmod(when.month - 1 + months, 12)
    return date(when.year + years, month + 1, 1)
