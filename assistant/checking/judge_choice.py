"""Whether a language model reads along: by what was asked for, by the settings, and by what the model can do."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.checking.judge import Judge, judge_for
from assistant.llm.choose import choose
from assistant.llm.schema import Ability, LanguageModel
from assistant.llm.sent import SentRecord
from assistant.settings import AssistantSettings, LlmMode
from ingest.commands import say
from ingest.errors import UsageError

SENT = "sent.jsonl"
"""In the data folder: the record of what was sent to a remote model."""


@contextmanager
def judging(
    settings: AssistantSettings,
    mode: LlmMode,
    *,
    corpus_dir: Path,
    data_dir: Path,
    ability: Callable[[LanguageModel], Ability],
    tell: Callable[[str], None] = say,
) -> Iterator[Judge | None]:
    """The judge for one command, and None where there is no model, where it may not see materials, or where it does not
    read with care. Raises UsageError for a model that was asked for by name and cannot be had."""
    if mode == "remote" and not settings.llm_materials:
        raise UsageError(
            "设置不允许把申报材料交给远程语言模型,--llm remote 不能用于预审;要允许请设 ASSISTANT_LLM_MATERIALS=true,"
            "否则请用 --llm local 或 none。"
        )
    if not settings.llm_materials:  # `auto` passes over the endpoint
        settings = settings.model_copy(update={"llm_base_url": None, "llm_model": None})
    model = choose(
        settings, mode, models=corpus_dir / "models.toml", folder=data_dir / "models", auto_local=False, tell=tell
    )
    if model is None:
        yield None
        return
    with closing(model):
        judge = judge_for(model, ability(model), sent=SentRecord(data_dir / SENT), parallel=settings.llm_parallel or 4)
        if judge is None:
            tell(f"语言模型 {model.name} 没有通过阅读能力的检验,这次预审不使用它,仍按规则和检索进行。")
        yield judge
