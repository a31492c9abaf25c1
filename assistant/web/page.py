"""The chat page: what stands where, and which event calls which step of `chat.py`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import gradio as gr
from gradio.components.navbar import Navbar
from markupsafe import Markup

from assistant.store import Store
from assistant.web.chat import Ask, Chat, Session, Texts
from assistant.web.conversation import Conversation
from assistant.web.navigation import navigation
from assistant.web.transcript import transcript

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_SIMULTANEOUS = 16
"""Questions answered at the same time; further ones wait in Gradio's queue."""


def build_page(library: Texts, store: Store, ask: Ask, *, model: str | None = None) -> gr.Blocks:
    """The page as Gradio blocks, ready to be mounted; `model` names the language model that words answers."""
    chat = Chat(library, store, ask)
    page: gr.Blocks = gr.Blocks(title="政策助手", analytics_enabled=False, fill_width=True)
    with page:
        Navbar(visible=False)
        state = gr.State(Session())
        with gr.Row(elem_id="masthead"):
            head = html("", "masthead-text")
            html(navigation("chat"), "site-nav")
            with gr.Column(elem_id="basis", min_width=0):
                day = html(date.today().isoformat(), "as-of", script="basis", template=_DAY)
                fault = html("", "as-of-fault")
        with gr.Row(elem_id="workspace"):
            with gr.Column(elem_id="talk", min_width=0):
                shown = html(transcript(Conversation()), "transcript", script="transcript")
                policy = html("", "policy", script="scope")
                with gr.Row(elem_id="composer"):
                    question = gr.Textbox(
                        lines=1, max_lines=6, label="问题", show_label=False, elem_id="question", autofocus=True,
                        placeholder="请写下您的问题,按回车发送", container=False,
                    )  # fmt: skip
                    send = gr.Button("发送", variant="primary", elem_id="send", min_width=0)
                with gr.Row(elem_id="tools"):
                    undo, clear, export = (
                        gr.Button(name, elem_id=key, size="sm", min_width=0, elem_classes="needs-turns")
                        for name, key in (("撤回上一问", "undo"), ("清空对话", "clear"), ("导出 Word", "export"))
                    )
                    html(_reminder(model), "reminder")
            with gr.Column(elem_id="source", min_width=0):
                text = html("", "source-panel", script="panel")
        payload = gr.Textbox(visible="hidden", elem_id="payload")

        _wire_opening(page, chat, state, head, day, policy, text)
        _wire_basis(chat, state, head, day, fault, policy, text)
        running = _wire_asking(chat, state, shown, question, send)
        _wire_removing(chat, state, shown, question, undo, clear, running=running)
        _wire_reading(chat, state, shown, text)
        _wire_export(chat, state, shown, export, payload)
    page.queue(default_concurrency_limit=_SIMULTANEOUS)
    return page


_DAY = (
    '<label><span>依据日期</span><input type="date" min="1949-10-01" max="2099-12-31" value="${value}"'
    ' aria-describedby="as-of-fault"></label>'
)


def _reminder(model: str | None) -> str:
    used = f"语言模型 {model},它写的话核对过才显示" if model else "未使用语言模型,回答直接摘自条款"
    return Markup(
        "<p>回答只供参考,以政策原文和主管部门的解释为准。<span>当前{}。</span></p>"
        '<button type="button" id="open-source">查看办法全文</button>'
    ).format(used)


def html(
    value: str, key: str, *, script: str | None = None, template: str = "${value}", of: str = "policyAssistant"
) -> gr.HTML:
    """HTML under the id `key`; `script` names what the script `of` does with it."""
    return gr.HTML(
        value,
        elem_id=key,
        html_template=template,
        js_on_load=f"{of}.{script}(element, trigger, watch)" if script else None,
        apply_default_css=False,
    )


def sent(event: gr.EventData) -> dict[str, Any]:
    """What page.js sent with an event. It comes from a browser: nothing in it is trusted."""
    return event._data if isinstance(event._data, dict) else {}


