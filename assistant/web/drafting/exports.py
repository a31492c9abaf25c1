"""Files for the browser to save, as JSON with `name`, `type` and the bytes in base64."""

import json
from base64 import b64encode

from assistant.drafting.changes import changes_docx
from assistant.drafting.official import official_docx
from assistant.drafting.versions import Version
from ingest.readers.archive import safe_name

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document_file(version: Version) -> str:
    """The version as Word file; its name tells that it is a draft until it is signed. Raises LayoutError."""
    state = "" if version.opinion.signed else f"(第{version.number}版,待审核)"
    return _file(f"{_stem(version)}{state}.docx", official_docx(version.opinion))


def revision_file(old: Version, new: Version) -> str:
    """What changed from the older to the newer version, as tracked changes of who made the newer. Raises
    LayoutError."""
    made = changes_docx(old.opinion, new.opinion, author=new.person, when=new.at)
    return _file(f"{_stem(new)}(第{old.number}版至第{new.number}版修订).docx", made)


def _stem(version: Version) -> str:
    return safe_name(version.opinion.title).replace("/", "_")[:80]


def _file(name: str, content: bytes) -> str:
    return json.dumps({"name": name, "type": _WORD, "data": b64encode(content).decode()})
