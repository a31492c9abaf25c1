"""Which language model is used: by the settings, and by what is there. Cheap to import; nothing is asked or started."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.errors import ModelSettingError
from assistant.llm.schema import LanguageModel
from assistant.settings import AssistantSettings, LlmMode
from ingest.commands import say
from ingest.errors import AssistantError, UsageError
from ingest.models import ModelSpec, find, load_specs, state

if TYPE_CHECKING:
    from assistant.llm.local import LocalModel
    from assistant.llm.remote import Endpoint

_CONTEXT = {"local": 8192, "remote": 32768}
_PARALLEL = {"local": 1, "remote": 4}


def choose(
    settings: AssistantSettings,
    mode: LlmMode,
    *,
    models: Path,
    folder: Path,
    auto_local: bool,
    tell: Callable[[str], None] = say,
) -> "Endpoint | LocalModel | None":
    """The model to use, to be closed by the caller; a local one is not started yet.

    `models` is `corpus/models.toml`, `folder` holds verified model files. `local` and `remote` raise UsageError where
    they are not possible. `auto` never fails: it takes the endpoint where one is set; else the local model, if
    `auto_local` and its package and file are here; else none. What stands in its way is told.
    `auto_local` is for programs that stay: a command with one question should not load a gigabyte for it.
    """
    if mode == "none":
        return None
    if mode == "remote":
        return _remote(settings)
    if mode == "local":
        return _local(settings, models, folder)
    if settings.llm_base_url or settings.llm_model:
        try:
            return _remote(settings)
        except UsageError as error:
            tell(f"{error}这次不使用远程语言模型。")
    if auto_local and find_spec("xllamacpp"):
        try:
            return _local(settings, models, folder)
        except AssistantError as error:
            if settings.llm_local:
                tell(f"{error}这次不使用本地语言模型。")
    return None


def shown(model: LanguageModel | None) -> str:
    """What the page says of the model in use."""
    if model is None:
        return "未使用模型"
    return f"模型:{model.name}({'本机' if model.where == 'local' else '远程'})"


def _remote(settings: AssistantSettings) -> "Endpoint":
    address, name = (settings.llm_base_url or "").strip(), (settings.llm_model or "").strip()
    if not address or not name:
        raise UsageError(
            f"没有可用的语言模型:没有设置远程语言模型的{'名称 LLM_MODEL' if address else '地址 LLM_BASE_URL'}。"
        )
    # Servers in the office often want no key, but the client wants one to send.
    key = settings.llm_api_key.get_secret_value().strip() if settings.llm_api_key else ""
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError("LLM_API_KEY 中有空格、中文或换行,不是密钥,请重新复制。")
    from assistant.llm.remote import Endpoint

    try:
        return Endpoint(
            address,
            name,
            SecretStr(key or "none"),
            context=settings.llm_context or _CONTEXT["remote"],
            parallel=settings.llm_parallel or _PARALLEL["remote"],
        )
    except ModelSettingError as error:
        raise UsageError(str(error)) from None


def _local(settings: AssistantSettings, models: Path, folder: Path) -> "LocalModel":
    if not find_spec("xllamacpp"):
        raise UsageError("没有可用的语言模型:没有安装运行本地模型的软件包(xllamacpp),请运行 make model。")
    specs = load_specs(models)
    known = {name: spec for name, spec in specs.items() if spec.kind == "llm"}
    if settings.llm_local:
        spec = find(known, [settings.llm_local])[0]
    else:
        here = [spec for spec in known.values() if state(spec, folder=folder) != "absent"]
        if not here:
            raise UsageError("没有可用的语言模型:本机没有它的文件,请运行 make model。")
        spec = here[0]
    try:
        _check(spec, folder)
    except ModelSettingError as error:
        raise UsageError(str(error)) from None
    from assistant.llm.local import LocalModel

    return LocalModel(
        folder / spec.name / spec.files[0].name,
        spec.name,
        context=settings.llm_context or _CONTEXT["local"],
        parallel=settings.llm_parallel or _PARALLEL["local"],
        check=lambda: _check(spec, folder),
    )


def _check(spec: ModelSpec, folder: Path) -> None:
    """Raises ModelSettingError when the file is not here or is another than the one that was published."""
    found = state(spec, folder=folder)
    if found == "absent":
        raise ModelSettingError(
            f"没有本地语言模型 {spec.name} 的文件,请运行 python -m ingest models fetch {spec.name}。"
        )
    if found == "mismatch":
        path = folder / spec.name / spec.files[0].name
        raise ModelSettingError(
            f"本地语言模型的文件 {path} 不完整或被改动,请删除它后运行 python -m ingest models fetch {spec.name}。"
        )
