"""Web pages: their visible words, one block a line."""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString

from ingest.readers import plain

_UNSEEN = ["script", "style", "nav", "noscript", "template", "iframe", "head", "select", "button"]
_BLOCKS = re.compile(
    "address|article|aside|blockquote|caption|center|d[dlt]|div|fieldset|figure|footer|form|h[1-6r]|header|li|main|ol|p|pre"
    "|section|table|ul"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")


def text(content: bytes, name: str) -> str:
    """One line for each block, an empty line between blocks, cells of a row apart by tabs."""
    soup = BeautifulSoup(plain.text(content, name), "lxml")
    for tag in soup.find_all(_UNSEEN):
        tag.decompose()
    for string in soup.find_all(string=True):
        if isinstance(string, PreformattedString):  # a comment, the document type
            string.extract()
        elif string.find_parent("pre") is None:
            string.replace_with(NavigableString(_SPACES.sub(" ", _BETWEEN_CHINESE.sub("", string))))
    for tag in soup.find_all(True):
        if tag.name == "br":
            tag.replace_with("\n")
        elif tag.name in ("td", "th"):
            tag.append("\t")
        elif tag.name == "tr":
            tag.insert_after("\n")
        elif _BLOCKS.fullmatch(tag.name):
            tag.insert_before("\n\n")
            tag.insert_after("\n\n")
    lines = "\n".join(line.strip(" \t") for line in soup.get_text().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")
