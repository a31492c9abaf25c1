"""Where things lie and which models are used; read once, in `app.py` and the `__main__`s."""

from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.limits import Limits

_PROJECT = Path(__file__).resolve().parent.parent


class IngestSettings(BaseSettings):
    """Settings of reading, indexing and searching; every field is an environment variable `ASSISTANT_<FIELD>`."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", env_nested_delimiter="__", frozen=True, populate_by_name=True
    )

    corpus_dir: Path = _PROJECT / "corpus"
    data_dir: Path = _PROJECT / ".data"
    model_source: Path | None = None
    """A folder that already holds model files, tried before any download."""
    hub: bool = True
    """Whether the model hub may be asked."""
    embedder: str = "bge-small-zh-v1.5"
    """A model of `corpus/models.toml`, any sentence-transformers model name, or `none` for words alone."""
    threads: int = 0
    """Threads of the embedder; 0 takes every core."""
    chroma_url: str | None = Field(default=None, validation_alias=AliasChoices("CHROMA_URL", "chroma_url"))
    limits: Limits = Limits()
    """Limits of reading uploaded files; each is a variable of its own: ASSISTANT_LIMITS__SECONDS=60."""

    @property
    def model_dir(self) -> Path:
        """Where verified model files lie."""
        return self.data_dir / "models"
