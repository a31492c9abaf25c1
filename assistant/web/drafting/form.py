"""The form of a kind of document: its fields as the page shows them, and what a browser sent of them."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from assistant.drafting.forms import COMMON, LINES_LENGTH, NAME_LENGTH, ROWS
from assistant.drafting.kinds import DocumentKind, FormField

_COMMON = {field.name for field in COMMON}
_KEPT = 2 * LINES_LENGTH  # characters; more than a field may hold, so that the form itself tells that it is too long
_BLANK = 2  # rows that wait to be filled in


def entered(sent: object, kind: DocumentKind | None) -> dict[str, Any]:
    """The fields of `kind` among what was sent: texts, and lists of rows. What is empty is left out."""
    if not isinstance(sent, dict) or kind is None:
        return {}
    found: dict[str, Any] = {}
    for field in kind.form:
        value = sent.get(field.name)
        if field.type == "rows" and isinstance(value, list):
            rows = [_row(each, field) for each in value[: ROWS + 1] if isinstance(each, dict)]
            if rows := [row for row in rows if row]:
                found[field.name] = rows
        elif field.type != "rows" and isinstance(value, str) and value.strip():
            found[field.name] = value[:_KEPT]
    return found


def fields(kind: DocumentKind, values: Mapping[str, Any]) -> Markup:
    """The fields with what was filled in: those of this kind, and the ones of every document folded away."""
    own = Markup("").join(_field(each, values) for each in kind.form if each.name not in _COMMON)
    must = [each for each in kind.form if each.name in _COMMON and each.required and not each.default]
    rest = [each for each in kind.form if each.name in _COMMON and each not in must]
    opened = Markup(" open") if any(each.name in values for each in rest) else Markup("")
    return Markup(
        '<fieldset class="fields"><legend>表单</legend><p class="small">不知道的可以空着,文稿中写成××或【待核实】。</p>'
        '<div class="grid">{}{}</div>'
        '<details class="common"{}><summary>发文字号、成文日期、附件等</summary>'
        '<div class="grid">{}</div></details></fieldset>'
    ).format(
        Markup("").join(_field(each, values) for each in must), own, opened,
        Markup("").join(_field(each, values) for each in rest),
    )  # fmt: skip


def _row(sent: Mapping[str, object], field: FormField) -> dict[str, str]:
    cells = {column.name: sent.get(column.name) for column in field.columns}
    return {name: cell[:_KEPT] for name, cell in cells.items() if isinstance(cell, str) and cell.strip()}


def _field(field: FormField, values: Mapping[str, Any]) -> Markup:
    if field.type == "rows":
        return _rows(field, values.get(field.name) or [])
    hint = field.hint or ("没有填写则写成【待核实】" if field.judgement else "")
    return Markup('<label class="{}"><span>{}{}</span>{}{}</label>').format(
        "wide" if field.type == "lines" else field.type,
        field.name,
        Markup('<b class="must" title="必填">*</b>') if field.required and not field.default else "",
        _control(field, str(values.get(field.name, "")), field.name),
        Markup("<small>{}</small>").format(hint) if hint else "",
    )


def _control(field: FormField, value: str, label: str) -> Markup:
    if field.type == "choice":
        options = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(
                each, Markup(" selected") if each == value else "", each or "(未定)"
            )
            for each in ("", *field.options)
        )
        return Markup('<select data-field="{}" aria-label="{}">{}</select>').format(field.name, label, options)
    if field.type == "lines":
        return Markup('<textarea data-field="{}" rows="3" maxlength="{}" aria-label="{}">{}</textarea>').format(
            field.name, LINES_LENGTH, label, Markup("\n") + value
        )
    kinds = {"date": "date", "number": "number"}
    limits = Markup(' min="1949-10-01" max="2099-12-31"') if field.type == "date" else Markup("")
    limits = Markup(' min="0" step="1"') if field.type == "number" else limits
    return Markup('<input type="{}" data-field="{}" value="{}" maxlength="{}" aria-label="{}"{}>').format(
        kinds.get(field.type, "text"), field.name, value, NAME_LENGTH, label, limits
    )


def _rows(field: FormField, rows: list[Mapping[str, str]]) -> Markup:
    heads = Markup("").join(
        Markup('<th scope="col">{}{}</th>').format(
            each.name, Markup('<b class="must" title="必填">*</b>') if each.required else ""
        )
        for each in field.columns
    )
    shown = [*rows, *[{}] * max(1, _BLANK - len(rows))]
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup('<td data-name="{}">{}</td>').format(
                    each.name, _control(each, str(row.get(each.name, "")), f"{field.name}第{number}行{each.name}")
                )
                for each in field.columns
            )
        )
        for number, row in enumerate(shown, 1)
    )
    return Markup(
        '<div class="wide rows" data-rows="{}"><span>{}{}</span>'
        '<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
        '<button type="button" class="quiet" data-do="row">再加一行</button>{}</div>'
    ).format(
        field.name, field.name, Markup('<b class="must" title="必填">*</b>') if field.required else "", heads, body,
        Markup("<small>{}</small>").format(field.hint) if field.hint else "",
    )  # fmt: skip
