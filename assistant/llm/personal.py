"""Where personal data stands in a text: identity cards, telephones, e-mail, accounts, names of people.

Shapes decide, not a model of the language: what looks like one of these is taken for one, because a word that is
masked needlessly costs a reader little, and one that is not leaves the machine.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.llm.personal_numbers import UNSEEN, PersonalKind, numbers
from assistant.llm.surnames import DOUBLE, SINGLE

_HAN = "一-龥㐀-䶵"
_GIVEN = rf"(?![等的在为和与及并任是担负主已将于按对从由作到具有签盖章组牵带])[{_HAN}]"
_SPACE = "[ \u3000]{0,4}"
_NAME = rf"(?:(?:{'|'.join(DOUBLE)}){_GIVEN}(?:{_GIVEN})?|[{SINGLE}]{_SPACE}{_GIVEN}(?:{_SPACE}{_GIVEN})?)"
_AFTER = rf"(?=$|[^{_HAN}]|等|担任|负责|牵头|主持|带领|组织|任|同志|先生|女士|老师|教授|博士|和|与|及|签字|已|的)"
_NOTE = r"(?:[(（][^)）\n]{0,10}[)）])?"
_FIELDS = "|".join(
    r"\s*".join(label)
    for label in (
        *(
            "姓名",
            "联系人",
            "联络人",
            "法定代表人",
            "法人代表",
            "负责人",
            "经办人",
            "申报人",
            "填报人",
            "填表人",
            "制表人",
        ),
        *("授权代表", "授权人", "承诺人", "签字人", "签名", "签字", "法人", "代表人", "收款人", "户名"),
    )
)
_TITLES = (
    r"主任|所长|院长|校长|会长|秘书长|总经理|董事长|总监|项目经理|组长|注册会计师|会计|出纳|审核|复核|校对|编制|顾问|专家|讲师"
    r"|我叫|我是|本人"
)
_LABELLED = re.compile(rf"(?:{_FIELDS}|{_TITLES}){_NOTE}(?:[:： \u3000\t]|为|是|由){{0,6}}({_NAME}){_AFTER}")
_FIELD = re.compile(
    rf"(?:{_FIELDS}){_NOTE}{_SPACE}[:：\t]{_SPACE}([{_HAN}]{{2,4}}|[{_HAN}]{{2,10}}[·•][{_HAN}]{{1,10}})"
    r"(?=[\s,，。;；、(（]|$)"
)
_ADDRESSED = re.compile(rf"({_NAME})(?=先生|女士|同志|老师|教授|博士|总经理|董事长|研究员|工程师|院士)")
_LIST = re.compile(rf"(?<![{_HAN}])({_NAME}(?:[、,，/]{_NAME}){{2,}}){_AFTER}")
_LISTED = re.compile(
    rf"(?:成员|人员|组员|名单|专家|讲师|顾问|联系人|参加|参会|作者|发明人|起草人){_NOTE}"
    rf"(?:[:： \u3000\t]|有|为|是|包括){{1,4}}({_NAME}(?:[、,， /和与及]{{1,2}}{_NAME})*){_AFTER}"
)
_HEADS = re.compile(r"姓\s*名|联\s*系\s*人|负\s*责\s*人|法\s*定\s*代\s*表\s*人|人员$|讲师$|专家$|发明人|作者")
_CELL = re.compile(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{2,10}}[·•][{_HAN}]{{1,10}}|[{_HAN}](?:[ \u3000]{{0,4}}[{_HAN}]){{1,3}}")
_NO_NAME = re.compile(
    r"签字|签名|盖章|见附|附件|同上|不详|暂无|公司|单位|中心|合计|总计|小计|姓名|职务|职称|电话|岗位|学历|性别|专业|部门"
)
# Words that begin like a name; in a column of names they are names all the same.
_COMMON = re.compile(
    r"高[新级等校效端质]|安[全排装]|方[案法向便面式]|金[融额属]|时[间效]|成[本果员立熟功]|应[用急]|单[位元]|全[部市省国面程]|党[员委建]"
    r"|文[件化档本]|常[务见规]|任[务职]|解决|管[理控线]|路[由线径]|程[序度]|项目|简[历介]|温度|季度|严格|强化|石[油化]|关[系键于]|向[上下]"
    r"|毛利|施工|范围|申[报请]|章程|许可|原[则件材]|左右|边[缘界]|谈判|屠宰|常年|钱款|白色|黄金|马上|陶瓷|江苏|江西|宁夏|贺信"
    r"|.{1,2}[区市县省局委办部处科室]$"
)
_SEPARATED = re.compile(r"[、,，/和与及]|\s{2,}")


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at `start:end` of a text."""

    kind: PersonalKind
    start: int
    end: int


def personal(text: str, names: Iterable[str] = ()) -> tuple[Personal, ...]:
    """What stands in a text, in order and apart. `names` are those of people known from elsewhere."""
    found = [
        *(Personal(*each) for each in numbers(text)),
        *_names(text, names),
    ]
    # Of two that overlap the one that begins first, and of these the longer; what is cut off is looked at again.
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Personal] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            if each.end > kept[-1].end:
                kept[-1] = Personal(kept[-1].kind, kept[-1].start, each.end)
            continue
        kept.append(each)
    return tuple(kept)


def names_in(rows: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """The names of people in a table: under a head that says so (姓名) and beside one."""
    found: set[str] = set()
    columns: set[int] = set()
    for row in rows:
        heads = {at for at, cell in enumerate(row) if cell.strip() and _HEADS.search(cell.strip())}
        if heads:
            columns = heads
            beside = (after for cell, after in pairwise(row) if _HEADS.search(cell.strip()))
            found |= {each for cell in beside for each in _in_cell(cell)}
            continue
        found |= {each for at in columns if at < len(row) for each in _in_cell(row[at])}
    return frozenset(found)


def _in_cell(cell: str) -> Iterator[str]:
    for each in _SEPARATED.split(cell.strip()):
        if _CELL.fullmatch(each.strip()) and not _NO_NAME.search("".join(each.split())):
            yield each.strip()


@lru_cache(maxsize=16)
def _known(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """The names, each however spaced, the longest first; one letter is no name."""
    letters = [[re.escape(letter) for letter in name if not letter.isspace()] for name in names]
    spaced = [
        rf"[ \u3000{UNSEEN}]{{0,4}}".join(each) for each in sorted(letters, key=len, reverse=True) if len(each) > 1
    ]
    return re.compile("|".join(spaced)) if spaced else None


def _names(text: str, names: Iterable[str]) -> Iterator[Personal]:
    if known := _known(tuple(names)):
        yield from (Personal("姓名", *each.span()) for each in known.finditer(text))
    for pattern in (_LABELLED, _FIELD, _ADDRESSED):
        for each in pattern.finditer(text):
            if _is_name(each.group(1)):
                yield Personal("姓名", *each.span(1))
    for pattern in (_LIST, _LISTED):
        for listed in pattern.finditer(text):
            for each in re.finditer(_NAME, listed.group(1)):
                if _is_name(each.group()):
                    yield Personal("姓名", listed.start(1) + each.start(), listed.start(1) + each.end())


def _is_name(words: str) -> bool:
    plain = "".join(words.split())
    return not (_NO_NAME.search(plain) or _COMMON.match(plain))
