"""The head of the page: which text, which version, whether it is in force on the day asked about."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from assistant.render.answer_markdown import version
from assistant.validity import chinese, notices
from ingest.errors import UsageError
from ingest.schema import Policy

_FIRST, _LAST = date(1949, 10, 1), date(2099, 12, 31)
_NAMED = 2  # policies that the summary of several names


def masthead(policies: Sequence[Policy], as_of: date, *, today: date, words_only: str | None) -> str:
    """Title, version and banners of the policies that are asked."""
    if not policies:
        return Markup('<div class="title"><h1>政策助手</h1></div><p class="banner warn">{}</p>').format(
            "还没有收录任何政策,请联系管理员添加。"
        )
    if len(policies) == 1:
        title, about = f"《{policies[0].title}》", f"{policies[0].issuer} · {version(policies[0])}"
        banners = _banner(policies[0], as_of, today=today)
    else:
        title, about = f"全部政策文件({len(policies)}份)", "回答会注明出自哪一份;也可以在输入框上方只选一份"
        banners = _summary(policies, as_of, today=today)
    if words_only:
        banners += banner(words_only)
    return Markup(
        '<div class="title"><h1>政策助手</h1><div><p class="policy">{}</p><p class="version">{}</p></div></div>'
        '<div class="banners">{}</div>'
    ).format(title, about, banners)


def chooser(policies: Sequence[Policy], chosen: str | None) -> str:
    """A choice of one policy or all of them; nothing while there is only one."""
    if len(policies) < 2:
        return ""
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            value, Markup(" selected") if value == (chosen or "") else "", title
        )
        for value, title in [("", "全部政策文件"), *((p.id, f"《{p.title}》") for p in policies)]
    )
    return Markup("<label><span>提问范围</span><select>{}</select></label>").format(options)


def banner(sentence: str) -> Markup:
    """A sentence about the whole page."""
    return Markup('<p class="banner plain" role="status">{}</p>').format(sentence)


def as_of(text: object) -> date:
    """The day that was typed or picked. Raises UsageError."""
    try:
        day = date.fromisoformat(str(text).strip())
    except ValueError:
        raise UsageError("依据日期没有填完整或不存在,请按“年-月-日”填写,例如 2023-06-01。") from None
    if not _FIRST <= day <= _LAST:
        raise UsageError(f"依据日期请填{_FIRST.year}年至{_LAST.year}年之间的一天。")
    return day


def _summary(policies: Sequence[Policy], day: date, *, today: date) -> Markup:
    expired = [p for p in policies if p.expires and day > p.expires]
    waiting = [p for p in policies if p.effective and day < p.effective]
    valid = len(policies) - len(expired) - len(waiting)
    told = f"按{_chosen(day, today)},有效{valid}份"
    for word, those in (("已失效", expired), ("还没有生效", waiting)):
        if those:
            named = "、".join(f"《{p.title}》" for p in those[:_NAMED]) + ("等" if len(those) > _NAMED else "")
            told += f",{word}{len(those)}份({named})"
    return Markup('<p class="banner {}" role="status"><span>{}。</span></p>').format(
        "warn" if valid < len(policies) else "good", told
    )


def _banner(policy: Policy, day: date, *, today: date) -> Markup:
    told = notices(policy, day)
    chosen = _chosen(day, today)
    if policy.in_force(day):
        span = f"有效期至{chinese(policy.expires)}" if policy.expires else "没有载明失效日期"
        return Markup('<p class="banner good" role="status"><b>有效</b><span>{}</span></p>').format(
            f"按{chosen},本办法在有效期内,{span}。"
        )
    if policy.expires and day > policy.expires:
        word, ended = "已失效", chinese(policy.expires)
        plain = f"本办法有效期至{ended},按{chosen}已经失效;所引条款只说明原文当时的规定。"
    else:
        word, begun = "未生效", chinese(policy.effective) if policy.effective else ""
        plain = f"本办法自{begun}起施行,按{chosen}还没有生效。"
    more = Markup("").join(
        Markup('<p class="more">{}</p>').format(n.text) for n in told if n.kind not in ("expired", "not_yet")
    )
    return Markup('<div class="banner warn" role="status"><b>{}</b><div><p>{}</p>{}</div></div>').format(
        word, plain, more
    )


def _chosen(day: date, today: date) -> str:
    return f"{'今天' if day == today else '您选的日期'}({chinese(day)})"
