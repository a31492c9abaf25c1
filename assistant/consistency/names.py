"""Names that differ from the applicant's by a character or two, and files of another unit."""

from collections.abc import Iterator

from assistant.consistency.case import Case, short
from assistant.consistency.holders import holder_issues
from assistant.facts.labels import APPLICANT, CLOSING, LISTED, OTHER_NAMES
from assistant.facts.width import bare, flat
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit, Fact, Issue
from ingest.materials import Material, Page

_PARTS = ("有限责任", "股份有限", "有限", "责任", "股份", "省", "市", "(", ")")
"""Parts of a name that are left out or put in by mistake; the rest is the name's own"""
_RELATED = ("集团", "控股", "分公司", "工会")
_ALIKE = (
    "字宇 未末 己已巳 土士 日曰 人入 大太犬 千干于 天夫无 刀力 田由甲申 目日 木本术 午牛 王玉主 心必 戊戌戍 侯候"
    " 折拆 洒酒 晴睛 崂唠 链琏 智知 岛鸟 海每 科料 研硏 院阮 技枝 信倍 息总 软轮 件伴 网冈 络洛 泰秦 瑞端 辰晨 晟盛"
)


def name_issues(case: Case) -> Iterator[Issue]:
    """One issue for each file and wrong spelling, and one for each other unit whose files are among the materials."""
    if case.applicant.name is None:
        return
    others = _others(case, case.applicant.name.value)
    for material in case.materials:
        spellings: set[str] = set()
        for shown in _near(case, material, case.applicant.name.value):
            spelt = bare(shown.quote)
            if spelt not in spellings and spelt not in others:
                spellings.add(spelt)
                yield _misspelt(case, shown, case.applicant.name)
    mixed = tuple(_mixed(case, case.applicant.name, others))
    yield from mixed
    told = {place.file for issue in mixed for place in issue.places}
    yield from (issue for issue in holder_issues(case, others) if issue.file not in told)


def _misspelt(case: Case, shown: Exhibit, name: Fact) -> Issue:
    spelt = bare(shown.quote)
    pairs = [(a, b) for a, b in zip(spelt, name.value, strict=False) if a != b] if len(spelt) == len(name.value) else []
    by = "、".join(f"“{a}”与“{b}”" for a, b in pairs)
    close = pairs and all(any(a in group and b in group for group in _ALIKE.split()) for a, b in pairs)
    doubt = f",该页由图像识别{',字形相近' if close else ''},可能是识别误差" if case.is_recognised(shown) else ""
    differing = f"相差{len(pairs)}个字({by})" if pairs else "不一致"
    where, right = short(shown.file), f"“{short(name.exhibit.file)}”中的“{name.value}”"
    message = f"“{where}”中的单位名称“{spelt}”与{right}{differing}{doubt},请核对。"
    return Issue("name_mismatch", shown.file, shown.page, message, (shown, name.exhibit))


def _others(case: Case, name: str) -> set[str]:
    """Names of other organisations: partners, and parties of a paper in which the applicant is another party."""
    found = {fact.value for fact in case.facts if fact.kind == "joint_applicant" or fact.role == LISTED}
    by_file: dict[str, list[Fact]] = {}
    for fact in case.of("name", own=False):
        by_file.setdefault(fact.exhibit.sha256, []).append(fact)
    for sha256, facts in by_file.items():
        if any(fact.value == name for fact in facts):
            closing = case.papers.get(sha256) in ("proof", "other")
            found |= {fact.value for fact in facts if fact.role in OTHER_NAMES or (closing and fact.role == CLOSING)}
    return found - {name}


def _near(case: Case, material: Material, name: str) -> Iterator[Exhibit]:
    """Words that are the name but for one or two characters."""
    doubtful = _doubtful(material)
    pages = [_squeezed(page) for page in material.pages]
    exact = any(name in words for words, _ in pages)
    for place, (words, at) in enumerate(pages):
        for start, end, distance in near(words, name):
            spelt = words[start:end]
            if spelt[distance:] == name[distance:] and distance == 2:  # the place before the name was left out
                start, spelt = start + distance, spelt[distance:]
            if _is_other(case, words[max(0, start - 2) : end], name) or (
                distance == 2 and exact and _own_part(spelt) != _own_part(name)
            ):
                continue
            shown = exhibit(material, place, at[start], at[end - 1] + 1)
            # Under a seal, or in a line that recognition is not sure of, beside the right name: nothing to tell.
            if material.pages[place].ocr and exact and any(spelt in line for line in doubtful):
                continue
            yield shown


