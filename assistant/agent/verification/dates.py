"""Whether each date stands in the clauses or in what is known of the text, and whether the text is in force as said."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.text import Basis, parts, plain
from assistant.facts.dates import dates
from assistant.validity import chinese
from ingest.numerals import to_int
from ingest.schema import Policy

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})年(?!\d{1,2}月|[一二三四五六七八九十]{1,2}月)"
)
_MONTH_DAY = re.compile(
    r"(?<![\d一二三四五六七八九十])(?<![\d〇零一二三四五六七八九]年)(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_VAGUE = re.compile(r"[年月](?:底|末|初|中旬)|[上中下]旬|[上下]半[年月]|[次翌明后去]年(?!度)")
_DAY = re.compile(r"([一二三四五六七八九十]+)[日号]")
_ROLES = {
    "effective": re.compile(r"施行|实施|生效|执行|起用"),
    "expires": re.compile(r"失效|到期|届满|截止|废止|期满|有效期(?:至|到|截)|有效至|终止|不再有效"),
    "issued": re.compile(r"印发|发布|公布|颁布|出台|发文"),
}
_IN_FORCE = re.compile(
    r"(?<![不非])(?:现行|目前|现在|当前|至今|今天|眼下)?(?:仍然?|依然|尚|还|正)?(?:有效(?=$|[,。;:])|在有效期内|处于有效期|在效|适用中)|现行有效|现行的?(?:规定|办法|文件|政策)|仍可?适用|正在(?:施行|实施|执行)|(?:长期|永久|一直)有效|(?:仍|还|依然)(?:在)?(?:施行|实施|执行)|尚未(?:失效|到期|废止)|没有(?:失效|过期|废止)|未(?:失效|过期|废止)"
)
_ENDED = re.compile(
    r"已(?:经|于.{0,14})?(?:失效|到期|废止|过期|届满|过了?有效期)|不再(?:有效|适用|施行)|不(?:是|属于)现行|(?:已)?不在有效期|(?<![未没有])(?:失效|过期)了|不能?再(?:作为|适用|使用|按)(?:现行)?(?:的?依据)?|现已失效|无效了?$"
)
_COMING = re.compile(r"(?:现在|目前|当时)?(?:尚未|还没有?|还未|未)(?:开始)?(?:施行|实施|生效|执行)")
STATE = re.compile("|".join(pattern.pattern for pattern in (_IN_FORCE, _ENDED, _COMING)))
"""Words that say whether a text is in force, which `version` holds against the date."""
_TITLE = re.compile(r"《([^《》]{1,80})》")
_OTHER = re.compile(
    r"最新(?:版本?|的?(?:规定|办法|文件|政策|通知))|新版|新办法|新规定?|后续办法|修订(?:后|版)|旧版|旧办法|上一版|下一版|替代(?:办法|文件)"
)


def when(sentence: DraftSentence, base: Basis, *, as_of: date) -> Iterator[Complaint]:
    """Dates that stand nowhere, or stand for something else."""
    text, place = plain(sentence.text), sentence.text[:80]
    held = {d.value for d in dates(base.text)}
    known = {name: day for name, day in _days(base) if day}
    for found in dates(text):
        day = found.value
        if len(day) == 7 and (rest := _DAY.match(text, found.end)):  # 2021年11月十九日
            day += f"-{to_int(rest[1]):02}"
        around = next((p for p in parts(text) if text[found.start : found.end] in p), text)
        own = {n for n, known_day in known.items() if str(known_day).startswith(day) or day == str(known_day)}
        stands = any(h.startswith(day) for h in held) or own or (day == str(as_of) and STATE.search(text))
        if not found.exists or not stands:
            yield Complaint("date", place, f"“{text[found.start : found.end]}”在所引条款中没有。")
        elif (said := _said(around, text[found.start : found.end])) and own and said not in own:
            right = {"effective": "施行", "expires": "失效", "issued": "印发"}[sorted(own)[0]]
            yield Complaint("date", place, f"“{text[found.start : found.end]}”是{right}日期,不是这句话所说的。")
    if (m := _VAGUE.search(text)) and m[0] not in base.text:
        yield Complaint("date", place, f"“{m[0]}”在所引条款中没有。")
    full = held | {str(day) for day in known.values()} | ({str(as_of)} if STATE.search(text) else set())
    for m in _YEAR.finditer(text):
        if not any(h.startswith(f"{to_int(m[1]):04}") for h in full) and m[0] not in base.text:
            yield Complaint("date", place, f"“{m[0]}”在所引条款中没有。")
    full |= {f"-{to_int(m[1]):02}-{to_int(m[2]):02}" for m in _MONTH_DAY.finditer(base.text)}
    for m in _MONTH_DAY.finditer(text):
        try:
            ending = f"-{to_int(m[1]):02}-{to_int(m[2]):02}"
        except ValueError:
            ending = "-"
        if not any(h.endswith(ending) for h in full) and m[0] not in base.text:
            yield Complaint("date", place, f"“{m[0]}”在所引条款中没有。")


def _days(base: Basis) -> Iterator[tuple[str, date | None]]:
    for given in base.cited:
        policy = given.policy
        yield from (("effective", policy.effective), ("expires", policy.expires), ("issued", policy.issued))


def _said(part: str, words: str) -> str | None:
    """What a part says that happens on a date: the word nearest to it, after it first (自…起施行)."""
    at = part.find(words)
    after, before = part[at + len(words) :], part[:at]
    found = [(m.start(), role) for role, p in _ROLES.items() if (m := p.search(after))]
    found += [(len(before) - m.end() + 1, role) for role, p in _ROLES.items() for m in p.finditer(before)]
    return min(found)[1] if found else None


def version(sentence: DraftSentence, base: Basis, *, as_of: date) -> Iterator[Complaint]:
    """Texts that are not cited, and wrong words about whether the cited one is in force."""
    text, place = plain(sentence.text), sentence.text[:80]
    policies = {given.policy.id: given.policy for given in base.cited}
    titles = {plain(p.title) for p in policies.values()}
    for m in _TITLE.finditer(text):
        if m[1] not in titles and m[0] not in base.text and m[1] not in ("办法", "管理办法", "本办法"):
            yield Complaint("version", place, f"《{m[1]}》不是这句话所引的文件。")
    if (other := _OTHER.search(text)) and other[0] not in base.text:
        yield Complaint("version", place, f"“{other[0]}”:只能说所引的这一版。")
    for part in parts(text):
        for policy in policies.values():
            if wrong := _force(part, base.text, policy, as_of):
                yield Complaint("version", place, wrong)


def _force(part: str, source: str, policy: Policy, as_of: date) -> str:
    for pattern, holds in (
        (_ENDED, bool(policy.expires and as_of > policy.expires)),
        (_COMING, bool(policy.effective and as_of < policy.effective)),
        (_IN_FORCE, policy.in_force(as_of)),
    ):
        if (m := pattern.search(part)) and m[0] not in source.replace("有效期", "\n"):
            known = [f"{chinese(policy.effective)}起施行"] if policy.effective else []
            known += [f"有效期至{chinese(policy.expires)}"] if policy.expires else []
            told = ",".join(known) or "没有写明有效期"
            return "" if holds else f"“{m[0]}”不对:{told},依据日期是{chinese(as_of)}。"
    return ""