def _wire_opening(
    page: gr.Blocks, chat: Chat, state: gr.State, head: gr.HTML, day: gr.HTML, policy: gr.HTML, text: gr.HTML
) -> None:
    def opened(session: Session) -> tuple[str, str, str, str]:
        chooser = chat.chooser(session)
        today = (session.as_of or date.today()).isoformat()
        return chat.masthead(session), today, chooser, chat.panel(session.policy)

    page.load(opened, [state], [head, day, policy, text], **QUIET)


def _wire_basis(
    chat: Chat, state: gr.State, head: gr.HTML, day: gr.HTML, fault: gr.HTML, policy: gr.HTML, text: gr.HTML
) -> None:
    def dated(session: Session, event: gr.EventData) -> tuple[str, str]:
        wrong = chat.dated(sent(event).get("value"), session)
        return chat.masthead(session), f'<p role="alert">{wrong}</p>' if wrong else ""

    def chosen(session: Session, event: gr.EventData) -> tuple[str, str]:
        session.policy = str(sent(event).get("value", "")) or None
        return chat.masthead(session), chat.panel(session.policy)

    day.input(dated, [state], [head, fault], **QUIET)
    policy.input(chosen, [state], [head, text], **QUIET)


def _wire_asking(chat: Chat, state: gr.State, shown: gr.HTML, question: gr.Textbox, send: gr.Button) -> list[Any]:
    def asked(typed: str, session: Session) -> Iterator[tuple[str, Any]]:
        emptied: Any = ""
        for _ in chat.ask(typed, session):
            # The box is emptied once: what is typed while an answer is on its way stays.
            yield chat.transcript(session), emptied
            emptied = gr.skip()

    def example(session: Session, event: gr.EventData) -> Iterator[str]:
        for _ in chat.ask(str(sent(event).get("text", "")), session):
            yield chat.transcript(session)

    # Enter pressed while the last answer is just ending must not be lost: it is sent when that has ended.
    typing = gr.on(
        [question.submit, send.click], asked, [question, state], [shown, question], trigger_mode="always_last", **QUIET
    )
    choosing = shown.example_select(example, [state], [shown], **QUIET)
    return [typing, choosing]


def _wire_reading(chat: Chat, state: gr.State, shown: gr.HTML, text: gr.HTML) -> None:
    def cited(session: Session, event: gr.EventData) -> Any:
        told = sent(event)
        citation = session.talk.citation(told.get("entry"), told.get("shown"), told.get("place"))
        return chat.panel(citation.policy, citation) if citation else gr.skip()

    def judged(session: Session, event: gr.EventData) -> str:
        chat.judge(sent(event), session)
        return chat.transcript(session)

    shown.select(cited, [state], [text], **QUIET)
    shown.like(judged, [state], [shown], **QUIET)


def _wire_removing(
    chat: Chat,
    state: gr.State,
    shown: gr.HTML,
    question: gr.Textbox,
    undo: gr.Button,
    clear: gr.Button,
    *,
    running: list[Any],
) -> None:
    def stopped(session: Session) -> str:
        session.talk = session.talk.stopped()
        return chat.transcript(session)

    def undone(session: Session) -> tuple[str, Any]:
        last = session.talk.entries[-1:]
        session.talk = session.talk.undone() if last else session.talk
        return chat.transcript(session), last[0].question if last else gr.skip()

    def cleared(session: Session) -> str:
        session.talk = session.talk.cleared() if session.talk.entries else session.talk
        return chat.transcript(session)

    def restored(session: Session) -> str:
        session.talk = session.talk.restored()
        return chat.transcript(session)

    shown.stop(stopped, [state], [shown], cancels=running, **QUIET)
    undo.click(undone, [state], [shown, question], cancels=running, **QUIET)
    clear.click(cleared, [state], [shown], cancels=running, **QUIET)
    shown.undo(restored, [state], [shown], **QUIET)


def _wire_export(chat: Chat, state: gr.State, shown: gr.HTML, export: gr.Button, payload: gr.Textbox) -> None:
    def exported(session: Session) -> tuple[str, str]:
        made = chat.export(session)
        return chat.transcript(session), made

    written = export.click(exported, [state], [shown, payload], **QUIET)
    written.then(None, [payload], None, js="(made) => policyAssistant.save(made)", **QUIET)
