"""The work on an open draft: what is left open, what has no source, its versions, head and foot, form, signing."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.drafting.kinds import DocumentKind
from assistant.drafting.schema import UNCONFIRMED, UNKNOWN, Opinion
from assistant.drafting.versions import Act, Version, before
from assistant.reports.words import moment
from assistant.web.drafting.compare import texts
from assistant.web.drafting.form import fields
from assistant.web.drafting.opening import PERSON
from assistant.web.drafting.revision import FIELDS
from assistant.web.drafting.studio import Sitting

_POLISH = Markup(
    '<button type="button" class="quiet" data-do="polish" title="只改标点和连接的词,核对后存为新的一版">'
    "让模型润色理由</button>"
)
ACTS: dict[Act, str] = {"drafted": "起草", "edited": "修改", "restored": "恢复", "signed": "签发"}


def bench(
    versions: Sequence[Version],
    sitting: Sitting,
    doubts: Sequence[str],
    kind: DocumentKind | None,
    beside: Markup,
    *,
    note: str = "",
    words: bool = False,
) -> Markup:
    """The left side of the page. `doubts`: what of the last version has no source; `kind` is None where its template
    is gone; `beside` are two versions side by side, or nothing; `note`: a sentence about the last step; `words`:
    whether a model may word reasons of it."""
    last = versions[-1]
    return Markup('<article class="draft" data-draft="{}" data-version="{}">{}{}{}{}{}{}{}</article>').format(
        last.draft,
        last.number,
        _head(versions),
        Markup('<p class="note" role="alert">{}</p>').format(note) if note else "",
        _tools(versions, words),
        _check(last, doubts, sitting),
        _versions(versions, sitting, beside),
        _more(last, sitting, kind),
        _sign(last),
    )


def open_places(opinion: Opinion) -> tuple[int, int]:
    """How many 【待核实】 and how many unknown facts it has."""
    told = texts(opinion)
    return sum(each.count(UNCONFIRMED) for each in told), sum(each.count(UNKNOWN) for each in told)


def _head(versions: Sequence[Version]) -> Markup:
    last = versions[-1]
    state = ("signed", "已签发") if last.opinion.signed else ("waiting", "待审核")
    return Markup(
        '<header class="draft-head"><button type="button" class="quiet" data-do="home">← 全部文稿</button>'
        '<h2 tabindex="-1">{}</h2><p class="about">{} · 第{}版,{}于{}{} <span class="badge {}">{}</span></p>'
        '<p class="small">点右侧预览中的句子看出处、改这一段。</p></header>'
    ).format(last.opinion.title, last.opinion.kind, last.number, last.person, moment(last.at), ACTS[last.act], *state)


def _tools(versions: Sequence[Version], words: bool) -> Markup:
    undo = Markup("") if before(tuple(versions)) else Markup(" disabled")
    return Markup(
        '<div class="tools main">{}<button type="button" class="go" data-do="download" data-form="docx">'
        "导出 Word</button>"
        '<button type="button" class="quiet" data-do="undo"{}>撤销上一步</button>{}</div>'
    ).format(PERSON, undo, _POLISH if words else "")


def _check(last: Version, doubts: Sequence[str], sitting: Sitting) -> Markup:
    unconfirmed, unknown = open_places(last.opinion)
    left = [f"【待核实】{unconfirmed} 处"] if unconfirmed else []
    left += [f"×× {unknown} 处"] if unknown else []
    told = Markup('<p class="left">{}</p>').format("还空着:" + "、".join(left) + "。" if left else "没有空着的地方。")
    told += (
        Markup('<div class="doubts"><p>下列内容在报告、表单和办法中没有,请核对:</p><ul>{}</ul></div>').format(
            _items(doubts)
        )
        if doubts
        else Markup('<p class="good">每句话都有出处,没有报告、表单和办法以外的内容。</p>')
    )
    if sitting.layout and sitting.layout[0] == last.number:
        found = sitting.layout[1]
        told += (
            Markup('<div class="doubts layout"><p>版式与 GB/T 9704-2012 不符之处:</p><ul>{}</ul></div>').format(
                _items(found)
            )
            if found
            else Markup('<p class="good layout">版式符合 GB/T 9704-2012。</p>')
        )
    return Markup(
        '<section class="card checks"><h3>核对</h3>{}<div class="tools">'
        '<button type="button" class="quiet" data-do="check">检查版式</button></div></section>'
    ).format(told)


def _versions(versions: Sequence[Version], sitting: Sitting, beside: Markup) -> Markup:
    rows = Markup("").join(_version(each, each is versions[-1]) for each in reversed(versions))
    pair = sitting.pair or (max(versions[-1].number - 1, 1), versions[-1].number)
    choosing = Markup("").join(
        Markup('<select name="{}" aria-label="{}">{}</select>').format(
            name,
            label,
            Markup("").join(
                Markup('<option value="{0}"{1}>第{0}版</option>').format(
                    each.number, Markup(" selected") if each.number == at else ""
                )
                for each in versions
            ),
        )
        for name, label, at in (("left", "对照的一版", min(pair)), ("right", "对照的另一版", max(pair)))
    )
    compare = Markup(
        '<div class="tools compare">{}<button type="button" class="quiet" data-do="compare">对照</button>{}</div>'
    ).format(
        choosing,
        Markup('<button type="button" class="quiet" data-do="download" data-form="changes">导出修订稿</button>')
        if beside
        else "",
    )
    return Markup(
        '<section class="card versions" id="versions"><h3>版本</h3><ol reversed>{}</ol>{}{}</section>'
    ).format(rows, compare if len(versions) > 1 else "", beside)


def _version(each: Version, last: bool) -> Markup:
    restore = Markup(
        '<button type="button" class="quiet" data-do="restore" data-number="{0}" aria-label="恢复到第{0}版">'
        "恢复</button>"
    ).format(each.number)
    return Markup("<li><b>第{}版</b><span>{} {}</span><small>{}{}</small>{}</li>").format(
        each.number, each.person, ACTS[each.act], moment(each.at), f" · {each.note}" if each.note else "",
        "" if last else restore,
    )  # fmt: skip


def _more(last: Version, sitting: Sitting, kind: DocumentKind | None) -> Markup:
    shown = {
        "attachments": "\n".join(last.opinion.attachments),
        "day": last.opinion.day.isoformat() if last.opinion.day else "",
    }
    controls = []
    for name, field in FIELDS.items():
        value = shown.get(field, "") if field in shown else str(getattr(last.opinion, field))
        if field == "attachments":
            control = Markup('<textarea data-field="{}" rows="2">{}</textarea>').format(name, Markup("\n") + value)
        else:
            control = Markup('<input type="{}" data-field="{}" value="{}">').format(
                "date" if field == "day" else "text", name, value
            )
        controls.append(Markup("<label><span>{}</span>{}</label>").format(name, control))
    form = Markup("")
    if kind:
        form = Markup(
            '<details class="card again"><summary>按表单重新起草</summary>'
            '<p class="small">用现在的预审报告、核定和下面的表单重新起草为新的一版;改过的文字留在以前的版本里。</p>{}'
            '<div class="tools"><button type="button" class="quiet" data-do="draft">重新起草</button></div></details>'
        ).format(fields(kind, sitting.form or last.origin.form))
    return Markup(
        '<details class="card frame"><summary>版头和落款</summary><div class="grid">{}</div>'
        '<div class="tools"><button type="button" class="quiet" data-do="fields">保存</button></div></details>{}'
    ).format(Markup("").join(controls), form)


def _sign(last: Version) -> Markup:
    if last.opinion.signed:
        return Markup('<p class="small signed">已由{}于{}签发;再修改会成为待审核的新一版。</p>').format(
            last.person, moment(last.at)
        )
    unconfirmed, _ = open_places(last.opinion)
    stays = Markup(
        '<label class="stays"><input type="checkbox" name="stays"> 文稿中还有 {} 处【待核实】,确认保留</label>'
    ).format(unconfirmed)
    return Markup(
        '<details class="card sign"><summary>签发</summary><p class="small">签发后去掉“AI辅助起草 待审核”,'
        "留下谁在什么时候签发;再修改会成为待审核的新一版。</p>{}"
        '<div class="tools"><label class="person"><span>签发人</span><input name="signs" maxlength="40"></label>'
        '<button type="button" class="go" data-do="sign">签发</button>'
        "</div></details>"
    ).format(stays if unconfirmed else "")


def _items(sentences: Sequence[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(each) for each in sentences)
