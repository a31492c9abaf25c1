"""The page 意见起草: what stands where, and which event calls which step of `steps.py`."""

from typing import Any

import gradio as gr
from gradio.components.navbar import Navbar

from assistant.web.drafting.paper import NONE
from assistant.web.drafting.steps import Steps
from assistant.web.drafting.studio import Sitting, Studio
from assistant.web.navigation import navigation
from assistant.web.page import QUIET, html, sent

_OF = "policyDrafting"


def add_drafting(page: gr.Blocks, studio: Studio) -> None:
    """Add the page to the application."""
    steps = Steps(studio)
    with page.route("意见起草", "drafting"):
        Navbar(visible=False)
        state = gr.State(Sitting())
        with gr.Row(elem_id="masthead"):
            head = html("", "masthead-text")
            html(navigation("drafting"), "site-nav")
        with gr.Row(elem_id="drafting"):
            with gr.Column(elem_id="bench-side", min_width=0):
                bench = html("", "bench", script="bench", of=_OF)
            with gr.Column(elem_id="paper-side", min_width=0):
                html(_LARGER, "paper-tools")
                paper = html(NONE, "paper", script="paper", of=_OF)
        html(_DIALOGS, "drafting-dialogs", script="dialogs", of=_OF)
        payload = gr.Textbox(visible="hidden", elem_id="payload")

        _wire(page, steps, state, head, bench, paper)
        _wire_download(steps, state, bench, paper, payload)


_LARGER = (
    '<div class="tools"><span>预览</span>'
    '<button type="button" class="quiet" data-do="larger" aria-pressed="false">放大</button></div>'
)
_DIALOGS = (
    '<div class="said-card" role="dialog" aria-label="这句话的出处" hidden><div class="told"></div><div class="tools">'
    '<button type="button" class="quiet" data-do="change">改这一段</button>'
    '<button type="button" class="quiet" data-do="shut">关闭</button></div></div>'
    '<dialog class="change" aria-label="修改"><h3>修改</h3><p class="small">换行另起一段;清空则删去这一段。'
    "改过的句子,出处记为您;报告和表单里没有的内容会标出来。</p>"
    '<textarea rows="8" aria-label="这一段的文字"></textarea><p class="dialog-fault" role="alert" hidden></p>'
    '<div class="tools"><label class="person"><span>经办人</span><input name="person" maxlength="40"></label>'
    '<button type="button" class="go" data-do="words">保存</button>'
    '<button type="button" class="quiet" data-do="leave">不改了</button></div></dialog>'
)


def _wire(page: gr.Blocks, steps: Steps, state: gr.State, head: gr.HTML, bench: gr.HTML, paper: gr.HTML) -> None:
    both = [bench, paper]

    def arrived(sitting: Sitting, request: gr.Request) -> tuple[str, str, str]:
        steps.arrive(sitting, request.query_params.get("draft"), request.query_params.get("report"))
        return steps.masthead(), *steps.shown(sitting)

    def selected(sitting: Sitting, event: gr.EventData) -> Any:
        told = sent(event)
        match told.get("what"):
            case "draft":
                steps.open(sitting, told.get("draft"))
            case "kind":
                steps.choose(sitting, told)
            case "check":
                steps.check(sitting)
            case "compare":
                steps.compare(sitting, told)
            case _:
                steps.close(sitting)
        return steps.shown(sitting)

    def drafted(sitting: Sitting, event: gr.EventData) -> Any:
        steps.draft(sitting, sent(event))
        return steps.shown(sitting)

    def edited(sitting: Sitting, event: gr.EventData) -> Any:
        steps.edit(sitting, sent(event))
        return steps.shown(sitting)

    def deleted(sitting: Sitting, event: gr.EventData) -> Any:
        steps.delete(sitting, sent(event).get("draft"))
        return steps.shown(sitting)

    page.load(arrived, [state], [head, *both], **QUIET)
    bench.select(selected, [state], both, **QUIET)
    bench.submit(drafted, [state], both, **QUIET)
    bench.edit(edited, [state], both, **QUIET)
    bench.delete(deleted, [state], both, **QUIET)


def _wire_download(steps: Steps, state: gr.State, bench: gr.HTML, paper: gr.HTML, payload: gr.Textbox) -> None:
    def downloaded(sitting: Sitting, event: gr.EventData) -> tuple[str, Any, Any]:
        made = steps.download(sitting, sent(event))
        # Nothing is drawn anew while all is well: what is being typed stays.
        return made, *((gr.skip(), gr.skip()) if made else steps.shown(sitting))

    written = bench.download(downloaded, [state], [payload, bench, paper], **QUIET)
    written.then(None, [payload], None, js="(made) => policyScreening.save(made)", **QUIET)
