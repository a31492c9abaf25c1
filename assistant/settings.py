"""Settings of the assistant and its page; read once, in `app.py` and `assistant/__main__.py`."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class AssistantSettings(BaseSettings):
    """Every field is an environment variable `ASSISTANT_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True)

    host: str = "127.0.0.1"
    port: int = 7860
