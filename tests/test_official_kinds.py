"""Every kind of document that the measure knows, drafted and read back independently."""

import pytest

from assistant.drafting.format_reading import open_docx
from assistant.drafting.format_rules import deviations
from assistant.drafting.kinds import DocumentKind
from assistant.drafting.official import official_docx
from assistant.drafting.write import draft
from tests.drafting_fakes import FORMS, confirmed, measure, reports_for
from tests.official_reading import layout_faults


@pytest.mark.parametrize("kind", measure().kinds, ids=lambda kind: kind.id)
def test_every_kind_is_laid_out_without_fault(kind: DocumentKind) -> None:
    made = draft(kind, measure(), reports=reports_for(kind), overrides=confirmed(), form=FORMS[kind.name])
    data = official_docx(made)
    assert layout_faults(data) == []
    assert deviations(open_docx(data, f"{kind.name}.docx")) == ()
