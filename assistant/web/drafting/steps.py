"""What happens on the page 意见起草, step by step; `page.py` wires the steps to the screen."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from assistant.drafting.founded import sentences
from assistant.drafting.official_parts import official_parts
from assistant.drafting.schema import UNCONFIRMED, Opinion
from assistant.drafting.versions import Act, Origin, Version, before
from assistant.reports.words import printable
from assistant.web.drafting.bench import bench
from assistant.web.drafting.checks import doubts, flagged, layout
from assistant.web.drafting.compare import compared, texts
from assistant.web.drafting.exports import document_file, revision_file
from assistant.web.drafting.form import entered
from assistant.web.drafting.opening import opening
from assistant.web.drafting.paper import NONE, paper
from assistant.web.drafting.revision import Editor, amended, revised
from assistant.web.drafting.studio import Sitting, Studio, key_of
from assistant.web.masthead import banner, masthead
from assistant.web.screening.runs import FAULT
from ingest.errors import AssistantError, UsageError

_LOG = logging.getLogger(__name__)
_CHOSEN = 1000  # reports in one table
_NAME = 40


class Steps:
    """The steps of the page. `sent` is what a browser sent: nothing in it is trusted."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def arrive(self, sitting: Sitting, draft: str | None, report: str | None) -> None:
        """The page was opened, perhaps at the address of a draft or with a report chosen."""
        sitting.reports = (report,) if report else ()
        if draft:
            self.open(sitting, draft)

    def masthead(self) -> str:
        try:
            today = date.today()
            policies = [measure.policy for measure in self._studio.measures()]
            return masthead(policies, today, today=today, words_only=None)
        except AssistantError as error:
            return banner(str(error))

    def choose(self, sitting: Sitting, sent: Mapping[str, object]) -> None:
        """Another kind of document was chosen; what was filled in so far stays where the other form asks for it."""
        with _told(sitting):
            self._choose(sitting, sent)

    def draft(self, sitting: Sitting, sent: Mapping[str, object]) -> None:
        """Drafts the first version, or the next one of the open draft from another form."""
        with _told(sitting):
            last = self._last(sitting) if sitting.draft else None
            self._choose(sitting, sent)
            chosen = self._studio.chosen(sitting.kind)
            if chosen is None:
                raise UsageError("没有可以起草的文书。")
            measure, kind = chosen
            for each in kind.form:
                if each.required and not each.default and each.name not in sitting.form:
                    raise UsageError(f"请填写表单中的“{each.name}”。")
            wanted = sitting.reports if kind.reports[1] else ()
            origin = Origin(measure.policy.id, kind.id, wanted, sitting.form)
            opinion = self._studio.drafted(origin)
            official_parts(opinion)  # what cannot be set is told now
            editor = _editor(sent)
            if last is None:
                last = self._studio.versions.begin(opinion, origin, person=editor.person, at=editor.at)
                sitting.draft = last.draft
            else:
                self._follow(last, opinion, "drafted", editor, origin=origin, note="按表单重新起草")
            sitting.form, sitting.pair, sitting.layout = {}, None, None

    def edit(self, sitting: Sitting, sent: Mapping[str, object]) -> None:
        """Keeps what a person did to the open draft as its next version."""
        with _told(sitting):
            versions = self._studio.versions.versions(sitting.draft)
            last, editor = versions[-1], _editor(sent, "签发人" if sent.get("act") == "sign" else "经办人")
            if sent.get("version") != last.number:
                raise UsageError(f"{last.person}已保存了第{last.number}版,您的修改没有保存,请看过后再改。")
            opinion = last.opinion
            match sent.get("act"):
                case "words":
                    changed = revised(opinion, str(sent.get("place")), printable(str(sent.get("text"))), editor)
                    self._changed(last, changed, editor, note="修改正文")
                case "fields":
                    given = sent.get("fields")
                    changed = amended(opinion, given if isinstance(given, dict) else {})
                    self._changed(last, changed, editor, note="修改版头和落款")
                case "undo":
                    earlier = before(versions)
                    if earlier is None:
                        raise UsageError("已经是最初的一版。")
                    self._restored(last, earlier, editor)
                case "restore":
                    wanted = next((each for each in versions if each.number == sent.get("number")), None)
                    if wanted is None:
                        raise UsageError("没有这一版。")
                    self._restored(last, wanted, editor)
                case "polish":
                    self._polished(last, editor)
                case "sign":
                    self._signed(last, editor, stays=sent.get("stays") is True)
                case _:
                    raise UsageError("不能这样修改。")

    def open(self, sitting: Sitting, draft: object) -> None:
        with _told(sitting):
            self._studio.versions.versions(str(draft))
            sitting.draft, sitting.pair, sitting.layout, sitting.form = str(draft), None, None, {}

    def close(self, sitting: Sitting) -> None:
        sitting.draft, sitting.pair, sitting.layout, sitting.form = "", None, None, {}

    def delete(self, sitting: Sitting, draft: object) -> None:
        with _told(sitting):
            self._studio.versions.delete(str(draft))
            if sitting.draft == str(draft):
                self.close(sitting)

    def compare(self, sitting: Sitting, sent: Mapping[str, object]) -> None:
        """Two versions side by side; none where they are the same."""
        left, right = sent.get("left"), sent.get("right")
        sitting.pair = (left, right) if isinstance(left, int) and isinstance(right, int) and left != right else None

    def check(self, sitting: Sitting) -> None:
        """Looks for what the layout of the Word file lacks."""
        with _told(sitting):
            last = self._last(sitting)
            sitting.layout = (last.number, layout(last.opinion))

    def download(self, sitting: Sitting, sent: Mapping[str, object]) -> str:
        """A file for the browser to save, see `exports`; empty when there is none."""
        with _told(sitting):
            versions = self._studio.versions.versions(sitting.draft)
            numbers = {each.number: each for each in versions}
            if sent.get("form") == "changes":
                pair = sitting.pair or ()
                if len(pair) != 2 or any(number not in numbers for number in pair):
                    raise UsageError("请先选两个版本对照。")
                return revision_file(numbers[min(pair)], numbers[max(pair)])
            return document_file(versions[-1])
        return ""

    def shown(self, sitting: Sitting) -> tuple[str, str]:
        """The left side, where one chooses and works, and the pages beside it."""
        note = sitting.told()
        try:
            if not sitting.draft:
                return opening(self._studio, sitting, note=note), NONE
            versions = self._studio.versions.versions(sitting.draft)
            last = versions[-1]
            found = doubts(self._studio, last)
            beside = compared(versions, sitting.pair)
            chosen = self._studio.chosen(f"{last.origin.policy}/{last.origin.kind}")
            work = bench(
                versions, sitting, found, chosen[1] if chosen else None, beside, note=note, words=self._words(last)
            )
            told = f"{last.draft}.{last.number}"
            return work, paper(last.opinion, version=told, flagged=flagged(last.opinion, found))
        except Exception as error:
            sitting.draft = ""
            return banner(_sentence(error)), NONE

    def _choose(self, sitting: Sitting, sent: Mapping[str, object]) -> None:
        if sitting.draft:
            origin = self._last(sitting).origin
            sitting.kind, sitting.reports = f"{origin.policy}/{origin.kind}", origin.reports
        else:
            reports = sent.get("reports")
            sitting.reports = tuple(str(each) for each in reports)[:_CHOSEN] if isinstance(reports, list) else ()
            chosen = self._studio.chosen(str(sent.get("kind") or sitting.kind))
            sitting.kind = key_of(*chosen) if chosen else ""
        chosen = self._studio.chosen(sitting.kind)
        sitting.form = entered(sent.get("form"), chosen[1] if chosen else None)

    def _last(self, sitting: Sitting) -> Version:
        return self._studio.versions.versions(sitting.draft)[-1]

    def _changed(self, last: Version, opinion: Opinion, editor: Editor, *, note: str) -> None:
        if opinion == last.opinion:
            raise UsageError("没有改动,没有保存新的一版。")
        official_parts(opinion)
        self._follow(last, replace(opinion, signed=None), "edited", editor, note=note)

    def _words(self, last: Version) -> bool:
        return self._studio.words is not None and any(each.reasoning for each in sentences(last.opinion))

    def _polished(self, last: Version, editor: Editor) -> None:
        if self._studio.words is None:
            raise UsageError("没有可用的语言模型。")
        made = self._studio.words(last.opinion, *self._studio.read(last.origin.reports))
        if not made.taken:
            raise UsageError(f"没有保存新的一版。{made.kept[0] if made.kept else '模型没有改动。'}")
        kept = f",{len(made.kept)} 段保留原来的措辞" if made.kept else ""
        note = f"语言模型 {made.opinion.model} 润色 {made.taken} 段理由{kept}"
        self._changed(last, made.opinion, editor, note=note)

    def _restored(self, last: Version, wanted: Version, editor: Editor) -> None:
        opinion, note = replace(wanted.opinion, signed=None), f"恢复到第{wanted.of}版"
        self._follow(last, opinion, "restored", editor, origin=wanted.origin, of=wanted.of, note=note)

    def _signed(self, last: Version, editor: Editor, *, stays: bool) -> None:
        if last.opinion.signed:
            raise UsageError("这一版已经签发。")
        left = sum(part.count(UNCONFIRMED) for part in texts(last.opinion))
        if left and not stays:
            raise UsageError(f"文稿中还有 {left} 处【待核实】,没有签发;请核定后重新起草,或确认保留。")
        note = f"保留 {left} 处【待核实】" if left else ""
        self._follow(last, replace(last.opinion, signed=editor.at), "signed", editor, note=note)

    def _follow(self, last: Version, opinion: Opinion, act: Act, editor: Editor, **more: Any) -> None:
        self._studio.versions.follow(last, opinion, act, person=editor.person, at=editor.at, **more)


def _editor(sent: Mapping[str, object], role: str = "经办人") -> Editor:
    person = " ".join(printable(str(sent.get("person") or "")).split())[:_NAME]
    if not person:
        raise UsageError(f"请填写{role}。")
    return Editor(person, datetime.now(UTC))


@contextmanager
def _told(sitting: Sitting) -> Iterator[None]:
    """Where every fault of a step ends: the visitor reads one sentence, the log has the traceback."""
    try:
        yield
    except Exception as error:
        sitting.fault = _sentence(error)


def _sentence(error: Exception) -> str:
    if isinstance(error, AssistantError):
        return str(error)
    _LOG.error("a step of the page failed", exc_info=error)
    return FAULT
