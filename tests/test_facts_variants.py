"""Who applies, in the words and layouts of letters, tables, answers, data, licences and seals."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.facts_fakes import applicant_of, material

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "applicants.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_who_applies(case: dict[str, Any]) -> None:
    names = ("a.docx", "b.pdf", "c.pdf")
    who = applicant_of(*(material(name, text) for name, text in zip(names, case["texts"], strict=False)))
    read = {
        "name": who.name.value if who.name else None,
        "code": who.uscc.value if who.uscc else None,
        "address": who.address.value if who.address else None,
        "person": who.legal_representative.value if who.legal_representative else None,
        "kind": who.entity_type,
        "city": who.registered_city,
    }
    assert {key: read[key] for key in case["expected"]} == case["expected"]
