"""Numbers with units in a plain text, as values, with the words that bound them (至少, 不超过, 连续, 以内)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.agent.verification.text import parts
from ingest.numerals import to_int

TIME = frozenset(("工作日", "日", "周", "月", "年", "小时", "分钟", "每月"))
_N = r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+|半"
_UNIT = (
    r"个?工作日|个?自然日|个?日历日|天|日(?!常|益|程|报|志)|周(?!期|边|知|围|密)|个?星期|个?月|个?季度|年|个?小时|个?钟头|分钟"
    r"|元|%|个百分点|倍|成(?![立为果员本功效熟])|分(?![为别析级类工等配布散成])|次(?!要)|回(?!应|复|报)"
    r"|个?(?:档|等级|等次|级别|等)|级|家|名(?!单|称|义)|人(?![民员才事工力])|位(?!于|置)|个|项|条|款|份|所|处|批|轮|类|种|套|台|件|步|点|章|方面|页|字"
)
_COUNT = re.compile(
    rf"(?P<part>百分之)?(?P<number>{_N})(?P<more>万亿|百万|千万|亿|万|千)?[余多来几]?(?P<unit>{_UNIT})?"
)
_EVERY = re.compile(
    rf"每(?:个)?(?P<number>半|{_N})?(?:个)?(?P<unit>年|季度|月|周|日|天|星期)(?!度)|(?P<half>半年)一次|(?P<once>一年)(?:一次|(?=累计|最多|至多|不超过|开展|组织))"
)
_MONTHS = {"年": Decimal(12), "季度": Decimal(3), "月": Decimal(1), "周": Decimal("0.25"), "星期": Decimal("0.25")}
_DATE = re.compile(
    r"[\d零〇一二三四五六七八九]{4}年(?:[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}[日号])?)?"
    r"|[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}[日号]|\d{4}([-./])\d{1,2}\1\d{1,2}"
)
_REFERENCE = re.compile(
    rf"第\(?(?:{_N})\)?(?:[、,和至到]第?\(?(?:{_N})\)?)*(?:条|款|项|目|章|节|编)(?:之(?:{_N}))?|\((?:{_N})\)项?|《[^》]*》"
)
_IDIOM = re.compile(
    r"[统唯单同任某另逐这每之第进万专]一(?![年月日周次季])|一(?:般|致|定|旦|切|起|律|并|体|直|些|样|共|方面?|步|站式|次性|线|流|系列)"
    r"|第[一二三四五六]方|第[一二三四五六七八九十]步|[一二三四五六七八九]是|百科|千方百计|(?<![二三四五六七八九])十分(?![之钟])|万一|[两二三]者|双方|四川|三亚|五金|二维|三维"
)
_BEFORE = {
    "least": re.compile(
        r"(?:至少|不少于|不低于|最少|最低|起码|不[得能可应](?:少于|低于)|达到|逾期?|达|满|超过)(?:为|要|得|有|联合|应|须|需|具有|具备|配备|设)*$"
    ),
    "most": re.compile(
        r"(?:不[得能可应]?超过|至多|最多|不多于|不高于|最高|上限[为是]?|最迟)(?:为|不超过)?$|(?:[元%日天个人万]|\d)[至到~—-]$"
    ),
    "over": re.compile(r"(?<!不)(?<!不[得能可应])(?:超过|大于|高于|多于|逾期?)$"),
    "running": re.compile(r"(?:连续|连着|接连|连)$"),
    "total": re.compile(r"(?:累计|累积|合计|总计|共计)[^\d零一二两三四五六七八九十]{0,7}$"),
    "from": re.compile(r"(?:后|起|以后|之后)(?:的)?(?:第)?$"),
    "until": re.compile(r"(?:前|之前|以前)(?:的)?(?:第)?$"),
}
_AFTER = {
    "least": re.compile(r"(?:及)?以上|起步|[至到~—-](?=\d|[一二两三四五六七八九十百千]+[元万日天个人%])"),
    "most": re.compile(r"(?:及)?以下|以?内|之内"),
    "later": re.compile(r"(?:以|之)?后"),
    "ago": re.compile(r"(?:以|之)?前"),
}
_NOT_LEAST = re.compile(r"(?:不|未)(?:得)?(?:超过|满|达到|达)$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in `place`, the part of a sentence. `unit` is of one writing (天 is 日), money is in 元, 每半年
    is 6 每月. `marks` are what bounds it: least, most, running, total, from, until, later, ago."""

    value: Decimal
    unit: str
    words: str
    place: str
    marks: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a plain text but for dates, names of clauses, titles and idioms, in order."""
    return tuple(number for part in parts(text) for number in _of(part))


def _of(part: str) -> Iterator[Number]:
    left = part
    for pattern in (_DATE, _REFERENCE, _IDIOM):
        left = pattern.sub(lambda m: "\u3000" * len(m[0]), left)
    for m in _EVERY.finditer(left):
        if m["half"] or m["once"]:
            months = Decimal(6 if m["half"] else 12)
        elif m["unit"] in _MONTHS:
            months = _MONTHS[m["unit"]] * (_value(m["number"], None) or 1)
        else:
            months = Decimal("0.03")
        span = left[m.start() : m.end() - (2 if m[0].endswith("一次") else 0)]
        yield Number(months, "每月", span, part)
        left = left[: m.start()] + "\u3000" * len(span) + left[m.start() + len(span) :]
    for m in _COUNT.finditer(left):
        value, unit = _value(m["number"], m["more"]), _unit(m["unit"], bool(m["part"]))
        if unit == "成" and value is not None:
            value, unit = value * 10, "%"
        if value is None or not _counts(m, unit):
            continue
        yield Number(value, unit, m[0], part, _marks(left[: m.start()], left[m.end() :]))


def _counts(m: re.Match[str], unit: str) -> bool:
    """Whether a match is a number that says how much: digits always, Chinese numerals with a unit, 一个 never."""
    if m["number"][0].isdigit() or m["part"]:
        return True
    if m["number"] == "一" and unit in (
        "",
        "家",
        "名",
        "人",
        "位",
        "项",
        "条",
        "份",
        "所",
        "处",
        "批",
        "类",
        "种",
        "套",
        "台",
        "件",
        "点",
    ):
        return bool(_BEFORE["least"].search(m.string[: m.start()]) or _BEFORE["most"].search(m.string[: m.start()]))
    return bool(m["unit"]) or (len(m["number"]) > 1 and m["number"] not in ("万千", "千万", "百千"))


def _value(number: str | None, more: str | None) -> Decimal | None:
    if number is None:
        return None
    scale = {"万亿": 10**12, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万": 10**4, "千": 10**3}.get(more or "", 1)
    if number == "半":
        return Decimal("0.5")
    try:
        return (Decimal(number) if number[0].isdigit() else Decimal(to_int(number))) * scale
    except (ValueError, ArithmeticError):
        return None


def _unit(unit: str | None, percent: bool) -> str:
    if percent:
        return "%"
    bare = (unit or "").removeprefix("个")
    same = {
        "名": "人",
        "位": "人",
        "天": "日",
        "自然日": "日",
        "日历日": "日",
        "星期": "周",
        "回": "次",
        "钟头": "小时",
        "百分点": "%",
    }
    return "级" if bare in ("档", "等级", "等次", "级别", "等") else same.get(bare, bare)


def _marks(before: str, after: str) -> frozenset[str]:
    found = {mark for mark, pattern in _BEFORE.items() if pattern.search(before)}
    if _NOT_LEAST.search(before):
        found = (found - {"least"}) | {"most"}
    found |= {mark for mark, pattern in _AFTER.items() if pattern.match(after)}
    return frozenset(found)
