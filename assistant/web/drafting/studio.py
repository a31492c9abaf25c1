"""What the page 意见起草 stands on: the kinds of document, the stored reports, the drafts; and one visitor's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from assistant.drafting.kinds import DocumentKind, Measure
from assistant.drafting.schema import Opinion
from assistant.drafting.templates import load_measure
from assistant.drafting.versions import Origin, VersionStore
from assistant.drafting.worded import Words
from assistant.drafting.write import draft
from assistant.reports.schema import Override, Report
from assistant.reports.store import ReportStore
from ingest.catalog import shipped
from ingest.clauses import parse
from ingest.errors import UsageError

Chosen = tuple[Measure, DocumentKind]


@dataclass(slots=True)
class Sitting:
    """One visitor's page. `kind`, `reports` and `form` are what was chosen for a draft that is not made yet; `pair` are
    the numbers of the versions that are compared, `layout` the deviations that the last check found, with the version
    that it looked at."""

    draft: str = ""
    kind: str = ""
    reports: tuple[str, ...] = ()
    form: dict[str, Any] = field(default_factory=dict)
    pair: tuple[int, int] | None = None
    layout: tuple[int, tuple[str, ...]] | None = None
    fault: str = ""
    """A sentence about the last step, shown once."""

    def told(self) -> str:
        fault, self.fault = self.fault, ""
        return fault


@dataclass(frozen=True, slots=True)
class Studio:
    """`measures` gives the policies that have kinds of document; it raises PolicyError for a file that is wrong.
    `words` is None where no language model may see materials."""

    measures: Callable[[], Sequence[Measure]]
    reports: ReportStore
    versions: VersionStore
    words: Words | None = None

    def close(self) -> None:
        """Let go of the connections."""
        self.versions.close()

    def chosen(self, key: str) -> Chosen | None:
        """The kind of document with this key (qingdao-2021/01-recommend); the first one for "". None where there are
        no kinds at all. Raises UsageError for a key that is none."""
        found = [(measure, kind) for measure in self.measures() for kind in measure.kinds]
        if not key:
            return found[0] if found else None
        for measure, kind in found:
            if key == key_of(measure, kind):
                return measure, kind
        raise UsageError("没有这种文书,请重新选择。")

    def read(self, reports: Sequence[str]) -> tuple[tuple[Report, ...], tuple[Override, ...]]:
        """The reports with what people said of them. Raises UsageError for one that is gone, StorageError."""
        read = tuple(self.reports.report(each) for each in reports)
        return read, tuple(override for each in reports for override in self.reports.overrides(each))

    def drafted(self, origin: Origin) -> Opinion:
        """Raises UsageError for what cannot be drafted."""
        chosen = self.chosen(f"{origin.policy}/{origin.kind}")
        if chosen is None:
            raise UsageError("没有可以起草的文书。")
        measure, kind = chosen
        reports, overrides = self.read(origin.reports)
        return draft(kind, measure, reports=reports, overrides=overrides, form=origin.form)


def open_studio(corpus_dir: Path, reports: ReportStore, database: Path, *, words: Words | None = None) -> Studio:
    """The studio on the shipped policies that have kinds of document, and the drafts in the SQLite file `database`."""

    @cache
    def measures() -> tuple[Measure, ...]:
        return tuple(
            load_measure(corpus_dir, policy, parse(text, policy.id))
            for policy, text in shipped(corpus_dir)
            if (corpus_dir / "documents" / policy.id).is_dir()
        )

    return Studio(measures, reports, VersionStore.at(database), words)


def key_of(measure: Measure, kind: DocumentKind) -> str:
    return f"{measure.policy.id}/{kind.id}"
