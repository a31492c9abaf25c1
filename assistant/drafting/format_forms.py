"""Rules for how single parts are written: 标题, 发文字号, 主送机关, 附件, 成文日期, 版记 (7.2.5 to 7.4.3)."""

import re
from collections.abc import Iterator

from assistant.drafting.format_roles import NUMBER, Told
from assistant.drafting.format_schema import Deviation

_DAY = re.compile(r"(?:\d{4}|×{2,4})年(?:[1-9]\d?|×{1,2})月(?:[1-9]\d?|×{1,2})日")


def form_deviations(told: tuple[Told, ...]) -> Iterator[Deviation]:
    """Deviations in how the words of single parts are written."""
    yield from _title(told)
    for each in told:
        text, place = each.line.text.strip(), f"第{each.line.number}段“{each.line.text.strip()[:16]}”"
        if each.role == "number":
            yield from _number(text, place)
        if each.role == "addressee" and text.endswith(":"):
            yield Deviation("7.3.2", place, "主送机关后为半角冒号", "全角冒号")
        if each.role in ("attachment", "attachment_more"):
            yield from _attachment(text, place)
        if each.role == "date" and not _DAY.fullmatch(text):
            yield Deviation("7.3.5.4", place, f"成文日期写作“{text}”", "如“2022年3月5日”,月、日不编虚位", fixable=False)
        if each.role == "copies" and not text.endswith("。"):
            yield Deviation("7.4.2", place, "最后一个抄送机关名称后没有句号", "标句号", fixable=False)
        if each.role == "print" and not re.search(_DAY.pattern + r"\s*印发$", text):
            yield Deviation("7.4.3", place, "印发日期的写法不对", "如“2022年3月5日印发”", fixable=False)
    if told and not any(each.role == "date" for each in told):
        yield Deviation("7.3.5.4", "文末", "没有找到成文日期", "署会议通过或签发的日期,用阿拉伯数字标全", fixable=False)


def _title(told: tuple[Told, ...]) -> Iterator[Deviation]:
    lines = [line for each in told if each.role == "title" for line in each.line.text.split("\n") if line.strip()]
    if not lines:
        if told:
            yield Deviation("7.3.1", "文首", "没有找到标题", "2号小标宋体字,居中排布", fixable=False)
        return
    place = f"标题“{''.join(lines)[:16]}”"
    lengths = [len(line.strip()) for line in lines]
    inner = range(1, len(lengths) - 1)
    waist = any(lengths[n] < min(max(lengths[:n]), max(lengths[n + 1 :])) - 1 for n in inner)
    if waist or (len(lengths) > 2 and len(set(lengths)) == 1):
        yield Deviation("7.3.1", place, f"各行 {'、'.join(map(str, lengths))} 字", "回行使用梯形或菱形", fixable=False)


def _number(text: str, place: str) -> Iterator[Deviation]:
    """7.2.5: the year in full in 〔〕, no 第, no leading zero."""
    match = NUMBER.match(text)
    if not match:
        return
    if (match["open"], match["close"]) != ("〔", "〕"):
        yield Deviation("7.2.5", place, f"年份用“{match['open']}{match['close']}”括入", "六角括号“〔〕”")
    if len(match["year"]) < 4 and match["year"].isdigit():
        yield Deviation("7.2.5", place, f"年份写作“{match['year']}”", "年份标全称", fixable=False)
    if match["extra"]:
        yield Deviation("7.2.5", place, "发文顺序号前有“第”字", "不加“第”字", fixable=False)
    if match["order"].startswith("0"):
        yield Deviation("7.2.5", place, f"发文顺序号为“{match['order']}”", "不编虚位,即 1 不编为 01", fixable=False)


def _attachment(text: str, place: str) -> Iterator[Deviation]:
    if re.match(r"^附\s*件\s*:", text):
        yield Deviation("7.3.4", place, "“附件”后为半角冒号", "全角冒号")
    if re.search(r"[。；;，,、]$", text):
        yield Deviation("7.3.4", place, "附件名称后有标点符号", "不加标点符号", fixable=False)
    if re.search(r"(?:附件[:：])?\s*\d{1,2}\s*、", text):
        yield Deviation("7.3.4", place, "附件顺序号后为顿号", "如“附件：1.××××”")
