"""What a model says it read, and what of it stands in the exhibits it was handed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from assistant.checking.judge_evidence import SOURCE, Handed, Packet
from assistant.consistency.injection import instruction
from assistant.reports.schema import Exhibit
from ingest.normalize import find_quote, fold

_SHORTEST = 4  # characters of a quote, folded


class AspectReply(BaseModel):
    """One aspect as the model fills it in; nothing of it is checked."""

    aspect: int
    supported: Literal["yes", "partly", "no"]
    exhibits: list[int]
    quote: str


class ConditionReply(BaseModel):
    """The reply on one condition."""

    aspects: list[AspectReply]
    verdict: Literal["met", "unmet", "unclear"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model said of one aspect. `exhibit` and `quote` are set when the quote stands in an exhibit that was
    handed out, and in a cited one where numbers were given; `own`: that exhibit was found to speak for this aspect;
    `invented`: it quoted what is not there, or cited a number that it was not given."""

    aspect: str
    says: Literal["yes", "partly", "no", "nothing"]
    exhibit: Exhibit | None = None
    quote: str = ""
    own: bool = False
    invented: bool = False


def readings(packet: Packet, reply: ConditionReply) -> tuple[Reading, ...]:
    """One for each aspect that was asked about, in order; of several replies on one the least favourable counts."""
    return tuple(
        _least([_checked(packet, aspect.id, each) for each in reply.aspects if each.aspect == number], aspect.id)
        for number, aspect in enumerate(packet.aspects, 1)
    )


def _least(read: Sequence[Reading], aspect: str) -> Reading:
    order = ("no", "nothing", "partly", "yes")
    return min(read, key=lambda each: (order.index(each.says), not each.invented), default=Reading(aspect, "nothing"))


def _checked(packet: Packet, aspect: str, reply: AspectReply) -> Reading:
    numbers = {each.number: each for each in packet.handed}
    invented = any(number not in numbers for number in reply.exhibits)
    quote = reply.quote.strip().strip("“”\"'")
    if not quote:
        return Reading(aspect, reply.supported, invented=invented)
    # Small models quote word for word and leave the numbers out: then the words tell which exhibit it is.
    named = dict.fromkeys(reply.exhibits or numbers)
    cited = [numbers[number] for number in named if number in numbers]
    # One that speaks for the aspect is the better witness of the same words.
    cited.sort(key=lambda each: aspect not in each.speaks_for)
    for each in cited:
        # They also copy on, into the name of the file behind an exhibit.
        if words := _found(quote, each) or _found(quote.rpartition(SOURCE)[0], each):
            return Reading(aspect, reply.supported, each.exhibit, words, aspect in each.speaks_for, invented)
    return Reading(aspect, reply.supported, invented=True)


def _found(quote: str, handed: Handed) -> str:
    """The words of the exhibit that were quoted; "" for none, for too few, and for an instruction."""
    if len(fold(quote)[0]) < _SHORTEST or instruction(quote) is not None:
        return ""
    where = find_quote(quote, handed.exhibit.quote)
    return handed.exhibit.quote[slice(*where)] if where else ""