def _doubtful(material: Material) -> list[str]:
    kinds = ("low_confidence", "seal")
    return [bare(remark.text) for remark in material.remarks if remark.kind in kinds and remark.text]


def _is_other(case: Case, spelt: str, name: str) -> bool:
    """A unit of another place, or one that says that it is related. `spelt` may begin two characters early."""
    places = [place for place in case.regions.names.values() if place in spelt[:6] and place not in name]
    return bool(places) or any(part in spelt and part not in name for part in _RELATED)


def _own_part(name: str) -> str:
    for part in _PARTS:
        name = name.replace(part, "")
    return name


def _squeezed(page: Page) -> tuple[str, list[int]]:
    """The page's text in one width without spaces and line ends, and where each character stands; tabs stay."""
    even = flat(page.text)
    kept = [place for place, char in enumerate(even) if char not in " \n"]
    return "".join(even[place] for place in kept), kept


def near(words: str, name: str) -> list[tuple[int, int, int]]:
    """The (start, end, distance) of what is `name` but for 1 or 2 characters in `words`; where the name itself stands
    there is nothing near. One of three parts of the name stands unchanged in all that is near it."""
    size = len(name)
    if size < 6:
        return []
    cuts = (0, size // 3, 2 * size // 3, size)
    found: dict[int, tuple[int, int, int]] = {}
    for low, high in ((cuts[n], cuts[n + 1]) for n in range(3)):
        at = words.find(name[low:high])
        while at >= 0:
            begin = max(0, at - low - 2)
            window = words[begin : at - low + size + 2]
            if name not in window and _shares(window, name):
                start, end, distance = _aligned(name, window)
                if 1 <= distance <= 2 and "\t" not in window[start:end]:
                    key = begin + end
                    if key not in found or found[key][2] > distance:
                        found[key] = (begin + start, begin + end, distance)
            at = words.find(name[low:high], at + 1)
    return _apart(sorted(found.values(), key=lambda one: (one[2], one[0])))


def _apart(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The nearest of those that overlap."""
    kept: list[tuple[int, int, int]] = []
    for one in found:
        if not any(one[0] < other[1] and other[0] < one[1] for other in kept):
            kept.append(one)
    return sorted(kept)


def _shares(window: str, name: str) -> bool:
    return sum(char in window for char in name) >= len(name) - 2


def _aligned(name: str, window: str) -> tuple[int, int, int]:
    """Start, end and edit distance of the part of `window` that is nearest to `name`; the longest of equals."""
    row: list[tuple[int, int]] = [(0, place) for place in range(len(window) + 1)]  # distance, start
    for number, char in enumerate(name, 1):
        following = [(number, 0)]
        for place, other in enumerate(window, 1):
            changed = (row[place - 1][0] + (char != other), row[place - 1][1])
            left_out = (row[place][0] + 1, row[place][1])
            put_in = (following[place - 1][0] + 1, following[place - 1][1])
            following.append(min(changed, left_out, put_in))
        row = following
    end = min(range(len(window) + 1), key=lambda place: (row[place][0], -(place - row[place][1])))
    return row[end][1], end, row[end][0]


def _mixed(case: Case, name: Fact, others: set[str]) -> Iterator[Issue]:
    """Another unit's licence, form or pledge, with all files that speak of that unit and not of the applicant."""
    units: dict[str, list[Fact]] = {}
    for fact in case.of("name", APPLICANT, own=False):
        if case.paper(fact) in ("licence", "form", "pledge") and fact.value not in others and _is_far(fact, name):
            units.setdefault(fact.value, []).append(fact)
    speaking = {
        material.sha256
        for material in case.materials
        if any(name.value in _squeezed(page)[0] for page in material.pages)
    }
    for unit, facts in units.items():
        told = {fact.exhibit.sha256: fact.exhibit for fact in facts if fact.exhibit.sha256 not in speaking}
        if not told:
            continue
        for fact in case.of("name", own=False):
            if fact.value == unit and fact.exhibit.sha256 not in speaking:
                told.setdefault(fact.exhibit.sha256, fact.exhibit)
        places = tuple(told.values())
        files = "、".join(f"“{short(place.file)}”" for place in places[:5]) + ("等" if len(places) > 5 else "")
        message = f"有{len(places)}份材料是另一单位“{unit}”的({files}),与申报单位“{name.value}”不同,请核对是否混入。"
        yield Issue("name_mismatch", places[0].file, places[0].page, message, (*places, name.exhibit))


def _is_far(fact: Fact, name: Fact) -> bool:
    """Neither the name, nor a spelling of it, nor a part of the unit (分公司, 学院)."""
    one, other = fact.value, name.value
    return one not in other and other not in one and not near(f"{one}\t", other)
