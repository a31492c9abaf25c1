"""What a package shows for an aspect of a condition: the sentences and rows with substance, the best witness first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.conditions import Aspect
from assistant.exhibits import exhibit
from assistant.reports import Exhibit
from assistant.sources import Names, Source
from assistant.statements import Wording, statement
from ingest.material_chunks import MaterialChunk
from ingest.normalize import sentences
from ingest.package_search import FoundChunk, PackageSearch

_FOUND = 8  # chunks that are looked at for each question
_SHOWN = 6  # exhibits of one aspect
_OF_PAGE = 2  # exhibits of one aspect from one page
# Cosine above which a passage is about an aspect though no cue of it stands there, in a material that usually proves
# it and in any. In the samples nearly all of those above .66 without a cue are parties of contracts and the like.
_ALIKE, _ALIKE_ANYWHERE = 0.75, 0.85
_COPIED = 0.6  # share of the measure's own words above which only what is not copied counts
_CLEAR = "未发现"  # an aspect of which this is proof is about the absence of what is bad
_WHOLE = ("row", "field")


@dataclass(frozen=True, slots=True)
class Support:
    """`shown` are the words that speak for an aspect, best first; `best` is the score of the first. `planned`: all of
    them speak of the future. `adverse` are words that speak against it (已列入失信名单), `denied` those that say it is
    not there, `asserted` those that only claim it, `strangers` those that another organisation tells of itself."""

    aspect: str
    shown: tuple[Exhibit, ...] = ()
    best: float = 0.0
    planned: bool = False
    adverse: tuple[Exhibit, ...] = ()
    denied: tuple[Exhibit, ...] = ()
    asserted: tuple[Exhibit, ...] = ()
    strangers: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Weighed:
    score: float
    kind: str
    planned: bool
    start: int
    end: int
    chunk: MaterialChunk


class Supporter:
    """Finds support in one package. `wording` is that of the measure, `sources` the materials by sha256."""

    def __init__(
        self,
        chunks: Sequence[MaterialChunk],
        search: PackageSearch,
        *,
        sources: Mapping[str, Source],
        names: Names,
        wording: Wording,
    ) -> None:
        self._chunks = chunks
        self._search = search
        self._sources = sources
        self._names = names
        self._wording = wording
        self._order = {chunk.id: at for at, chunk in enumerate(chunks)}

    def support(self, aspect: Aspect) -> Support:
        """What the package shows for `aspect`."""
        found: dict[str, FoundChunk] = {}
        for rows in self._search.find_all(aspect.questions, _FOUND):
            for row in rows:
                held = found.get(row.chunk.id)
                if held is None or (row.similarity or 0, row.lexical) > (held.similarity or 0, held.lexical):
                    found[row.chunk.id] = row
        cue = re.compile("|".join(f"(?:{each})" for each in aspect.cues)) if aspect.cues else None
        looked = [c for c in self._chunks if c.id in found or (cue and cue.search(c.text))]
        best = max((row.lexical for row in found.values()), default=0.0) or 1.0
        weighed = [
            each
            for chunk in looked
            for each in self._weighed(chunk, aspect, _relevance(found.get(chunk.id), best), found.get(chunk.id))
        ]
        weighed.sort(key=lambda each: (-round(each.score, 6), self._order[each.chunk.id], each.start))
        shown = self._kept(weighed, "shown")
        chosen = [each for each in weighed if each.kind == "shown"]
        return Support(
            aspect.id,
            shown,
            chosen[0].score if chosen else 0.0,
            bool(chosen) and all(each.planned for each in chosen),
            self._kept(weighed, "adverse"),
            self._kept(weighed, "denied"),
            self._kept(weighed, "asserted"),
            self._kept(weighed, "stranger"),
        )

    def _kept(self, weighed: Sequence[_Weighed], kind: str) -> tuple[Exhibit, ...]:
        """The exhibits of one kind, no words twice and not all from one page."""
        kept: list[Exhibit] = []
        said: set[str] = set()
        pages: dict[tuple[str, int], int] = {}
        for each in weighed:
            words = "".join(each.chunk.text[each.start - each.chunk.start : each.end - each.chunk.start].split())
            page = (each.chunk.material, each.chunk.place)
            if each.kind != kind or words in said or pages.get(page, 0) >= _OF_PAGE:
                continue
            said.add(words)
            pages[page] = pages.get(page, 0) + 1
            kept.append(exhibit(self._sources[each.chunk.material].material, each.chunk.place, each.start, each.end))
            if len(kept) == _SHOWN:
                break
        return tuple(kept)

    def _weighed(
        self, chunk: MaterialChunk, aspect: Aspect, relevance: float, found: FoundChunk | None
    ) -> Iterator[_Weighed]:
        source = self._sources[chunk.material]
        usual = any(kind in aspect.materials for kind in source.kinds)
        alike = found is not None and (found.similarity or 0.0) >= (_ALIKE if usual else _ALIKE_ANYWHERE)
        cues = [_compiled(cue) for cue in aspect.cues]
        substance = [_compiled(each) for each in aspect.substance]
        under = any(cue.search(chunk.context) for cue in cues)
        for start, end in _passages(chunk):
            words = chunk.text[start:end]
            told = statement(words, heading=chunk.context, absence=substance)
            own, copied = self._wording.own(told.told)
            count = sum(bool(cue.search(told.told)) for cue in cues)
            about = count > 0 or alike or (under and chunk.kind in _WHOLE)
            proof = own if copied >= _COPIED and not source.binding else told.told
            proofs = {m.group() for each in substance for m in each.finditer(proof)} - {""}
            place = (chunk.start + start, chunk.start + end, chunk)
            if told.clear and any(each.search(_CLEAR) for each in substance):
                proofs.add(_CLEAR)
            if count and told.adverse and any(each.search(_CLEAR) for each in substance):
                yield _Weighed(relevance, "adverse", False, *place)
            elif about and proofs:
                kind = "shown"
                if source.stranger or (not source.others and self._names.another(words)):
                    kind = "stranger"
                score = relevance + _worth(source, aspect, told.planned, chunk, count, len(proofs), copied)
                yield _Weighed(score, kind, told.planned, *place)
            elif any(cue.search(told.denied) for cue in cues):
                yield _Weighed(relevance, "denied", False, *place)
            elif chunk.kind != "heading" and (count or any(cue.search(told.praise) for cue in cues)):
                yield _Weighed(relevance, "asserted", told.planned, *place)


def _worth(
    source: Source, aspect: Aspect, planned: bool, chunk: MaterialChunk, cues: int, proofs: int, copied: float
) -> float:
    """How good a witness a passage is: what it says, and who says it."""
    usual = any(kind in aspect.materials for kind in source.kinds)
    return (
        (0.7 + 0.3 * min(cues, 3) if cues else 0.3)
        + 0.3 * min(proofs, 3)
        + 0.6 * usual
        + 0.5 * source.others
        - 1.5 * source.form
        - 1.0 * planned
        - (0.6 if chunk.kind == "row" else 0.3 if chunk.kind == "field" else 0.0)
        - 0.8 * (chunk.kind == "heading")
        - 0.6 * (copied if not source.binding else 0.0)
    )


def _relevance(found: FoundChunk | None, best: float) -> float:
    """0 to about 1: how near search puts a chunk to the aspect's questions."""
    if found is None:
        return 0.0
    return 0.5 * found.lexical / best + max(0.0, (found.similarity or 0.4) - 0.4)


def _passages(chunk: MaterialChunk) -> list[tuple[int, int]]:
    """The sentences of a paragraph; a row or a field as a whole."""
    return [(0, len(chunk.text))] if chunk.kind in _WHOLE else sentences(chunk.text)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
