"""Settings of the assistant, its page and its language model; read once, in `app.py` and `assistant/__main__.py`."""

from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LlmMode = Literal["auto", "none", "local", "remote"]


class AssistantSettings(BaseSettings):
    """Every field is an environment variable `ASSISTANT_<FIELD>`, except the three of an endpoint: LLM_BASE_URL,
    LLM_MODEL, LLM_API_KEY."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = 7860

    llm: LlmMode = "auto"
    """Which language model is used; `auto` takes the first that is there: the endpoint, the local model, none."""
    llm_seconds: float = Field(default=10, gt=0, le=600)
    """Seconds after which a composed answer stands, whatever a model still does."""
    llm_local: str | None = None
    """A language model of `corpus/models.toml`; by default the first of its files that are here."""
    llm_context: int | None = Field(default=None, ge=1024, le=2_000_000)
    """Tokens that a prompt and its reply may have together; by default 8192 (local) and 32768 (endpoint)."""
    llm_parallel: int | None = Field(default=None, ge=1, le=64)
    """Calls at the same time; by default 1 (local) and 4 (endpoint)."""
    llm_materials: bool = False
    """Whether a remote model may see application materials."""

    llm_base_url: str | None = Field(default=None, validation_alias=AliasChoices("LLM_BASE_URL", "llm_base_url"))
    llm_model: str | None = Field(default=None, validation_alias=AliasChoices("LLM_MODEL", "llm_model"))
    llm_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("LLM_API_KEY", "llm_api_key"))
