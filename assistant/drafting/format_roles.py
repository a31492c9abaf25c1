"""Which part of a document of office each line is, told by its words and its place: 标题, 主送机关, 正文, ..."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.format_reading import Line

FormatRole = (
    Literal["agency", "number", "title", "addressee", "heading1", "heading2", "heading3", "heading4", "body"]
    | (Literal["attachment", "attachment_more", "signature", "date", "note", "copies", "print", "cell"])
)

NUMBER = re.compile(
    r"^\s*(?P<agency>[\u4e00-\u9fff×]{2,30})\s*(?P<open>[〔\[［【(（{])\s*(?P<year>\d{2,4}|[×Xx]{2,4})\s*"
    r"(?P<close>[〕\]］】)）}])\s*(?P<extra>第?)\s*(?P<order>\d+|[×Xx]{1,4})\s*号"
)
_DAY = re.compile(
    r"^\s*(?:[0-9×]{4}\s*年\s*[0-9×]{1,2}\s*月\s*[0-9×]{1,2}\s*日|[〇○零一二三四五六七八九十0Oo]{4}年\S{1,3}月\S{1,4}日"
    r"|\d{4}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2})\s*$"
)
_HEADINGS: tuple[tuple[FormatRole, re.Pattern[str]], ...] = (
    ("heading1", re.compile(r"^\s*[一二三四五六七八九十百零]+\s*[、.．]")),
    ("heading2", re.compile(r"^\s*[（(][一二三四五六七八九十百零]+[）)]")),
    ("heading3", re.compile(r"^\s*\d{1,2}\s*[.．、](?!\d)")),
    ("heading4", re.compile(r"^\s*[（(]\d{1,2}[）)]")),
)
_HEADING_LENGTH = 40
"""A numbered line longer than this, or with a sentence's end inside, is a paragraph of text that is numbered."""
_TITLE_WORDS = re.compile(
    r"(通知|公告|公示|通报|报告|请示|批复|意见|函|纪要|决定|命令|令|议案|通告|决议|公报|说明|方案|办法|表)\s*$"
)
_RED = re.compile("^(FF|E[0-9A-F]|D[0-9A-F]|C[0-9A-F])[0-4][0-9A-F][0-4][0-9A-F]$")


@dataclass(frozen=True, slots=True)
class Told:
    line: Line
    role: FormatRole


def is_red(colour: str) -> bool:
    return bool(_RED.match(colour.upper()))


def tell_roles(lines: tuple[Line, ...]) -> tuple[Told, ...]:
    """Each line with its part, in order."""
    text = [line for line in lines if line.where == "text"]
    top = _top(text)
    end = _end(text, 1 + max((line.number for line in top.values()), default=0)) if text else {}
    roles: dict[int, FormatRole] = {n: role for role, line in top.items() for n in [line.number]}
    title = _title(text, roles)
    roles |= {line.number: "title" for line in title}
    after = max(roles, default=0)
    addressee = next((line for line in text if line.number > after), None)
    if title and addressee and re.search(r"[:：]\s*$", addressee.text) and not _heading(addressee):
        roles[addressee.number] = "addressee"
    roles |= {number: role for number, role in end.items() if number not in roles}
    return tuple(Told(line, roles.get(line.number) or _by_words(line)) for line in lines)


def _top(text: list[Line]) -> dict[FormatRole, Line]:
    """发文机关标志 and 发文字号 among the first lines."""
    found: dict[FormatRole, Line] = {}
    for line in text[:8]:
        if "number" not in found and NUMBER.match(line.text) and len(line.text) < 60:
            found["number"] = line
        elif "number" not in found and "agency" not in found and is_red(line.spans[0].colour):
            found["agency"] = line
    return found


def _title(text: list[Line], known: dict[int, FormatRole]) -> list[Line]:
    """The first lines that are centred, or that are large; a line left of centre where its last word is a kind of
    document."""
    made: list[Line] = []
    for line in text[:10]:
        if line.number in known:
            if made:
                break
            continue
        prominent = line.align == "center" or line.points >= 18
        if prominent and not _heading(line) and not re.search(r"[:：。]\s*$", line.text):
            made.append(line)
        elif made:
            break
        elif line.number <= 4 and _TITLE_WORDS.search(line.text) and len(line.text) < 80 and not _heading(line):
            return [line]
        else:
            break
    return made


def _end(text: list[Line], start: int) -> dict[int, FormatRole]:
    """附件说明, 署名, 成文日期 and 附注, read from the last date that stands alone."""
    roles: dict[int, FormatRole] = {}
    day = next((n for n in range(len(text) - 1, -1, -1) if _DAY.match(text[n].text)), None)
    if day is not None and text[day].number > start:
        roles[text[day].number] = "date"
        before = text[day - 1] if day else None
        if before and len(before.text) <= 60 and not re.search(r"[。：:；;]\s*$", before.text) and not _heading(before):
            roles[before.number] = "signature"
        for line in text[day + 1 : day + 2]:
            if re.match(r"^\s*[（(].*[）)]\s*$", line.text):
                roles[line.number] = "note"
    inside = False
    for line in text:
        if re.match(r"^\s*附\s*件\s*[:：]", line.text):
            inside = True
            roles[line.number] = "attachment"
        elif inside and line.number not in roles and re.match(r"^\s*\d{1,2}\s*[.．、]", line.text):
            roles[line.number] = "attachment_more"
        else:
            inside = False
    return roles


def _heading(line: Line) -> FormatRole | None:
    stripped = line.text.strip()
    if len(stripped) > _HEADING_LENGTH or "。" in stripped[:-1]:
        return None
    return next((role for role, pattern in _HEADINGS if pattern.match(stripped)), None)


def _by_words(line: Line) -> FormatRole:
    if re.match(r"^\s*抄\s*送\s*[:：]", line.text):
        return "copies"
    if re.search(r"印\s*发\s*$", line.text) and len(line.text) < 80 and re.search(r"日\s*印\s*发", line.text):
        return "print"
    if line.where == "table":
        return "cell"
    return _heading(line) or "body"
