"""The web application: the page at `/` and `/healthz` beside it."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Response

from assistant.store import Store
from assistant.web.chat import Ask, Texts
from assistant.web.limits import Limits
from assistant.web.page import build_page
from ingest.errors import AssistantError

_HERE = Path(__file__).parent
# Fonts that come with Windows, macOS, Android and Linux desktops; nothing is fetched.
_FONTS = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")


def site(library: Texts, store: Store, ask: Ask, *, version: str, ready: Callable[[], None] = lambda: None) -> FastAPI:
    """The application; `ready` is called once it answers."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        ready()
        yield

    app = FastAPI(title="政策助手", version=version, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @app.get("/healthz")
    def healthz(response: Response) -> dict[str, str | int | None]:
        try:
            policies = library.policies()
            clauses = sum(1 for p in policies for clause in library.clauses(p.id) if clause.leaf)
        except AssistantError as error:
            response.status_code = 503
            return {"status": "error", "reason": str(error), "version": version}
        return {
            "status": "ok",
            "policies": len(policies),
            "clauses": clauses,
            "search": "words" if library.words_only else "hybrid",
            "model": None,
            "version": version,
        }

    style = (_HERE / "page.css").read_text("utf-8")
    script = (_HERE / "page.js").read_text("utf-8")
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(library, store, ask),
        path="/",
        theme=gr.themes.Base(font=list(_FONTS), font_mono=["monospace"]),
        # Gradio puts every selector of its css parameter under a class of its container; in the head it stays as is.
        head=f"<style>{style}</style><script>{script}</script>",
        favicon_path=str(_HERE / "favicon.png"),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size="1kb",  # the page takes no files, but Gradio's upload address is there
    )
    mounted.add_middleware(Limits)
    return mounted
