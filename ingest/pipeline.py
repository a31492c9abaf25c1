"""Opening the library: the embedder is fetched and verified, the corpus indexed, words alone when there is no model."""

import time
from collections.abc import Callable

from ingest.catalog import shipped
from ingest.embeddings import Embedder, OnnxEmbedder, SentenceTransformerEmbedder
from ingest.errors import ModelError
from ingest.glossary import load_glossary
from ingest.index import Index
from ingest.library import Library
from ingest.models import ensure, load_specs, state
from ingest.places import load_places
from ingest.settings import IngestSettings

_PATIENCE = 3600.0  # seconds for which a failed download is not tried again by short commands


def open_library(settings: IngestSettings, *, progress: Callable[[str], None], patient: bool = False) -> Library:
    """The library of `settings`, indexed and ready. A `patient` caller (the server) tries every download anew;
    a short command does not try again within an hour of a failure. Raises AssistantError."""
    embedder, reason = _embedder(settings, progress, patient)
    if reason:
        progress(f"提示:{reason}本次只按字词检索。")
    index = Index(settings.data_dir / "chroma", url=settings.chroma_url, embedder=embedder.name if embedder else "none")
    library = Library(
        index,
        embedder=embedder,
        glossary=load_glossary(settings.corpus_dir / "glossary.yaml"),
        places=load_places(settings.corpus_dir / "places.txt"),
        cache=settings.data_dir / "cache",
        phrasings=settings.corpus_dir / "phrasings",
        words_only=reason,
    )
    library.sync(shipped(settings.corpus_dir), progress=progress)
    return library


def _embedder(
    settings: IngestSettings, progress: Callable[[str], None], patient: bool
) -> tuple[Embedder | None, str | None]:
    """The embedder, or None and the reason in one sentence."""
    if settings.embedder == "none":
        return None, "设置中关闭了向量模型(ASSISTANT_EMBEDDER=none)。"
    specs = load_specs(settings.corpus_dir / "models.toml")
    spec = specs.get(settings.embedder)
    if spec is None or spec.kind != "embedder":
        progress(f"正在载入 {settings.embedder}(sentence-transformers)……")
        return SentenceTransformerEmbedder(settings.embedder), None
    folder = settings.model_dir
    failed = folder / f".{settings.embedder}.failed"
    if not patient and failed.is_file() and time.time() - failed.stat().st_mtime < _PATIENCE:
        source, _, reason = failed.read_text("utf-8").partition("\n")
        if source == str(settings.model_source) and state(spec, folder=folder) != "ready":
            return None, reason
    try:
        ready = ensure(spec, folder=folder, local=settings.model_source, hub=settings.hub)
    except ModelError as error:
        folder.mkdir(parents=True, exist_ok=True)
        failed.write_text(f"{settings.model_source}\n{error}", "utf-8")
        return None, str(error)
    failed.unlink(missing_ok=True)
    return OnnxEmbedder(ready, threads=settings.threads), None
