"""Whether a language model reads along: by what was asked for, by the settings, and by what the model can do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.checking.judge import Judge, judge_for
from assistant.errors import ModelError
from assistant.llm.opening import for_materials, opened
from assistant.llm.sent import SENT, SentRecord
from assistant.settings import AssistantSettings, LlmMode
from ingest.commands import say
from ingest.settings import IngestSettings


@contextmanager
def judging(
    settings: AssistantSettings, corpus: IngestSettings, asked: LlmMode | None, *, tell: Callable[[str], None] = say
) -> Iterator[Judge | None]:
    """The judge for one command; None where there is no model, where it may not see materials, and where it does not
    read with care. `asked` is what the command was told, None for what the settings say. Raises UsageError for a model
    that was asked for by name and cannot be had."""
    mode = asked or settings.llm
    settings, mode = for_materials(settings, mode, asked, what="预审", tell=tell)
    with opened(settings, corpus, mode) as held:
        if held is None:
            yield None
            return
        judge = None
        try:
            judge = judge_for(
                held.model, held.ability(), sent=SentRecord(corpus.data_dir / SENT), parallel=settings.llm_parallel or 4
            )
            reason = "" if judge else f"语言模型 {held.model.name} 没有通过阅读能力的检验。"
        except ModelError as error:
            reason = str(error)
        if reason:
            tell(f"{reason}这次预审不使用语言模型,仍按规则和检索进行。")
        yield judge
