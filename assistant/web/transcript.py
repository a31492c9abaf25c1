"""The conversation as HTML. Every word that did not come from this file is escaped by markupsafe."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.render.answer_markdown import markdown, parts, unquoted
from assistant.schema import Answer, Citation
from assistant.web.conversation import Conversation, Entry, Shown
from assistant.web.panel import location

EXAMPLES = (
    "申报单位要具备哪些条件?",
    "申报材料交给谁,由谁初审?",
    "从申报到授牌要走哪些程序?",
    "单位更名、股权变更后要做什么?",
    "什么情况下会被撤销资格?",
    "这个办法现在还有效吗?",
)
_REASONS = ("条款引用得不对", "没有答到点上", "内容不准确", "看不明白")
_SHOWN_QUESTION = 400  # characters of a question that are shown; nobody reads 10,000 of them


def transcript(conversation: Conversation, *, several: bool = False) -> str:
    """The whole conversation; `several`: there is more than one policy, so citations also name theirs."""
    if not conversation.entries:
        return _empty() + _note(conversation)
    turns = Markup("").join(_turn(entry, several=several) for entry in conversation.entries)
    # page.js scrolls to the newest turn when the stamp changes, and stays where it is when only a verdict has.
    stamp = f"{conversation.entries[-1].key}-{conversation.entries[-1].pending}"
    return Markup('<ol class="turns" role="log" aria-label="对话" data-stamp="{}">{}</ol>{}').format(
        stamp, turns, _note(conversation)
    )


def _empty() -> Markup:
    buttons = Markup("").join(
        Markup('<li><button type="button" class="example" data-do="example">{}</button></li>').format(question)
        for question in EXAMPLES
    )
    return Markup(
        '<section class="welcome"><h2>您想了解什么?</h2>'
        "<p>用平常的话提问就可以。每条回答都注明出自第几条并附原文;原文没有写的,会直接说没有规定。</p>"
        '<ul class="examples" aria-label="示例问题">{}</ul></section>'
    ).format(buttons)


def _note(conversation: Conversation) -> Markup:
    told = Markup("")
    if conversation.removed:
        what = "已撤回上一问。" if conversation.entries else "对话已清空。"
        told += Markup(
            '<p class="note" role="status">{}<button type="button" class="quiet" data-do="restore">恢复</button></p>'
        ).format(what)
    if conversation.note:
        told += Markup('<p class="note" role="alert">{}</p>').format(conversation.note)
    return told


def _turn(entry: Entry, *, several: bool) -> Markup:
    asked = entry.question
    if len(asked) > _SHOWN_QUESTION:
        asked = f"{asked[:_SHOWN_QUESTION]}……(共{len(asked)}字)"
    return Markup('<li class="turn"><div class="asked"><p>{}</p></div>{}</li>').format(
        asked, _reply(entry, several=several)
    )


def _reply(entry: Entry, *, several: bool) -> Markup:
    if entry.error is not None:
        return Markup('<article class="reply fault"><p>{}</p></article>').format(entry.error)
    if entry.answer is None:
        return Markup('<article class="reply pending" aria-busy="true">{}</article>').format(
            _step(entry.step or "正在查找条款", "停止")
        )
    answer = entry.answer
    kind = "refused" if answer.status == "refused" and not answer.citations else "answered"
    tag = Markup('<p class="tag">原文未作规定</p>') if kind == "refused" and answer.related else ""
    if answer.mode == "llm":
        tag = Markup('<p class="tag">由模型 {} 组织语言,已逐句与条款核对</p>').format(answer.model or "")
    return Markup('<article class="reply {}">{}{}{}{}{}{}{}</article>').format(
        kind,
        tag,
        _text(entry, answer, several=several),
        _chips(entry.key, "依据", "citations", answer.citations, unquoted(answer), several=several),
        _chips(entry.key, "相近条款", "related", answer.related, answer.related, several=several),
        _notices(answer),
        _working(entry.step) if entry.step else "",
        _actions(entry, answer) if not entry.step else "",
    )


def _working(step: str) -> Markup:
    """Under an answer that stands already: what the model is doing for a better one."""
    return Markup('<div class="step" role="status">{}</div>').format(_step(step, "不用等了"))


def _step(text: str, stop: str) -> Markup:
    return Markup(
        '<p><span class="dots" aria-hidden="true"></span>{}……</p>'
        '<button type="button" class="quiet" data-do="stop">{}</button>'
    ).format(text, stop)


def _text(entry: Entry, answer: Answer, *, several: bool) -> Markup:
    made: list[Markup] = []
    for part in parts(answer):
        if part.citation is None:
            made.append(Markup("<p>{}</p>").format(part.text))
            continue
        place = answer.citations.index(part.citation)
        made.append(
            Markup('<figure class="quoted"><figcaption>{}</figcaption><blockquote>{}</blockquote></figure>').format(
                _chip(entry.key, "citations", place, part.citation, several=several), part.text
            )
        )
    return Markup('<div class="words">{}</div>').format(Markup("").join(made))


def _chips(
    key: str, heading: str, shown: Shown, every: Sequence[Citation], chosen: Sequence[Citation], *, several: bool
) -> Markup:
    if not chosen:
        return Markup("")
    chips = Markup("").join(_chip(key, shown, every.index(c), c, several=several) for c in chosen)
    return Markup('<div class="chips" role="group" aria-label="{}"><span>{}</span>{}</div>').format(
        heading, heading, chips
    )


def _chip(key: str, shown: Shown, place: int, citation: Citation, *, several: bool) -> Markup:
    title = Markup("<small>《{}》</small>").format(citation.title) if several else ""
    return Markup(
        '<button type="button" class="chip" data-do="cite" data-entry="{}" data-shown="{}" data-place="{}"'
        ' data-target="{}" aria-label="查看{}原文">{}{}</button>'
    ).format(key, shown, place, location(citation), citation.label, citation.label, title)


def _notices(answer: Answer) -> Markup:
    if not answer.notices:
        return Markup("")
    lines = Markup("").join(Markup("<li>{}</li>").format(notice.text) for notice in answer.notices)
    return Markup('<ul class="notices" aria-label="提示">{}</ul>').format(lines)


def _actions(entry: Entry, answer: Answer) -> Markup:
    thumbs = Markup("").join(
        Markup(
            '<button type="button" class="quiet thumb {}" data-do="judge" data-entry="{}" data-verdict="{}"'
            ' aria-pressed="{}">{}</button>'
        ).format(verdict, entry.key, verdict, "true" if entry.verdict == verdict else "false", label)
        for verdict, label in (("up", "有帮助"), ("down", "没帮助"))
    )
    thanks = Markup('<span class="thanks" role="status">已记录,谢谢。</span>') if entry.reason is not None else ""
    form = _form(entry) if entry.verdict == "down" and entry.reason is None else ""
    return Markup(
        '<footer class="actions">{}<button type="button" class="quiet copy" data-do="copy" data-text="{}">复制</button>'
        '{}<span class="elapsed">{}</span></footer>{}'
    ).format(thumbs, f"问:{entry.question}\n\n{markdown(answer)}", thanks, _elapsed(answer.elapsed_ms), form)


def _form(entry: Entry) -> Markup:
    choices = Markup("").join(
        Markup('<button type="button" class="quiet" data-do="reason" data-entry="{}">{}</button>').format(
            entry.key, why
        )
        for why in _REASONS
    )
    return Markup(
        '<div class="why" role="group" aria-label="哪里不好"><p>哪里不好?(可不填)</p><div class="choices">{}</div>'
        '<div class="own"><input type="text" maxlength="500" aria-label="其他原因" placeholder="或者写一句话"'
        ' data-entry="{}"><button type="button" class="quiet" data-do="send-reason" data-entry="{}">提交</button>'
        "</div></div>"
    ).format(choices, entry.key, entry.key)


def _elapsed(milliseconds: float) -> str:
    return f"用时 {milliseconds:.0f} 毫秒" if milliseconds < 1000 else f"用时 {milliseconds / 1000:.1f} 秒"
