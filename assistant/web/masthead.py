"""The head of the page: which text, which version, whether it is in force on the day asked about."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from assistant.render_markdown import version
from assistant.validity import chinese, notices
from ingest.errors import UsageError
from ingest.schema import Policy

_FIRST, _LAST = date(1949, 10, 1), date(2099, 12, 31)


def masthead(policies: Sequence[Policy], as_of: date, *, today: date, words_only: str | None) -> str:
    """Title, version and banners of the policies that are asked."""
    if not policies:
        return Markup('<div class="title"><h1>政策助手</h1></div><p class="banner warn">{}</p>').format(
            "还没有收录任何政策,请联系管理员添加。"
        )
    one = policies[0] if len(policies) == 1 else None
    told = Markup('<p class="policy">{}</p><p class="version">{}</p>').format(
        f"《{one.title}》" if one else f"全部政策文件({len(policies)}份)",
        f"{one.issuer} · {version(one)}" if one else "、".join(f"《{p.title}》" for p in policies),
    )
    banners = Markup("").join(_banner(p, as_of, today=today, named=one is None) for p in policies)
    if words_only:
        banners += banner(words_only)
    return Markup('<div class="title"><h1>政策助手</h1><div>{}</div></div><div class="banners">{}</div>').format(
        told, banners
    )


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


def _banner(policy: Policy, day: date, *, today: date, named: bool) -> Markup:
    name = f"《{policy.title}》:" if named else ""
    chosen = "今天" if day == today else "您选的日期"
    told = notices(policy, day)
    if not told and not policy.in_force(day):
        return Markup("")
    if not told:
        span = f"有效期至{chinese(policy.expires)}" if policy.expires else "没有载明失效日期"
        return Markup('<p class="banner good" role="status"><b>有效</b><span>{}</span></p>').format(
            f"{name}{chosen}({chinese(day)})本办法在有效期内,{span}。"
        )
    word = "已失效" if told[0].kind == "expired" else "未生效"
    return Markup('<div class="banner warn" role="status"><b>{}</b><div><p>{}</p>{}</div></div>').format(
        word,
        f"{name}{_plain(policy, day, chosen)}",
        Markup("").join(Markup('<p class="more">{}</p>').format(notice.text) for notice in told[1:]),
    )


def _plain(policy: Policy, day: date, chosen: str) -> str:
    if policy.expires and day > policy.expires:
        ended = chinese(policy.expires)
        return f"本办法有效期至{ended},按{chosen}({chinese(day)})已经失效;回答只说明原文当时的规定。"
    begun = chinese(policy.effective) if policy.effective else ""
    return f"本办法自{begun}起施行,按{chosen}({chinese(day)})还没有生效。"
