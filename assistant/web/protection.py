"""What stands before every page: who may speak to the server, what it answers to, and the headers of each answer."""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.protection_rates import Rate

GIGABYTE = 10**9
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Gradio's pages hold inline scripts and styles, and its HTML blocks compile their templates: without 'unsafe-inline'
# and 'unsafe-eval' no page works. Nothing is loaded from or sent to another origin; that is what the policy is for.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# All that the pages ask for. Whatever else Gradio has at its addresses (files, proxy, uploads, API) is closed.
_READ = re.compile(
    r"/(?:config|healthz|readyz|theme\.css|favicon\.ico|robots\.txt|manifest\.json)"
    r"|/(?:static|assets)/[^/].*"
    r"|/gradio_api/(?:queue/data|startup-events|heartbeat/[0-9A-Za-z_-]+)"
)
_ACTED = {"POST": re.compile(r"/gradio_api/(?:queue/join|cancel|reset)"), "PUT": re.compile(r"/uploads/[^/]+/[^/]+")}
_LEFT = re.compile(r"/uploads/[^/]+")
_PRIVATE = ("/gradio_api/", "/uploads/", "/healthz", "/readyz")
_FORWARDED = (b"x-forwarded-", b"x-gradio-server", b"forwarded")


@dataclass(frozen=True, slots=True)
class Protection:
    """Who may speak to the server, and how often in a minute from one address (0: no limit)."""

    hosts: tuple[str, ...] = ()
    """Names of this server, beside those of loopback and the address that a request came in at."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks whose X-Forwarded-… headers are believed."""
    events: int = 600
    """Questions, clicks and downloads: all are events of a page."""
    uploads: int = 1200
    """Files; a package of the largest number of files comes at once."""
    reads: int = 6000
    """Everything else; a page takes about a hundred files of scripts and styles."""
    free_gb: float = 2
    """Uploads are refused when the disk has less than this left, in 10^9 bytes."""


class Protected:
    """ASGI middleware: 400 for a Host that is not this server's, 403 for what another site sends, 404 for every address
    that no page uses, 429 for an address that asks too often, 507 for uploads to a full disk; `HEADERS` on all answers.

    `pages` are the paths of the pages; `free` gives the bytes that the disk of the uploads has left."""

    def __init__(
        self, app: ASGIApp, *, protection: Protection, pages: Collection[str], free: Callable[[], int]
    ) -> None:
        self._app = app
        self._protection = protection
        self._pages = frozenset(pages)
        self._free = free
        self._hosts = _LOOPBACK | {host.strip("[]").lower() for host in protection.hosts}
        self._events, self._uploads, self._reads = (
            Rate(each) for each in (protection.events, protection.uploads, protection.reads)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # no page uses one
            await send({"type": "websocket.close"})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def headed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["path"].startswith(_PRIVATE):
                    headers["cache-control"] = "no-store"
            await send(message)

        if refused := self._refusal(scope):
            await _answer(headed, scope, *refused)
            return
        try:
            await self._app(scope, receive, headed)
        except Exception:
            if not begun:
                await _answer(headed, scope, 500, "服务器出错了,请稍后再试。")
            raise  # the server writes it to its log

    def _refusal(self, scope: Scope) -> tuple[int, str] | tuple[int, str, int] | None:
        """Status, one sentence and, where it helps, the seconds to wait; None for what may go on."""
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        if not self._known(headers, scope):
            return 400, "这个网址不属于本服务,请用管理员给出的网址打开(管理员可用 ASSISTANT_HOSTS 增加主机名)。"
        if method not in ("GET", "HEAD") and _foreign(headers):
            return 403, "请求来自其他网站,已拒绝。请直接在政策助手的页面上操作。"
        if not self._open(method, path):
            return (403, "本页面不接收文件。") if path.startswith("/gradio_api/upload") else (404, "没有这个页面。")
        address = scope["client"][0] if scope.get("client") else ""
        rate = {"POST": self._events, "PUT": self._uploads}.get(method, self._reads)
        if seconds := rate.wait(address):
            return 429, f"请求太频繁,请在 {seconds} 秒后再试。", seconds
        if method == "PUT" and self._free() < self._protection.free_gb * GIGABYTE:
            return 507, "服务器的磁盘空间不足,暂时不能上传,请联系管理员。"
        return None

    def _known(self, headers: Headers, scope: Scope) -> bool:
        """Whether the one Host header names this server. A name that was rebound to its address does not."""
        given = headers.getlist("host")
        host = _hostname(given[0]) if len(given) == 1 else ""
        own = scope["server"][0] if scope.get("server") else None
        return bool(host) and (host in self._hosts or host == own)

    def _open(self, method: str, path: str) -> bool:
        if method in ("GET", "HEAD"):
            return path in self._pages or bool(_READ.fullmatch(path))
        if method == "DELETE":
            return bool(_LEFT.fullmatch(path))
        return method in _ACTED and bool(_ACTED[method].fullmatch(path))


class Unforwarded:
    """ASGI middleware that drops what a client, not one of the `proxies`, says about how its request was forwarded."""

    def __init__(self, app: ASGIApp, *, proxies: Collection[str]) -> None:
        self._app = app
        self._proxies = [ip_network(each, strict=False) for each in proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "headers" in scope and not self._believed(scope):
            kept = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(_FORWARDED)]
            scope = {**scope, "headers": kept}
        await self._app(scope, receive, send)

    def _believed(self, scope: Scope) -> bool:
        try:
            address = ip_address(scope["client"][0])
        except (KeyError, TypeError, ValueError):  # a Unix socket has none
            return False
        return any(address in network for network in self._proxies)


def exposure(host: str) -> str | None:
    """One sentence to print at the start when others than this machine may reach `host`, else None."""
    try:
        alone = host.strip("[]").lower() == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        alone = False
    if alone:
        return None
    return f"注意:页面没有登录,能访问 {host} 的人都能看到已保存的材料和报告;请放在有认证的反向代理后面。"


def _hostname(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for what is no port
    except ValueError:
        return ""
    return parts.hostname or "" if parts.netloc == host and "@" not in host else ""


def _foreign(headers: Headers) -> bool:
    """Whether another site made a browser send this (Fetch Metadata; Origin for older browsers). What is no browser
    sends neither."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    # A proxy may give its name as X-Forwarded-Host; of anybody else that header was dropped.
    return urlsplit(origin).netloc.lower() not in {
        headers[name].lower() for name in ("host", "x-forwarded-host") if headers.get(name)
    }


async def _answer(send: Send, scope: Scope, status: int, reason: str, seconds: int | None = None) -> None:
    """Text; for Gradio's script, which reads JSON, the field that it shows."""
    api = scope["path"].startswith("/gradio_api/queue/")
    body = json.dumps({"detail": reason}, ensure_ascii=False) if api else reason
    kind = b"application/json" if api else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
    if seconds is not None:
        headers.append((b"retry-after", str(seconds).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body.encode()})
