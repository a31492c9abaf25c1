"""The only maker of citations: a quote is found word for word in its clause, or there is no citation."""

from assistant.errors import QuoteError
from assistant.schema import Citation
from ingest.normalize import find_quote
from ingest.schema import Clause, Policy


def cite(policy: Policy, clause: Clause, quote: str) -> Citation:
    """A citation of `quote`, with the words as the source has them. Raises QuoteError when they are not there."""
    found = find_quote(quote, clause.text)
    if found is None:
        raise QuoteError(f"{clause.label}中没有这句话:{quote[:40]}")
    return cite_span(policy, clause, clause.start + found[0], clause.start + found[1])


def cite_span(policy: Policy, clause: Clause, start: int, end: int) -> Citation:
    """A citation of `start:end` of the source. Raises QuoteError when that does not lie in `clause`."""
    if not (clause.start <= start < end <= clause.end) or clause.policy != policy.id:
        raise QuoteError(f"{clause.label}不包含所引的位置")
    return Citation(
        policy=policy.id,
        title=policy.title,
        clause=clause.id,
        label=clause.label,
        quote=clause.text[start - clause.start : end - clause.start],
        start=start,
        end=end,
        article=clause.article,
        paragraph=clause.paragraph,
        item=clause.item,
    )
