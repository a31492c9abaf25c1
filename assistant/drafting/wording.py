"""A draft's reasons worded for one command or one click: by what was asked for, by the settings, and by the model."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.drafting.schema import Opinion
from assistant.reports.schema import Override, Report
from assistant.settings import AssistantSettings, LlmMode
from ingest.commands import say
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from assistant.drafting.worded import Words
    from assistant.llm.schema import Ability, LanguageModel
    from assistant.llm.sent import SentRecord

_WAITED = 30.0  # seconds that a visitor of the page waits
_TOLD = 3
"""Reasons why the template's wording stays that are worth telling."""


def worded_by(
    asked: LlmMode | None,
    opinion: Opinion,
    reports: Sequence[Report],
    overrides: Sequence[Override],
    *,
    tell: Callable[[str], None] = say,
) -> Opinion:
    """The draft, worded where `asked`, or the variable ASSISTANT_LLM, names a model; else as it is. What was worded,
    and what was not, is told. Raises UsageError for a model that was asked for by name and cannot be had."""
    settings, corpus = AssistantSettings(), IngestSettings()
    mode = asked or (settings.llm if "llm" in settings.model_fields_set else "none")
    if mode == "none":
        return opinion
    # Imported here: a draft without a model need not wait for it.
    from assistant.drafting.worded import people, worded
    from assistant.llm.opening import for_materials, opened
    from assistant.llm.sent import SENT, SentRecord

    settings, mode = for_materials(settings, mode, asked, what="起草", tell=tell)
    with opened(settings, corpus, mode) as held:
        if held is None:
            return opinion
        made = worded(
            opinion,
            held.model,
            ability=held.ability,
            sent=SentRecord(corpus.data_dir / SENT),
            materials=settings.llm_materials,
            names=tuple(people(reports, overrides)),
        )
        if made.taken:
            tell(f"语言模型 {held.model.name} 改写了 {made.taken} 段理由的措辞,内容已逐句核对。")
        for reason in made.kept[:_TOLD]:
            tell(f"保留模板的措辞:{reason}")
        if len(made.kept) > _TOLD:
            tell(f"另有 {len(made.kept) - _TOLD} 段保留模板的措辞。")
        return made.opinion


def words_for(
    settings: AssistantSettings,
    model: "LanguageModel | None",
    ability: "Callable[[], Ability] | None",
    sent: "SentRecord",
) -> "Words | None":
    """What words the reasons of drafts on the page; None without a model that may see materials."""
    from assistant.drafting.worded import people, worded

    if model is None or ability is None or (model.where == "remote" and not settings.llm_materials):
        return None
    return lambda opinion, reports, overrides: worded(
        opinion,
        model,
        ability=ability,
        seconds=_WAITED,
        sent=sent,
        materials=settings.llm_materials,
        names=tuple(people(reports, overrides)),
    )
