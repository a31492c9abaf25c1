"""Pre-screening of one application: `check` walks from its materials to a Report.

1. which expected material each file is, 2. facts and who applies, 3. what disagrees, 4. support for every aspect,
5. the findings by rules and support, and by what a language model reads, 6. what is missing, and advice. The steps are
told in docs/flow.md.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.checking.advice import advice, unseen
from assistant.checking.findings import findings
from assistant.checking.judge import Judge, Judged
from assistant.checking.nearest import Nearest
from assistant.checking.rule_types import Known
from assistant.checking.support import Support, Supporter
from assistant.conditions.schema import ConditionSet
from assistant.consistency.issues import issues
from assistant.facts.applicant import applicant
from assistant.facts.find import facts
from assistant.facts.labels import APPLICANT
from assistant.facts.places import Regions
from assistant.materials.kinds import placed_kinds
from assistant.materials.missing import missing
from assistant.materials.sources import Names, sources
from assistant.materials.statements import Wording
from assistant.reports.schema import FileRow, Report
from assistant.schema import Notice
from assistant.validity import notices
from ingest.application import chunks_of, ingest_application
from ingest.applications import Applications
from ingest.embeddings import Embedder, Vectors
from ingest.errors import StorageError, UsageError
from ingest.leftovers import Scratch
from ingest.materials import Application, Material
from ingest.package_search import PackageSearch
from ingest.reading import Progress
from ingest.sandbox import Sandbox
from ingest.schema import Policy

VERSION = "1"
"""Raised whenever the same package would get other findings, so that reports of before are known as such."""

_UNREVIEWED = "本次核查所用的申报条件是草稿,还没有人对照办法原文核对过,结果请逐项对照原文使用。"


@dataclass(frozen=True, slots=True)
class Desk:
    """What is the same for all applications that are checked against one policy. `source` is its text; `vector` gives
    (and keeps) the vectors of questions; `words` and `cache` are as in Segmenter; with a `judge` a language model reads
    the evidence. For many threads."""

    policy: Policy
    source: str
    conditions: ConditionSet
    regions: Regions
    embedder: Embedder | None = None
    vector: Callable[[str], Vectors] | None = None
    words: Sequence[str] = ()
    cache: Path | None = None
    judge: Judge | None = None

    @property
    def version(self) -> str:
        """Of the policy text and the conditions file, by the first 12 digits of their sha256."""
        return f"{self.policy.sha256[:12]}-{self.conditions.sha256[:12]}"


def check(application: Application, desk: Desk, *, as_of: date) -> Report:
    """The report on one application: one finding for each condition, whatever could be read. The same materials give
    the same report but for the time it was made; its id is theirs."""
    placed = placed_kinds(application, desk.conditions.materials)
    kinds = {sha256: tuple(dict.fromkeys(kind.name for kind in own)) for sha256, own in placed.items()}
    told = facts(application, roles=desk.conditions.roles, kinds=kinds)
    who = applicant(told, application, city=desk.conditions.city, regions=desk.regions, kinds=kinds)
    found = issues(
        application,
        told,
        who,
        kinds=kinds,
        regions=desk.regions,
        policy_issued=desk.policy.issued,
        as_of=as_of,
    )
    known = Known(desk.conditions, application, who, told, found, placed, desk.regions)
    supports = _supports(known, desk, kinds)
    ruled = findings(known, supports)
    judged = desk.judge.judged(ruled, supports, known) if desk.judge else Judged(ruled)
    lacking = missing(desk.conditions, application, entity=who.entity_type)
    return Report(
        id=_id(application, desk, as_of),
        application=application.id,
        title=application.title,
        policy=desk.policy.id,
        policy_title=desk.policy.title,
        version=desk.version,
        as_of=as_of,
        made=datetime.now(UTC),
        files=_rows(application.materials, kinds),
        applicant=who,
        findings=judged.findings,
        missing=lacking,
        issues=found,
        advice=advice(judged.findings, lacking, found),
        notices=(*_doubts(application, desk.conditions), *notices(desk.policy, as_of), *judged.notices),
        facts=told,
        model=judged.model,
        prompts=judged.prompts,
    )


def _doubts(application: Application, conditions: ConditionSet) -> tuple[Notice, ...]:
    """What must be known before anything else: that nobody has reviewed the conditions, that not all could be read."""
    doubts = [] if conditions.reviewed else [Notice("draft", _UNREVIEWED)]
    if told := unseen(application):
        doubts.append(Notice("incomplete", told))
    return tuple(doubts)


def check_paths(
    paths: Sequence[Path], desk: Desk, *, title: str, as_of: date, sandbox: Sandbox, progress: Progress
) -> Report:
    """The report on a package: a folder, a ZIP, or files. Nothing of it is kept, also after a crash. Raises
    StorageError."""
    try:
        scratch = Scratch()
    except OSError as error:
        raise StorageError("放临时文件的磁盘已满或不能写入,请清理磁盘后再试。") from error
    try:
        applications = Applications(scratch.folder() / "applications", embedder=None, url=None)
        read = ingest_application(
            paths, applications, sandbox=sandbox, title=title, progress=progress, embedded=lambda _done, _all: None
        )
    except UsageError:  # there are no files: a report says so as well
        read = Application("", title, datetime.now(UTC), ())
    finally:
        scratch.remove()
    report = check(read, desk, as_of=as_of)
    return replace(report, application=report.id)


def _supports(known: Known, desk: Desk, kinds: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[Support]]:
    """What the package shows for each aspect of each condition."""
    chunks = chunks_of(known.application)
    who = known.applicant
    names = Names([fact.value for fact in (who.name, *who.joint) if fact])
    supporter = Supporter(
        chunks,
        PackageSearch(chunks, embedder=desk.embedder, vector=desk.vector, words=desk.words, cache=desk.cache),
        sources=sources(known.application.materials, kinds, names=names, owners=_owners(known)),
        names=names,
        wording=Wording((desk.source,)),
        conditions=desk.conditions.conditions,
        nearest=Nearest(
            desk.conditions.conditions, embedder=desk.embedder, vector=desk.vector or desk.embedder.embed_query
        )
        if desk.embedder
        else None,
    )
    return {
        condition.id: [supporter.support(condition, aspect) for aspect in condition.aspects]
        for condition in desk.conditions.conditions
    }


def _owners(known: Known) -> Mapping[str, set[str]]:
    """The names that each file gives as those of its own unit, or that are not the applicant's, by sha256."""
    owners: dict[str, set[str]] = {}
    for fact in known.facts:
        if fact.kind == "name" and fact.role == APPLICANT:
            owners.setdefault(fact.exhibit.sha256, set()).add(fact.value)
    for issue in known.issues:
        for place in issue.places if issue.kind == "name_mismatch" else ():
            owners.setdefault(place.sha256, set()).add(place.quote)
    return owners


