"""The web application: its pages, and `/healthz` and `/readyz` beside them."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Response
from starlette.concurrency import run_in_threadpool
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.store import Store
from assistant.web.chat import Ask, Texts
from assistant.web.deadline import add_deadline
from assistant.web.drafting.page import add_drafting
from assistant.web.drafting.studio import Studio
from assistant.web.limits import Limits
from assistant.web.page import build_page
from assistant.web.protection import GIGABYTE, Protected, Protection, Unforwarded
from assistant.web.screening.office import Office
from assistant.web.screening.page import add_screening
from assistant.web.screening.uploads import upload_routes
from ingest.errors import AssistantError
from ingest.readers.archive import MEGABYTE

_HERE = Path(__file__).parent
_SCRIPTS = ("page", "screening_packages", "screening_list", "screening_judging", "screening", "drafting")
# Fonts that come with Windows, macOS, Android and Linux desktops; nothing is fetched.
_FONTS = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")


def site(
    library: Texts,
    store: Store,
    ask: Ask,
    office: Office,
    studio: Studio,
    *,
    version: str,
    model: str | None = None,
    ready: Callable[[], None] = lambda: None,
    protection: Protection | None = None,
) -> FastAPI:
    """The application; `model` names the language model, `ready` is called once it answers, and office and studio
    are closed when it is stopped. Without `protection`, only this machine's own names and addresses are answered."""

    guard = protection or Protection()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        ready()
        yield
        await run_in_threadpool(office.close)
        studio.close()

    app = FastAPI(title="政策助手", version=version, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    _add_health(app, library, guard, {"model": model, "version": version})
    app.include_router(upload_routes(office.uploads, office.gone))
    style = "\n".join((_HERE / f"{name}.css").read_text("utf-8") for name in ("page", "screening", "drafting"))
    script = "\n".join((_HERE / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
    page = build_page(library, store, ask, model=model)
    add_screening(page, office)
    add_drafting(page, studio)
    add_deadline(page)
    with warnings.catch_warnings():
        # Gradio tells of several pages that it will not do what was not asked for (ssr_mode).
        warnings.filterwarnings("ignore", "SSR mode is not supported", UserWarning)
        mounted: FastAPI = gr.mount_gradio_app(
            app,
            page,
            path="/",
            theme=gr.themes.Base(font=list(_FONTS), font_mono=["monospace"]),
            # Gradio puts every selector of its css parameter under a class; in the head it stays as is.
            head=f"<style>{style}</style><script>{script}</script>",
            favicon_path=str(_HERE / "favicon.png"),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            mcp_server=False,
            enable_monitoring=False,
            show_error=False,
            max_file_size="1kb",  # files come by our own address, but Gradio's is there
        )
    mounted.add_middleware(Limits, largest_upload=office.sandbox.limits.file_mb * MEGABYTE)
    pages = [f"/{path}" for path, *_ in page.pages]
    mounted.add_middleware(Protected, protection=guard, pages=pages, free=_free)
    mounted.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(guard.proxies))
    mounted.add_middleware(Unforwarded, proxies=guard.proxies)
    return mounted


def _add_health(app: FastAPI, library: Texts, guard: Protection, running: dict[str, str | None]) -> None:
    """`/healthz`: whether questions can be answered, and from what; `/readyz`: whether work may be sent here."""

    @app.get("/healthz")
    def healthz(response: Response) -> dict[str, str | int | None]:
        told = _health(library)
        response.status_code = 200 if told["status"] == "ok" else 503
        return {**told, **running}

    @app.get("/readyz")
    def readyz(response: Response) -> dict[str, str]:
        told = _health(library)
        if told["status"] == "ok" and _free() < guard.free_gb * GIGABYTE:
            told = {"status": "error", "reason": "磁盘空间不足,暂时不能上传。"}
        response.status_code = 200 if told["status"] == "ok" else 503
        return {"status": "ready"} if told["status"] == "ok" else {"status": "not ready", "reason": str(told["reason"])}


def _free() -> int:
    """Bytes that the disk has left on which uploads wait until they are read."""
    return shutil.disk_usage(tempfile.gettempdir()).free


def _health(library: Texts) -> dict[str, str | int | None]:
    """Whether questions can be answered, and from what; else why not."""
    try:
        policies = library.policies()
        clauses = sum(1 for p in policies for clause in library.clauses(p.id) if clause.leaf)
    except AssistantError as error:
        return {"status": "error", "reason": str(error)}
    search = "words" if library.words_only else "hybrid"
    return {"status": "ok", "policies": len(policies), "clauses": clauses, "search": search}
