"""The pages 材料预审 and 申报自查: what stands where, and which event calls which step of `steps.py`."""

from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.components.navbar import Navbar

from assistant.web.navigation import Place, navigation
from assistant.web.page import QUIET, html, sent
from assistant.web.screening.evidence import EMPTY
from assistant.web.screening.office import Office, Visit
from assistant.web.screening.steps import Steps

_MANY: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}


def add_screening(page: gr.Blocks, office: Office) -> None:
    """Add both pages to the application."""
    _add(page, office, "screening", "材料预审", own=False)
    _add(page, office, "selfcheck", "申报自查", own=True)


def _add(page: gr.Blocks, office: Office, place: Place, name: str, *, own: bool) -> None:
    steps = Steps(office, own=own)
    with page.route(name, place):
        Navbar(visible=False)
        # Whatever the visit was not to keep is deleted when Gradio has seen nothing of it for an hour.
        state = gr.State(Visit(), delete_callback=steps.left)
        with gr.Row(elem_id="masthead"):
            head = html("", "masthead-text")
            html(navigation(place), "site-nav")
        with gr.Row(elem_id="screening", elem_classes="own" if own else ""):
            with gr.Column(elem_id="desk", min_width=0):
                intake = html("", "intake", script="intake", of="policyScreening")
                progress = html("", "progress", script="progress", of="policyScreening")
                listing = html("", "listing", script="listing", of="policyScreening")
                report = html("", "report", script="report", of="policyScreening")
            with gr.Column(elem_id="evidence", min_width=0):
                viewer = html(EMPTY, "viewer", script="viewer", of="policyScreening")
        payload = gr.Textbox(visible="hidden", elem_id="payload")

        _wire_opening(page, steps, state, head, intake, listing, report)
        _wire_runs(steps, state, intake, progress, listing, report)
        _wire_reports(steps, state, intake, progress, listing, report, viewer)
        _wire_findings(steps, state, intake, report, viewer, payload)


def _wire_opening(
    page: gr.Blocks, steps: Steps, state: gr.State, head: gr.HTML, intake: gr.HTML, listing: gr.HTML, report: gr.HTML
) -> None:
    def arrived(visit: Visit, request: gr.Request) -> tuple[Visit, str, str, str, str]:
        steps.arrive(visit, request.query_params.get("report"))
        # Gradio calls the delete_callback only of a state that was once written.
        return visit, steps.masthead(), steps.intake(visit), steps.listing(visit), steps.report(visit)

    page.load(arrived, [state], [state, head, intake, listing, report], **QUIET)


def _wire_runs(
    steps: Steps, state: gr.State, intake: gr.HTML, progress: gr.HTML, listing: gr.HTML, report: gr.HTML
) -> None:
    def started(visit: Visit, event: gr.EventData) -> Iterator[tuple[Any, Any, Any]]:
        opened, ended = visit.opened, -1
        for _ in steps.start(sent(event), visit):
            # The list is drawn anew only when a package is done, so that what was typed into its filter stays.
            now = sum(run.ended for run in visit.runs)
            changed = now != ended or bool(visit.fault)
            ended = now
            shown = steps.report(visit) if visit.opened != opened else gr.skip()
            yield steps.progress(visit), steps.listing(visit) if changed else gr.skip(), shown

    def stopped(visit: Visit) -> str:
        steps.stop(visit)
        return steps.progress(visit)

    intake.submit(started, [state], [progress, listing, report], **_MANY)
    intake.stop(stopped, [state], [progress], **QUIET)


def _wire_reports(
    steps: Steps,
    state: gr.State,
    intake: gr.HTML,
    progress: gr.HTML,
    listing: gr.HTML,
    report: gr.HTML,
    viewer: gr.HTML,
) -> None:
    shown = [progress, listing, report, viewer]

    def everything(visit: Visit) -> tuple[str, str, str, str]:
        listed = steps.listing(visit)
        return steps.progress(visit), listed, steps.report(visit), EMPTY

    def opened(visit: Visit, event: gr.EventData) -> tuple[str, str, str, str]:
        steps.open(visit, sent(event).get("report"))
        return everything(visit)

    def closed(visit: Visit) -> tuple[str, str, str, str]:
        steps.close(visit)
        return everything(visit)

    def deleted(visit: Visit, event: gr.EventData) -> tuple[str, str, str, str]:
        told = sent(event)
        if "application" in told:
            steps.drop(visit, told["application"])
        else:
            steps.delete(visit, told.get("report"))
        return everything(visit)

    intake.select(opened, [state], shown, **QUIET)
    intake.clear(closed, [state], shown, **QUIET)
    intake.delete(deleted, [state], shown, **QUIET)


def _wire_findings(
    steps: Steps, state: gr.State, intake: gr.HTML, report: gr.HTML, viewer: gr.HTML, payload: gr.Textbox
) -> None:
    def judged(visit: Visit, event: gr.EventData) -> str:
        steps.judge(visit, sent(event))
        return steps.report(visit)

    def shown(visit: Visit, event: gr.EventData) -> str:
        return steps.evidence(visit, sent(event))

    def downloaded(visit: Visit, event: gr.EventData) -> str:
        return steps.download(visit, sent(event))

    intake.edit(judged, [state], [report], **QUIET)
    intake.option_select(shown, [state], [viewer], **_MANY)
    written = intake.download(downloaded, [state], [payload], **QUIET)
    written.then(None, [payload], None, js="(made) => policyScreening.save(made)", **QUIET)