def _rows(materials: Sequence[Material], kinds: Mapping[str, Sequence[str]]) -> tuple[FileRow, ...]:
    """The files as the report lists them; of files with equal bytes all but the first say so."""
    first = {material.sha256: material.name for material in reversed(materials) if material.sha256}
    return tuple(_row(material, first.get(material.sha256, material.name), kinds) for material in materials)


def _row(material: Material, first: str, kinds: Mapping[str, Sequence[str]]) -> FileRow:
    twin = (f"与“{first}”内容相同,只核对一次。",) if first != material.name else ()
    return FileRow(
        material.name,
        material.sha256,
        material.kind,
        len(material.pages),
        material.status,
        material.reason,
        (*twin, *dict.fromkeys(remark.message for remark in material.remarks)),
        tuple(kinds.get(material.sha256, ())),
    )


def _id(application: Application, desk: Desk, as_of: date) -> str:
    """32 digits of the hash of all that the findings depend on."""
    files = [  # of one file more may have been read under other limits
        (material.name, material.sha256, material.status, sum(len(page.text) for page in material.pages))
        for material in application.materials
    ]
    against = [VERSION, desk.policy.id, desk.version, as_of.isoformat(), files]
    told = json.dumps([*against, *([desk.judge.version] if desk.judge else [])], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
