"""Whether a draft stands where it says: keys that were handed out, words that are there, articles that it cites."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.agent.schema import Complaint, Draft, DraftSentence, Handed
from assistant.agent.verification.text import Basis, plain, words
from assistant.answering.grounding import cite
from assistant.errors import QuoteError
from ingest.references import Reference, references

_KEY = re.compile(r"(?<![a-z0-9])c[0-9]+(?![a-z0-9])", re.IGNORECASE)
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{6,})[”」』\"]")
_ARTICLE = re.compile(
    r"第[^第条]{1,8}条(?:之[^第]{1,3})?(?:第[^第款]{1,6}款)?(?:第?\([^)]{1,4}\)项?|第[^第项]{1,5}项)?"
)
_CHAPTER = re.compile(r"第[一二三四五六七八九十百0-9]+章")


def keys(draft: Draft, handed: Sequence[Handed]) -> Iterator[Complaint]:
    """Keys that were never handed out, sentences without any, and keys written into the words."""
    known = {given.key for given in handed}
    for sentence in draft.sentences:
        place = sentence.text[:80]
        if not sentence.keys:
            yield Complaint("key", place, "这句话没有注明依据的条款编号。")
        for key in dict.fromkeys(sentence.keys):
            if key not in known:
                yield Complaint("key", place, f"编号{key[:20]}没有给过您。")
        if found := _KEY.search(plain(sentence.text)):
            yield Complaint("key", place, f"不要把编号{found[0].upper()}写进句子里。")


def quotes(draft: Draft, handed: Sequence[Handed]) -> Iterator[Complaint]:
    """Quotes that do not stand word for word in the clause they name, or say too little to be one."""
    by_key = {given.key: given for given in handed}
    for key, quote in draft.quotes:
        if key not in by_key:
            yield Complaint("key", quote[:80], f"引文的编号{key[:20]}没有给过您。")
        elif not _stands(by_key[key], quote):
            yield Complaint("quote", quote[:80], f"{by_key[key].clause.label}中没有这句原话:“{quote[:60]}”。")


def quoted(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """Words in quotation marks inside a sentence that no cited clause has."""
    for found in _QUOTED.finditer(sentence.text):
        if not any(_stands(given, found[1]) for given in base.cited) and plain(found[1]) not in base.known:
            yield Complaint("quote", sentence.text[:80], f"所引条款中没有这句原话:“{found[1][:60]}”。")


def _stands(given: Handed, quote: str) -> bool:
    try:
        cite(given.policy, given.clause, quote)
    except QuoteError:
        return False
    return True


def articles(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """Each 第X条第X款第X项 that neither is a cited clause nor is named by one."""
    text = re.sub(r"《[^》]*》", "", plain(sentence.text))
    named = {r for given in base.cited for r in references(words(given.clause))}
    chapters = {found for given in base.cited for found in _CHAPTER.findall(plain(given.clause.chapter or ""))}
    single = references(_ARTICLE.sub("", text))  # 前款第(二)项 is read as of the article named before it
    for reference in references(text):
        if reference.chapter is not None:
            held = reference in named or any(r == reference for chapter in chapters for r in references(chapter))
        else:
            alone = replace(reference, article=None, suffix=None)
            held = (
                reference in named
                or (alone in named and alone in single)
                or any(_is(reference, given) for given in base.cited)
            )
        if not held and (reference.certain or reference.label not in base.text):
            yield Complaint("article", sentence.text[:80], f"{reference.label}不是这句话所引的条款。")


def _is(reference: Reference, given: Handed) -> bool:
    """Whether a cited clause is the place named, lies in it, or holds it."""
    clause = given.clause
    if reference.article is None:
        return reference.item is not None and reference.item == clause.item
    if (reference.article, reference.suffix) != (clause.article, clause.suffix):
        return False
    pairs: Mapping[int, tuple[int | None, int | None]] = {
        0: (reference.paragraph, clause.paragraph),
        1: (reference.item, clause.item),
        2: (reference.subitem, clause.subitem),
    }
    for wanted, own in pairs.values():
        if wanted is None or wanted == own:
            continue
        if own is None and clause.kind == "article" and wanted == reference.item:
            return any(r.item == wanted for r in _items(clause.text))
        if own is None and wanted == reference.paragraph == 1 and clause.kind in ("article", "item"):
            continue
        return False
    return True


def _items(text: str) -> tuple[Reference, ...]:
    """The items that a whole article holds: (一) at the start of a line."""
    found = (references(f"第{m[1]}项") for m in re.finditer(r"^\s*[((]([^()()\n]{1,4})[))]", text, re.MULTILINE))
    return tuple(r for group in found for r in group)
