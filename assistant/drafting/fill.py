"""Templates filled with values: a sentence takes the sources of every value that it says."""

from collections.abc import Sequence

from assistant.drafting.blocks import FIELD
from assistant.drafting.kinds import SentenceTemplate, Test
from assistant.drafting.schema import Paragraph, Sentence, Source
from assistant.drafting.values import Scope


def filled(text: str, scope: Scope) -> str:
    """`text` with its fields said."""
    return FIELD.sub(lambda found: scope[found[1]].text, text)


def sentence(template: SentenceTemplate, scope: Scope) -> Sentence:
    """The template's sentence, standing on its clauses and on what its fields stand on."""
    sources: list[Source] = []
    for source in (*(s for name in FIELD.findall(template.text) for s in scope[name].sources), *template.sources):
        if source not in sources:
            sources.append(source)
    return Sentence(filled(template.text, scope), tuple(sources), template.reasoning)


def cell(template: SentenceTemplate, scope: Scope) -> Sentence:
    """The template's sentence in a table, where the clause behind the column is told only if nothing else is."""
    made = sentence(template, scope)
    own = tuple(source for source in made.sources if source not in template.sources)
    return Sentence(made.text, own or made.sources)


def paragraphs(templates: Sequence[SentenceTemplate], scope: Scope) -> list[Paragraph]:
    """One paragraph of the sentences whose tests hold; none where no sentence is left."""
    made = tuple(sentence(each, scope) for each in templates if passes(each.tests, scope))
    return [Paragraph(made)] if made else []


def passes(tests: Sequence[Test], scope: Scope) -> bool:
    """Whether all tests hold. A field that is unknown has no value, but may have a tag (unconfirmed)."""
    return all(_holds(test, scope) != test.negated for test in tests)


def _holds(test: Test, scope: Scope) -> bool:
    value = scope[test.field]
    if not test.values:
        return value.known
    return (value.tag or value.text) in test.values if value.known or value.tag else False
