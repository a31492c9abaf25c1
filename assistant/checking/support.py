"""What a package shows for an aspect of a condition: the sentences and rows with substance, the best witness first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.nearest import Nearest
from assistant.conditions.schema import Aspect, Condition
from assistant.materials.sources import Names, Source
from assistant.materials.statements import COUNTED, Wording, statement
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit
from ingest.material_chunks import MaterialChunk
from ingest.normalize import sentences
from ingest.package_search import FoundChunk, PackageSearch

_FOUND = 8  # chunks that are looked at for each question
_SHOWN = 6  # exhibits of one aspect
_OF_PAGE = 2  # exhibits of one aspect from one page
_SENTENCE = 14  # characters; shorter ones say too little for their meaning to be compared
_COPIED = 0.6  # share of the measure's own words above which only what is not copied counts
_CLEAR = "未发现"  # an aspect of which this is proof is about the absence of what is bad
_WHOLE = ("row", "field")
_SET_ASIDE = re.compile(r"\d\s?[万亿]?元|[壹贰叁肆伍陆柒捌玖拾][万亿]?[元圆]")


@dataclass(frozen=True, slots=True)
class Support:
    """`shown` are the words that speak for an aspect, best first; `best` is the score of the first. `planned`: all of
    them speak of the future (without any shown: there are only plans); `near`: no words tell that they are about the
    aspect, only their meaning. `adverse` are words that speak against it (已列入失信名单), `denied` those that say it
    is not there, `asserted` those that only claim it, `strangers` those that another organisation tells of itself."""

    aspect: str
    shown: tuple[Exhibit, ...] = ()
    best: float = 0.0
    planned: bool = False
    near: bool = False
    adverse: tuple[Exhibit, ...] = ()
    denied: tuple[Exhibit, ...] = ()
    asserted: tuple[Exhibit, ...] = ()
    strangers: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Weighed:
    score: float
    kind: str
    planned: bool
    near: bool
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
        conditions: Sequence[Condition],
        nearest: Nearest | None,
    ) -> None:
        self._chunks = chunks
        self._search = search
        self._sources = sources
        self._names = names
        self._wording = wording
        self._order = {chunk.id: at for at, chunk in enumerate(chunks)}
        self._near = self._unclaimed(conditions, nearest) if nearest else {}

    def support(self, condition: Condition, aspect: Aspect) -> Support:
        """What the package shows for `aspect` of `condition`."""
        own = {place for place, nearest in self._near.items() if nearest == (condition.id, aspect.id)}
        found: dict[str, FoundChunk] = {}
        for rows in self._search.find_all(aspect.questions, _FOUND):
            for row in rows:
                held = found.get(row.chunk.id)
                if held is None or (row.similarity or 0, row.lexical) > (held.similarity or 0, held.lexical):
                    found[row.chunk.id] = row
        cue = re.compile("|".join(f"(?:{each})" for each in aspect.cues)) if aspect.cues else None
        beside = {chunk for chunk, _ in own}
        looked = [c for c in self._chunks if c.id in found or c.id in beside or (cue and cue.search(c.text))]
        best = max((row.lexical for row in found.values()), default=0.0) or 1.0
        weighed = [
            each
            for chunk in looked
            for each in self._weighed(chunk, aspect, _relevance(found.get(chunk.id), best), own)
        ]
        weighed.sort(key=lambda each: (-round(each.score, 6), self._order[each.chunk.id], each.start))
        shown = self._kept(weighed, "shown")
        chosen = [each for each in weighed if each.kind == "shown"]
        return Support(
            aspect.id,
            shown,
            chosen[0].score if chosen else 0.0,
            all(each.planned for each in chosen) if chosen else any(each.kind == "planned" for each in weighed),
            bool(chosen) and all(each.near for each in chosen),
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
        self, chunk: MaterialChunk, aspect: Aspect, relevance: float, own: set[tuple[str, int]]
    ) -> Iterator[_Weighed]:
        source = self._sources[chunk.material]
        cues = [_compiled(cue) for cue in aspect.cues]
        substance = [_compiled(each) for each in aspect.substance]
        absence = any(each.search(_CLEAR) for each in substance)
        under = any(cue.search(chunk.context) for cue in cues)
        for start, end in _passages(chunk):
            words = chunk.text[start:end]
            told = statement(words, heading=chunk.context, absence=substance)
            rest, copied = self._wording.own(told.told)
            count = sum(bool(cue.search(told.told)) for cue in cues)
            near = (chunk.id, start) in own
            proof = rest if copied >= _COPIED and not source.binding else told.told
            proofs = {m.group() for each in substance for m in each.finditer(proof)} - {""}
            if told.clear and absence:
                proofs.add(_CLEAR)
            place = (near and not count, chunk.start + start, chunk.start + end, chunk)
            if count and told.adverse and absence:
                yield _Weighed(relevance, "adverse", False, *place)
            elif (count or near or under) and proofs:
                other = source.stranger or (not source.others and self._names.another(words))
                score = relevance + _worth(source, aspect, told.planned, chunk, count, len(proofs), copied)
                kind = "stranger" if other else "planned" if _is_plan(told.planned, source, words) else "shown"
                yield _Weighed(score, kind, told.planned, *place)
            elif any(cue.search(told.denied) for cue in cues):
                yield _Weighed(relevance, "denied", False, *place)
            elif chunk.kind != "heading" and (count or any(cue.search(told.praise) for cue in cues)):
                yield _Weighed(relevance, "asserted", told.planned, *place)

    def _unclaimed(self, conditions: Sequence[Condition], nearest: Nearest) -> dict[tuple[str, int], tuple[str, str]]:
        """The condition and aspect that sentences with something counted are nearest to, where no cue of any aspect
        stands, by chunk and start. Contracts, rules and pledges speak of duties, so they are left to cues."""
        cues = [_compiled(cue) for condition in conditions for aspect in condition.aspects for cue in aspect.cues]
        places: list[tuple[str, int]] = []
        texts: list[str] = []
        for chunk in self._chunks:
            source = self._sources[chunk.material]
            if chunk.kind in (*_WHOLE, "heading") or source.binding or source.stranger:
                continue
            for start, end in _passages(chunk):
                told = statement(chunk.text[start:end], heading=chunk.context)
                if len(told.told) < _SENTENCE or told.planned or not COUNTED.search(told.told):
                    continue
                if not any(cue.search(told.told) for cue in cues) and self._wording.own(told.told)[1] < _COPIED:
                    places.append((chunk.id, start))
                    texts.append(told.told)
        found = zip(places, nearest.aspects(texts), strict=True)
        return {place: aspect for place, aspect in found if aspect is not None}


def _is_plan(planned: bool, source: Source, words: str) -> bool:
    """Whether words only announce something. What rules, contracts and pledges announce is a duty, and money set aside
    is there."""
    return planned and not source.binding and not _SET_ASIDE.search(words)


def _worth(
    source: Source, aspect: Aspect, planned: bool, chunk: MaterialChunk, cues: int, proofs: int, copied: float
) -> float:
    """How good a witness a passage is: what it says, and who says it."""
    usual = any(kind in aspect.materials for kind in source.kinds)
    return (
        (0.7 + 0.3 * min(cues, 3) if cues else 0.3)
        + 0.3 * min(proofs, 3)
        + 1.2 * usual
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
