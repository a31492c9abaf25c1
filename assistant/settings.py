"""Settings of the assistant, its page and its language model; read once, in `app.py` and `assistant/__main__.py`."""

from ipaddress import ip_network
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LlmMode = Literal["auto", "none", "local", "remote"]


class AssistantSettings(BaseSettings):
    """Every field is an environment variable `ASSISTANT_<FIELD>`, except the three of an endpoint: LLM_BASE_URL,
    LLM_MODEL, LLM_API_KEY."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = 7860
    hosts: str = ""
    """Further names of this server, by commas; a request under any other name is refused."""
    proxies: str = ""
    """Addresses or networks of reverse proxies, by commas; only their X-Forwarded-… headers are believed."""
    events_per_minute: int = Field(default=600, ge=0)
    """Questions, clicks and downloads of one address in a minute; 0 is no limit."""
    uploads_per_minute: int = Field(default=1200, ge=0)
    """Uploaded files of one address in a minute; 0 is no limit."""
    reads_per_minute: int = Field(default=6000, ge=0)
    """Everything else that one address asks for in a minute; 0 is no limit."""
    free_gb: float = Field(default=2, ge=0)
    """Uploads are refused when the disk has less than this left, in 10^9 bytes."""

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

    @field_validator("proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for each in listed(value):
            ip_network(each, strict=False)  # ValueError: the setting is refused at the start
        return value


def listed(value: str) -> tuple[str, ...]:
    """The parts of a setting that is written with commas."""
    return tuple(part for each in value.split(",") if (part := each.strip()))
