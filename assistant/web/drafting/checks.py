"""What is looked at before a draft goes out: does everything have a source, is the Word file set right."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.format_reading import open_docx
from assistant.drafting.format_rules import deviations
from assistant.drafting.format_schema import CLAUSES
from assistant.drafting.founded import sentences, unfounded
from assistant.drafting.official import official_docx
from assistant.drafting.schema import Block, Heading, Opinion, Paragraph, Table
from assistant.drafting.versions import Version
from assistant.web.drafting.revision import by_person
from assistant.web.drafting.studio import Studio
from ingest.errors import AssistantError


def doubts(studio: Studio, version: Version) -> tuple[str, ...]:
    """One sentence for each fact of the draft that neither report nor form nor measure says; where these cannot be
    read any more, one that tells so. A person's sentence may say more than they do, and is told, too."""
    origin = version.origin
    try:
        chosen = studio.chosen(f"{origin.policy}/{origin.kind}")
        if chosen is None:
            return ("文书模板已不在,不能核对出处。",)
        reports, overrides = studio.read(origin.reports)
        found = unfounded(_apart(version.opinion), chosen[0], reports=reports, overrides=overrides, form=origin.form)
    except AssistantError as error:
        return (f"不能核对出处:{error}",)
    return tuple(dict.fromkeys(found))


def flagged(opinion: Opinion, doubts: Sequence[str]) -> frozenset[str]:
    """The texts of the sentences that the doubts are about."""
    return frozenset(
        each.text for each in sentences(opinion) if any(told.startswith(f"“{each.text[:40]}”") for told in doubts)
    )


def layout(opinion: Opinion) -> tuple[str, ...]:
    """One sentence for each deviation of the opinion's Word file from GB/T 9704-2012. Raises LayoutError."""
    found = deviations(open_docx(official_docx(opinion), f"{opinion.title}.docx"))
    return tuple(
        f"{each.clause} {CLAUSES[each.clause]}:{each.place},{each.found};应为{each.wanted}。" for each in found
    )


def _apart(opinion: Opinion) -> Opinion:
    """The opinion with what people wrote set as headings: these are held against everything that is known, not against
    a source of their own."""
    blocks: list[Block] = []
    for block in opinion.blocks:
        match block:
            case Heading():
                blocks.append(block)
            case Paragraph(held):
                blocks += [Heading(1, each.text) for each in held if by_person(each)]
                if rest := tuple(each for each in held if not by_person(each)):
                    blocks.append(Paragraph(rest))
            case Table(header, rows):
                cells = [cell for row in rows for cell in row]
                blocks += [Heading(1, each.text) for each in cells if by_person(each)]
                blocks += [Heading(1, name) for name in header]
                if rest := tuple(each for each in cells if not by_person(each)):
                    blocks.append(Paragraph(rest))
    return replace(opinion, blocks=tuple(blocks))
