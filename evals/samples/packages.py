"""What a package is: its papers, how each of them was made, and what a reviewer should find."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from evals.samples.applicants import Applicant
from evals.samples.document import Document, Workbook
from evals.samples.scans import Look

How = Literal["pdf", "scan", "photo", "jpeg", "screenshot", "word", "excel", "text", "utf8", "html", "csv", "ofd",
              "locked", "cut", "empty", "rar"]  # fmt: skip
"""Digital PDF; image-only PDF; photo of a page on a desk; flat JPEG scan; PNG of a browser; docx; xlsx; GBK text; UTF-8
text; a web page; GBK table; OFD; PDF with a password; half a docx; nothing; RAR."""
BROKEN: tuple[How, ...] = ("locked", "cut", "empty", "rar")
"""What nobody can read."""
Verdict = Literal["met", "unmet", "unclear", "missing"]
IssueKind = Literal[
    "name_mismatch", "bad_uscc", "amount_conflict", "address_conflict", "date_conflict", "hidden_text", "injection",
    "unreadable", "unsigned",
]  # fmt: skip
MATERIALS: Mapping[str, str] = {
    "申报书": "第五条",
    "法人资格证明": "第七条第(一)项",
    "场地证明": "第七条第(二)项",
    "专职团队名单": "第七条第(二)项",
    "社保证明": "第七条第(二)项",
    "专项经费证明": "第七条第(二)项",
    "软硬件产品或著作权证明": "第七条第(二)项",
    "服务能力说明": "第七条第(三)项",
    "服务案例或用户证明": "第七条第(三)项",
    "产学研合作证明": "第七条第(七)项",
    "数据共享与保密制度": "第七条第(八)项",
    "真实性承诺书": "第七条第(九)项",
    "信用证明": "第七条第(十)项",
}
"""What packages hold → the clause that asks for it, or for what it proves."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: `path` in the package, with "/" (below a name in .zip where it lies in an inner ZIP), what it says, how
    it was made, which of MATERIALS it is. `looks` are those of scanned pages, one after the other."""

    path: str
    what: Document | Workbook
    how: How
    materials: tuple[str, ...] = ()
    looks: tuple[Look, ...] = (Look(),)
    unread: tuple[int, ...] = ()
    """pages that nobody can read"""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault in the papers at `paths`, where the `values` disagree or stand."""

    kind: IssueKind
    paths: tuple[str, ...]
    note: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A package with its ground truth. `verdicts` names what is to be found without an LLM for each of 7.1 to 7.10,
    the first of them best, the others no mistake. `blank` are MATERIALS whose paper is there, but proves nothing;
    `optional` are those that may be called missing or not; `tolerated` are issues that may be told or not. A ZIP is
    one from Windows, with names in GBK, or (`utf8`) one with names in UTF-8. `as_of` is the day of the check. Of the
    facts, no paper says those in `unsaid`, and papers differ on those in `unjudged`."""

    name: str
    applicant: Applicant
    papers: tuple[Paper, ...]
    verdicts: Mapping[str, tuple[Verdict, ...]]
    issues: tuple[Planted, ...] = ()
    blank: tuple[str, ...] = ()
    zipped: bool = False
    utf8: bool = False
    optional: tuple[str, ...] = ()
    tolerated: tuple[Planted, ...] = ()
    as_of: date | None = None
    unsaid: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Those of MATERIALS that no paper is, or only a blank one."""
        present = {material for paper in self.papers for material in paper.materials} - set(self.blank)
        return tuple(material for material in MATERIALS if material not in present)

    def name_of(self, path: str) -> str:
        """The file's name as reading the package gives it: what is in a ZIP stands under the name of the ZIP."""
        return f"{self.name}.zip/{path}" if self.zipped else path
