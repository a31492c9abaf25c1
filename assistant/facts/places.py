"""Addresses: of the seat, the place of business, the leased rooms; and the places of region codes (GB/T 2260)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.facts.labels import ADDRESSES, BUSINESS, LEASED, SITE
from assistant.facts.layout import Field
from assistant.facts.width import flat
from ingest.errors import PolicyError
from ingest.materials import Page

_LOOKS = re.compile(r"[一-鿿]{2,}.*(?:省|市|区|县|州|旗|路|街|道|号|镇|乡|村|园|大厦|楼|层|室)")
_LATIN = re.compile(
    r"[A-Z0-9][\x20-\x7e]{6,120}(?:Road|Rd|Street|St|Avenue|Lane|District|City|Province|China"
    r"|Qingdao)\b[\x20-\x7e]{0,60}"
)
_STOP = re.compile(
    r"[,。;、]|(?:的|内)?(?:房屋|厂房|办公楼|办公用房|场地|写字楼)(?=出租|租赁|租给|作为|用于|,|。)|的(?=房)| {3,}"
    r"|\((?:以下|自有|租赁|租用|邮编|注册|实际|同|与|即|系|产权|办公)"
)
_TOLD = (
    (
        "注册地址",
        r"(?:注册地址|注册地|注册住所|登记住所|工商注册地址?)(?:址)?(?:为|是|在|位于|设在|于|(?=[一-鿿]{2,5}(?:省|市|区|县)))",
    ),
    ("住所", r"(?:法定|登记|注册)?住所(?:地)?(?:为|是|在|位于|设在|:|(?=[一-鿿]{2,5}(?:省|市|区|县)))"),
    ("注册地址", r"(?:注册|登记)(?:于|在)(?=[一-鿿]{2,5}(?:省|市|区|县))"),
    ("通讯地址", r"(?:公司|单位|我们)?地址(?:在|是|为)(?=[一-鿿]{2,5}(?:省|市|区|县|路|镇))"),
    ("通讯地址", r"(?<=[0-9A-HJ-NPQRTUWXY]{18})[,;、]? *(?:住|地址|家)?(?:在|位于)(?=[一-鿿]{2,5}(?:省|市|区|县))"),
    (BUSINESS, r"(?:实际|主要)?(?:经营|运营|营业|办公)(?:场所|地址|地点|地)(?:为|是|在|位于|设在|设于)"),
    (
        SITE,
        r"(?:公司|单位|我院|我校|本院|本校|协会|学会|研究院|研究所|学院|大学|中心)(?:现|总部)?(?:位于|地处|设在|坐落于)",
    ),
    (LEASED, r"(?:坐落|座落)(?:于|在|为)"),
    (LEASED, r"(?:房屋|厂房|办公楼|场地)(?:地址)?(?:位于|为|在)"),
)
_OTHERS = re.compile(
    r"(?:甲方|出租方|出租人|委托方|发包方|丙方|客户|用户|对方|服务对象|联合申报单位|合作方)[^。;]{0,12}$"
)


def addresses(page: Page, given: Sequence[Field]) -> Iterator[tuple[int, int, str]]:
    """The (start, end, role) of the addresses on a page: the values of fields, and what sentences call 注册地址,
    住所, 经营场所, or say rooms to be (坐落于)."""
    found: list[tuple[int, int]] = []
    for field in given:
        role = ADDRESSES.get(field.label) or ADDRESSES.get(field.head)
        value = flat(page.text[field.start : field.end])
        if role and (_LOOKS.match(value) or _LATIN.fullmatch(value)):
            end = field.start + (len(value) if value.isascii() else _length(page.text[field.start : field.end]))
            found.append((field.start, end))
            yield field.start, end, role
    even = flat(page.text)
    for role, pattern in _TOLD:
        for told in re.finditer(pattern, even):
            until = even.find("\n", told.end())
            text = even[told.end() : until if until >= 0 else len(even)]
            start, end = told.end(), told.end() + _length(text)
            others = role != LEASED and _OTHERS.search(even[max(0, told.start() - 20) : told.start()])
            if others or not _LOOKS.match(even[start:end]):
                continue
            if not any(start < other[1] and other[0] < end for other in found):
                found.append((start, end))
                yield start, end, role


def _length(text: str) -> int:
    stop = _STOP.search(flat(text))
    kept = text[: stop.start()] if stop else text
    return len(kept.rstrip(" 　.。"))


@dataclass(frozen=True, slots=True)
class Regions:
    """Provinces and cities (without 省 and 市) by their digits in GB/T 2260: 37 → 山东, 3702 → 青岛."""

    names: Mapping[str, str]

    def city_of_code(self, region: str) -> str | None:
        """The city of six digits; None for a whole province (370000) and for digits that are nobody's."""
        if region[:2] in ("11", "12", "31", "50"):
            return self.names.get(region[:2])
        return self.names.get(region[:4])

    def city_of(self, address: str) -> str | None:
        """The city that an address or the name of an authority begins with; None when it names none."""
        text = "".join(flat(address).split()).removeprefix("中国")
        first: tuple[int, int, str] | None = None
        for code, name in self.names.items():
            if len(code) == 2 and code not in ("11", "12", "31", "50"):
                continue
            at = text.find(name)
            if (
                0 <= at <= 9
                and self._is_place(text, at, name, code)
                and (first is None or (at, -len(name)) < first[:2])
            ):
                first = (at, -len(name), name)
        return first[2] if first else None

    def _is_place(self, text: str, at: int, name: str, code: str) -> bool:
        """At the beginning, or behind the province; followed by 市, 地区, 州, 盟 or a district."""
        before = text[:at]
        province = self.names.get(code[:2], "")
        if before and not re.fullmatch(rf"{province}(?:省|壮族自治区|回族自治区|维吾尔自治区|自治区|市)?", before):
            return False
        return not text[at + len(name) :].startswith(("路", "街", "道", "大道", "大街", "大厦"))

    def province_of(self, address: str) -> str | None:
        """The province that an address begins with, or that its city lies in."""
        text = "".join(flat(address).split()).removeprefix("中国")
        for code, name in self.names.items():
            if len(code) == 2 and text.startswith(name):
                return name
        city = self.city_of(address)
        return next((self.names[code[:2]] for code, name in self.names.items() if name == city), None)


def load_regions(path: Path) -> Regions:
    """The regions in `path`: per line the digits and name of a province, then two digits and name of each city.
    Raises PolicyError when the file is missing."""
    try:
        rows = [line.split() for line in path.read_text("utf-8").splitlines() if line.strip() and line[0] != "#"]
    except FileNotFoundError:
        raise PolicyError(f"找不到行政区划表 {path.name},请在 corpus/ 下恢复它。") from None
    names: dict[str, str] = {}
    for province, *cities in rows:
        digits, name = province[:2], province[2:]
        names[digits] = name
        names.update({digits + city[:2]: city[2:] for city in cities})
    return Regions(names)
