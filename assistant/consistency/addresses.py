"""Addresses that should be the same place: of registration, and of the rooms that the applicant works in."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from assistant.consistency.case import Case, short
from assistant.facts.labels import BUSINESS, LEASED, REGISTERED
from assistant.facts.width import bare
from assistant.reports.schema import Fact, Issue

_ADMINISTRATIVE = re.compile(r"[一-鿿]{2,7}?(?:省|自治区|自治州|地区|市|区|县|旗)")
_ZONE = re.compile(r"(?:新区|开发区|高新区|技术产业区|保税区|示范区|功能区|经济区|度假区)$")
_NUMBER = re.compile(r"(?P<road>[一-鿿]{1,12}?)(?P<number>\d+)(?:[-－之]\d+)?号?")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def address_issues(case: Case) -> Iterator[Issue]:
    """Two registered addresses, and rooms elsewhere than the place of business (or the seat) that is named."""
    seat = case.applicant.address
    told: set[tuple[str, str]] = set()
    for fact in case.of("address", *REGISTERED):
        if (
            seat
            and not case.is_others(fact)
            and not same_place(fact.value, seat.value, recognised=_recognised(case, fact, seat))
        ):
            key = (fact.exhibit.sha256, fact.value)
            if key not in told:
                told.add(key)
                yield _issue(case, fact, seat, "注册地址(住所)")
    named = case.of("address", BUSINESS) + ([seat] if seat else [])
    for fact in case.of("address", LEASED):
        if not named or any(
            same_place(fact.value, one.value, recognised=_recognised(case, fact, one)) for one in named
        ):
            continue
        if (fact.exhibit.sha256, fact.value) not in told and not _is_told(case, fact):
            told.add((fact.exhibit.sha256, fact.value))
            yield _issue(case, fact, named[0], "租赁(使用)的房屋")


def _issue(case: Case, fact: Fact, other: Fact, what: str) -> Issue:
    cities = [case.regions.city_of(one.value) for one in (fact, other)]
    apart = f",一个在{cities[0]},一个在{cities[1]}" if all(cities) and cities[0] != cities[1] else ""
    doubt = "(该页由图像识别,可能是识别误差)" if case.is_recognised(fact.exhibit) else ""
    message = (
        f"“{short(fact.exhibit.file)}”中{what}的地址“{fact.value}”与“{short(other.exhibit.file)}”中的"
        f"{other.role}“{other.value}”不一致{apart}{doubt},请核对。"
    )
    return Issue("address_conflict", fact.exhibit.file, fact.exhibit.page, message, (fact.exhibit, other.exhibit))


def _is_told(case: Case, fact: Fact) -> bool:
    """Whether another paper of the applicant names the same rooms, so that nothing is left unsaid."""
    core = _core(fact.value)
    return any(
        fact.exhibit.sha256 != material.sha256 and core and core in bare(page.text)
        for material, _, page in case.pages()
        if case.papers.get(material.sha256) in ("form", "licence")
    )


def _recognised(case: Case, *facts: Fact) -> bool:
    return any(case.is_recognised(fact.exhibit) for fact in facts)


def same_place(one: str, other: str, *, recognised: bool = False) -> bool:
    """Whether two addresses can be one place: either may lack province, city, building or room. Of `recognised` pages
    one character in eight may be misread, but no number."""
    first, second = _core(one), _core(other)
    if not first or not second or first in second or second in first:
        return not _districts_differ(one, other)
    roads = [_NUMBER.search(core) for core in (first, second)]
    if all(roads):
        (road, number), (road2, number2) = ((found["road"], found["number"]) for found in roads if found)
        if number != number2:
            return False
        if road.endswith(road2) or road2.endswith(road):
            return not _districts_differ(one, other)
    if not recognised:
        return False
    alike = SequenceMatcher(a=first, b=second, autojunk=False).ratio()
    return alike > 0.85 and re.findall(r"\d+", first) == re.findall(r"\d+", second)


def _core(address: str) -> str:
    """The street, its number and what follows: without province, city, district, brackets and punctuation."""
    words = re.sub(r"\([^()]*\)|[^\w]", "", bare(address).translate(_DIGITS))
    return words[_head(words) :]


def _head(words: str) -> int:
    """Where province, city and district end."""
    end = 0
    while (found := _ADMINISTRATIVE.match(words, end)) and not re.search(
        r"园区|社区|小区|厂区|校区|街区", found.group()
    ):
        end = found.end()
    return end


def _districts_differ(one: str, other: str) -> bool:
    found = [_ADMINISTRATIVE.findall(bare(address)[: _head(bare(address))]) for address in (one, other)]
    # Zones lie over districts: 西海岸新区 is 黄岛区 as well.
    districts = [
        names[-1] if names and names[-1][-1] in "区县" and not _ZONE.search(names[-1]) else None for names in found
    ]
    return None not in districts and districts[0] != districts[1]
