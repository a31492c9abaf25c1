"""`corpus/documents/<policy>/*.yaml` → the kinds of document of a measure, checked against the clauses they quote.

Every fault is one Chinese sentence that names the file, the place and the field.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from assistant.conditions.entry import Entry
from assistant.drafting.blocks import BlockReader
from assistant.drafting.forms import COMMON, form_field
from assistant.drafting.kinds import DocumentKind, FormField, Measure, Standing, Term
from assistant.drafting.schema import Source
from ingest.catalog import shipped
from ingest.clauses import parse
from ingest.errors import PolicyError, UsageError
from ingest.schema import Clause, Policy

_FIELDS = (
    *("name", "aliases", "reports", "needs", "upward", "numbered", "title", "addressee", "agency", "note"),
    *("basis", "form", "terms", "confirm", "blocks"),
)
_REPORTS = {"none": (0, 0), "optional": (0, 1), "one": (1, 1), "many": (1, 1000)}
_VERDICTS: tuple[Standing, ...] = ("met", "unmet", "unclear", "missing")
_WORKDAYS = re.compile(r"(\d{1,3})个?工作日")


def open_measure(corpus_dir: Path, policy_id: str | None = None) -> Measure:
    """The shipped policy named, or the only one that has documents. Raises PolicyError for a file that is wrong, and
    UsageError where there are no documents or more than one policy to choose from."""
    held = {policy.id: (policy, text) for policy, text in shipped(corpus_dir)}
    if policy_id is not None and policy_id not in held:
        raise UsageError(f"没有编号为“{policy_id[:60]}”的政策,已有:{'、'.join(held)}。")
    wanted = [policy_id] if policy_id else [each for each in held if (corpus_dir / "documents" / each).is_dir()]
    if len(wanted) != 1:
        raise UsageError(
            f"有几份政策的文书可以起草({'、'.join(wanted)}),请用 --policy 指定。"
            if wanted
            else "还没有可以起草的文书。"
        )
    policy, text = held[wanted[0]]
    return load_measure(corpus_dir, policy, parse(text, policy.id))


def load_measure(corpus_dir: Path, policy: Policy, clauses: Sequence[Clause]) -> Measure:
    """The kinds of document of `policy` in the order of their file names. Raises PolicyError and UsageError."""
    folder = corpus_dir / "documents" / policy.id
    kinds = tuple(load_kind(path, clauses) for path in sorted(folder.glob("*.yaml")))
    if not kinds:
        raise UsageError(f"政策 {policy.id} 还没有文书模板(documents/{policy.id}),不能起草。")
    names = [name for kind in kinds for name in (kind.name, *kind.aliases)]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise PolicyError(f"文书模板 documents/{policy.id} 中名称“{repeated[0]}”重复。")
    return Measure(policy, tuple(clauses), kinds)


def load_kind(path: Path, clauses: Sequence[Clause]) -> DocumentKind:
    """The kind of document in `path`. Raises PolicyError."""
    try:
        content = path.read_bytes()
        table = yaml.safe_load(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise PolicyError(f"文书模板 {path.name} 不是 UTF-8 编码,请另存为 UTF-8。") from None
    except yaml.YAMLError as error:
        raise PolicyError(f"文书模板 {path.name} 的 YAML 格式有误:{' '.join(str(error).split())}。") from None
    if not isinstance(table, dict):
        raise PolicyError(f"文书模板 {path.name} 的 YAML 格式有误:最外层应是“字段: 值”。")
    file = Entry(f"文书模板 {path.name}", "", table)
    file.only(*_FIELDS)
    sources = _basis(file, clauses)
    form = tuple(form_field(entry) for entry in file.entries("form"))
    agency, note, upward = file.text("agency", ""), file.text("note", ""), file.flag("upward")
    common = tuple(_common(field, agency=agency, upward=upward) for field in COMMON)
    form += tuple(field for field in common if field is not None)
    file.unique("form", [field.name for field in form])
    terms = tuple(_term(entry, form, sources) for entry in file.entries("terms")) if "terms" in table else ()
    reader = BlockReader(sources, form, terms)
    title, addressee = file.text("title"), file.text("addressee", "")
    for field, text in (("title", title), ("addressee", addressee), ("agency", agency), ("note", note)):
        reader.check_fields(file, field, text, "")
    reports = file.text("reports")
    if reports not in _REPORTS:
        raise file.wrong("reports", f"没有“{reports}”,可用的有 {'、'.join(_REPORTS)}")
    needs = file.texts("needs", ())
    if unknown := [each for each in needs if each not in _VERDICTS]:
        raise file.wrong("needs", f"没有“{unknown[0]}”,可用的有 {'、'.join(_VERDICTS)}")
    return DocumentKind(
        id=path.stem,
        name=file.text("name"),
        aliases=file.texts("aliases", ()),
        basis=tuple(sources.values()),
        reports=_REPORTS[reports],
        needs=tuple(each for each in _VERDICTS if each in needs),
        upward=upward,
        numbered=file.flag("numbered"),
        title=title,
        addressee=addressee,
        agency=agency,
        note=note,
        form=form,
        terms=terms,
        confirm=_confirm(file, form),
        blocks=tuple(reader.block(entry) for entry in file.entries("blocks")),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _basis(file: Entry, clauses: Sequence[Clause]) -> dict[str, Source]:
    """The clauses that sentences may stand on, by the name that the file gives each."""
    by_id = {clause.id: clause for clause in clauses}
    found: dict[str, Source] = {}
    for entry in file.entries("basis"):
        name = entry.text("name")
        entry = entry.called(f"依据“{name}”")
        entry.only("name", "clause", "quote")
        clause = by_id.get(entry.text("clause"))
        if clause is None:
            raise entry.wrong("clause", f"政策中没有编号为 {entry.text('clause')} 的条款")
        if name in found:
            raise entry.wrong("name", "重复")
        found[name] = Source("clause", clause.label, entry.quote("quote", clause))
    if not found:
        raise file.wrong("basis", "至少要有一条依据")
    return found


def _common(field: FormField, *, agency: str, upward: bool) -> FormField | None:
    if field.name == "发文机关":
        return replace(field, required=not agency, default=agency)
    return None if field.name == "签发人" and not upward else field


def _confirm(file: Entry, form: Sequence[FormField]) -> dict[str, str]:
    found: dict[str, str] = {}
    for collection, name in (file.table.get("confirm") or {}).items():
        if collection not in ("缺少材料", "疑点") or not any(f.name == name and f.type == "lines" for f in form):
            raise file.wrong("confirm", f"“{collection}: {name}”应写成“缺少材料(或疑点): 表单中 lines 类型的字段”")
        found[collection] = name
    return found


def _term(entry: Entry, form: Sequence[FormField], sources: dict[str, Source]) -> Term:
    name = entry.text("name")
    entry = entry.called(f"期限“{name}”")
    entry.only("name", "start", "end", "by")
    for each in ("start", "end"):
        if not any(field.name == entry.text(each) and field.type == "date" for field in form):
            raise entry.wrong(each, f"表单中没有名为“{entry.text(each)}”的日期")
    source = sources.get(entry.text("by"))
    if source is None:
        raise entry.wrong("by", f"没有名为“{entry.text('on')}”的依据")
    found = {int(number) for number in _WORKDAYS.findall(source.quote)}
    if len(found) != 1:
        raise entry.wrong("by", f"{source.label}的引文没有写明一个工作日数")
    return Term(name, entry.text("start"), entry.text("end"), found.pop(), source)
