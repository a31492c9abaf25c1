"""`python app.py`: opens the library and serves the pages until Ctrl-C."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from assistant.settings import AssistantSettings, listed
from ingest.commands import run, say
from ingest.errors import AssistantError, UsageError
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from assistant.checking.judge import Judge
    from assistant.llm.local import LocalModel
    from assistant.llm.opening import Watched
    from assistant.llm.remote import Endpoint
    from assistant.llm.schema import Ability
    from assistant.llm.sent import SentRecord
    from assistant.web.protection import Protection
    from assistant.web.screening.office import Office
    from ingest.library import Library


def main(_: Sequence[str]) -> int:
    """Serve until Ctrl-C. Raises AssistantError when that is not possible."""
    page, corpus = AssistantSettings(), IngestSettings()
    with _bound(page.host, page.port) as listening:
        # Telemetry is off before Gradio and the model libraries are imported: no request leaves the machine.
        os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1", LANGSMITH_TRACING_V2="false")
        try:
            _serve(listening, page, corpus)
        except KeyboardInterrupt:
            say("已停止。")
    return 0


def _serve(listening: socket.socket, page: AssistantSettings, corpus: IngestSettings) -> None:
    # Imported here, so that a taken port is told at once and the visitor of the terminal sees what takes time.
    say("正在打开政策文本和索引……")
    from ingest.pipeline import open_library

    library = open_library(corpus, progress=say, patient=True)
    say("正在准备页面……")
    import uvicorn

    from assistant.agent.reply import reply
    from assistant.agent.schema import Shown, Step
    from assistant.answering.answer import answer
    from assistant.drafting.wording import words_for
    from assistant.errors import ModelError
    from assistant.llm.opening import Watched, abilities
    from assistant.llm.sent import SENT, SentRecord
    from assistant.schema import Turn
    from assistant.store import Store
    from assistant.web.drafting.studio import open_studio
    from assistant.web.site import site

    sent = SentRecord(corpus.data_dir / SENT)
    # The first question loads the dictionary and the model; no visitor should wait for that.
    answer("本办法从什么时候起施行?", library)
    model = _model(page, corpus)
    ability = Watched(model, cache=abilities(corpus)) if model else None
    if ability:
        with suppress(ModelError):  # it is not known yet: this begins to find out
            ability()

    def ask(question: str, *, history: Sequence[Turn], policy: str | None, as_of: date) -> Generator[Step | Shown]:
        yield from reply(
            question, library, model, ability=ability, seconds=page.llm_seconds, sent=sent,
            history=history, policy=policy, as_of=as_of,
        )  # fmt: skip

    def ready() -> None:
        host = f"[{page.host}]" if ":" in page.host else page.host
        print(f"政策助手已启动:http://{host}:{listening.getsockname()[1]}(按 Ctrl-C 停止)", flush=True)

    with ExitStack() as opened:
        if model:
            opened.callback(model.close)
        store = opened.enter_context(closing(Store.at(corpus.data_dir / "assistant.db")))
        office = opened.enter_context(closing(_office(library, corpus, _judge(page, model, ability, sent))))
        words = words_for(page, model, ability, sent)
        studio = open_studio(corpus.corpus_dir, office.reports, corpus.data_dir / "assistant.db", words=words)
        opened.callback(studio.close)
        named = model.name if model else None
        app = site(
            library, store, ask, office, studio, version=_version(), model=named, ready=ready, protection=_guard(page)
        )
        logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
        logging.getLogger("uvicorn.error").addFilter(_no_part_of_stopping)
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
        config = uvicorn.Config(
            app, log_config=None, log_level="warning", timeout_graceful_shutdown=1, proxy_headers=False
        )
        uvicorn.Server(config).run(sockets=[listening])


def _guard(page: AssistantSettings) -> "Protection":
    """Who may speak to the server; says so when that may be others than this machine."""
    from assistant.web.protection import Protection, exposure

    if warning := exposure(page.host):
        say(warning)
    return Protection(
        hosts=(page.host, *listed(page.hosts)),
        proxies=listed(page.proxies),
        events=page.events_per_minute,
        uploads=page.uploads_per_minute,
        reads=page.reads_per_minute,
        free_gb=page.free_gb,
    )


def _model(page: AssistantSettings, corpus: IngestSettings) -> "Endpoint | LocalModel | None":
    """The language model of the pages, which open without it where it cannot be had."""
    from assistant.llm.choose import choose, shown

    models = corpus.corpus_dir / "models.toml"
    try:
        model = choose(page, page.llm, models=models, folder=corpus.model_dir, auto_local=True)
    except AssistantError as error:
        say(f"{error}页面照常打开,不使用语言模型。")
        return None
    if model:
        say(f"{shown(model)}。")
    return model


def _judge(
    page: AssistantSettings,
    model: "Endpoint | LocalModel | None",
    ability: "Watched | None",
    sent: "SentRecord",
) -> "Callable[[], Judge | None]":
    """What finds the model that reads along with the check: none that may not see materials or does not read well."""
    from assistant.checking.judge import judge_for
    from assistant.errors import ModelError

    @cache  # one for all packages: it judges one after the other
    def found(known: "Callable[[], Ability]") -> "Judge | None":
        return judge_for(model, known(), sent=sent, parallel=page.llm_parallel or 4)

    def judge() -> "Judge | None":
        if model is None or ability is None or (model.where == "remote" and not page.llm_materials):
            return None
        with suppress(ModelError):  # it is not known yet what the model can do, or the model is gone
            return found(ability)
        return None

    return judge


def _office(library: "Library", corpus: IngestSettings, judge: "Callable[[], Judge | None]") -> "Office":
    """What the pages for packages of applicants need. Raises StorageError."""
    from assistant.checking.check import check
    from assistant.checking.command import open_desk
    from assistant.reports.schema import Report
    from assistant.reports.store import ReportStore
    from assistant.web.screening.office import Office
    from ingest.applications import Applications
    from ingest.materials import Application
    from ingest.sandbox import Sandbox
    from ingest.schema import Policy

    def screen(application: Application, *, policy: str | None, as_of: date) -> Report:
        desk = open_desk(library, policy, corpus_dir=corpus.corpus_dir, cache=corpus.data_dir / "cache")
        return check(application, replace(desk, judge=judge()), as_of=as_of)

    def policies() -> tuple[Policy, ...]:
        conditions = corpus.corpus_dir / "conditions"
        return tuple(policy for policy in library.policies() if (conditions / f"{policy.id}.yaml").is_file())

    samples = sorted((corpus.corpus_dir / "samples").glob("*虚构*"))
    return Office(
        screen,
        library,
        policies=policies,
        # Nothing asks for the vectors of stored applications: the check embeds what its questions need.
        applications=Applications(corpus.data_dir / "applications", embedder=None, url=None),
        reports=ReportStore.at(corpus.data_dir / "assistant.db"),
        sandbox=Sandbox(corpus.limits),
        samples={path.stem: path for path in samples},
    )


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens at the address, taken before anything slow is done. Raises UsageError."""
    if not 0 <= port <= 65535:
        raise UsageError(f"端口 {port} 不存在,请设置 1 到 65535 之间的 ASSISTANT_PORT。")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UsageError(f"地址 {host} 无法识别,请检查 ASSISTANT_HOST。") from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        reason = "没有权限使用它" if isinstance(error, PermissionError) else "它已被另一个程序占用"
        raise UsageError(f"端口 {port} 不能使用:{reason};请换一个端口再启动,例如设置 ASSISTANT_PORT=7861。") from None
    return listening


def _no_part_of_stopping(record: logging.LogRecord) -> bool:
    """An open page holds a connection for as long as it is open; that it is cut off at the stop is no error."""
    cut_off = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cut_off and "graceful shutdown" not in str(record.msg)


def _version() -> str:
    try:
        return version("policy-assistant")
    except PackageNotFoundError:  # run from the source folder without installing it
        return "0"


if __name__ == "__main__":
    run(main)
