"""Whether a sentence says of more, or of others, what its clauses say of some: 优秀和良好的给予支持."""

import re
from collections.abc import Iterator

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.pairs import cases
from assistant.agent.verification.roles import actors
from assistant.agent.verification.text import Basis, grams, nearest, parts, plain, share

_GRAVE = re.compile("(?P<grave>重大|严重|较大|恶劣|特大|特别)(?P<what>[\u3400-\u9fff]{2,4})")
_DUTY = re.compile("协助|配合|参与|牵头|抄[送报告]|批准|审批|终审|复审|决定")
_NARROWS = re.compile("逾期|擅自|同时|故意|连续")
_JOINED = re.compile(
    "(?P<one>[\u3400-\u9fff]{2})(?:、|和|及|以及|与|或者?)(?P<two>(?![一二两三四五六七八九十])[\u3400-\u9fff]{2})的?(?=[\u3400-\u9fff]{3})"
)
_EITHER = re.compile("(?P<one>[\u3400-\u9fff]{2,3})或者?(?P<two>[\u3400-\u9fff]{2,3})")
_CLASSES = re.compile("[为是]|分成|结果")


def scope(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """Words that make a case graver left out, outcomes told of more cases, bodies given what is said of others."""
    place = sentence.text[:80]
    held = [case for stretch in base.stretches for case in cases(stretch)]
    for part in parts(plain(sentence.text)):
        if part in base.pieces:
            continue
        yield from _lighter(part, base, place)
        yield from _kept(part, base, place)
        yield from _attributed(part, base, place)
        for m in _JOINED.finditer(part):
            outcome = grams(part[m.end() :])
            whole = [c for c in held if outcome and len(outcome & grams(c)) >= 0.6 * len(outcome)]
            one, two = (any(m[name] in c for c in whole) for name in ("one", "two"))
            if one != two and m["one"] in base.text and m["two"] in base.text:
                other = m["two"] if one else m["one"]
                yield Complaint("contradiction", place, f"条款没有对“{other}”说“{part[m.end() :][:30]}”。")
        for m in _EITHER.finditer(part):
            listed = (
                f"{re.escape(m['one'][-2:])}[^,;。或等]{{0,20}}[、和及与][^,;。或等]{{0,8}}{re.escape(m['two'][:2])}"
            )
            either = re.search(rf"或[^,;。]{{0,12}}{re.escape(m['two'][:2])}", base.text)
            told = part.endswith("的") or _CLASSES.search(part[: m.start()]) or either
            cased = any(p.endswith("的") and m["two"][:2] in p for p in base.pieces)
            if not told and not cased and (found := re.search(listed, base.text)):
                yield Complaint("contradiction", place, f"条款写的是“{found[0]}”,不是“{m[0]}”。")


def _lighter(part: str, base: Basis, place: str) -> Iterator[Complaint]:
    for m in _GRAVE.finditer(base.text):
        what = m["what"]
        others = base.text[: m.start("what")] + "\n" + base.text[m.end("what") :]
        for length in range(len(what), 1, -1):
            short = what[:length]
            if short in part and short not in others and m["grave"] not in part:
                yield Complaint("negation", place, f"漏了“{m['grave']}”:条款写的是“{m[0]}”。")
                return


def _kept(part: str, base: Basis, place: str) -> Iterator[Complaint]:
    """Verbs that make a duty another, and words that make a case narrower, which the nearest part has or has not."""
    source, piece = nearest(part, base.stretches), nearest(part, base.pieces)
    for m in _DUTY.finditer(part):
        if m[0] not in source:
            yield Complaint("contradiction", place, f"条款没有说“{m[0]}”:写的是“{source[:60]}”。")
    for m in _NARROWS.finditer(piece):
        rest = piece[: m.start()] + "\n" + piece[m.end() :]
        if share(rest, part) >= 0.8 and m[0] not in part:
            yield Complaint("negation", place, f"漏了“{m[0]}”:条款写的是“{piece}”。")


def _attributed(part: str, base: Basis, place: str) -> Iterator[Complaint]:
    """未在我市注册的科研院所, where the clause says 未在我市注册 of others."""
    for body in actors(part):
        marked = part[: part.find(body.name)]
        said = marked[:-1] if marked.endswith("的") else ""
        about = [s for s in base.stretches if len(said) > 4 and said in s]
        if about and body.name in base.text and not any(body.name in s for s in about):
            yield Complaint("contradiction", place, f"条款没有说“{said}的{body.name}”:写的是“{about[0][:60]}”。")
