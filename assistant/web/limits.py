"""What the server refuses at once: Gradio's uploads, which no page uses, and oversized requests."""

import asyncio

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.screening.uploads import ADDRESS

LARGEST = 1_000_000
"""Bytes of a request; a question of a thousand characters with a long conversation stays far below."""
SILENCE = 30.0
"""Seconds that a request may pause before the next part of its body comes."""
_UPLOADS = "/gradio_api/upload"


class Limits:
    """ASGI middleware: 403 for Gradio's uploads, 413 for requests above `LARGEST` bytes, counted as they arrive; above
    `largest_upload` for the pages' own uploads. 408 for a body of which nothing came for `silence` seconds."""

    def __init__(self, app: ASGIApp, *, largest_upload: int, silence: float = SILENCE) -> None:
        self._app = app
        self._largest_upload = largest_upload
        self._silence = silence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith(_UPLOADS):
            await _refuse(send, 403, "本页面不接收文件。")
            return
        is_upload = scope["method"] == "PUT" and scope["path"].startswith(f"{ADDRESS}/")
        largest = self._largest_upload if is_upload else LARGEST
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > largest:
            await _refuse(send, 413, "文件过大,请压缩或拆分后再上传。" if is_upload else "请求过大。")
            return
        taken, coming = 0, True

        async def counted() -> Message:
            nonlocal taken, coming
            try:
                # After the body comes only the end of the connection, however long an answer takes.
                async with asyncio.timeout(self._silence if coming else None):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, "传输中断太久,请重新上传或重试。") from None
            taken += len(message.get("body", b""))
            coming = message.get("more_body", False)
            if taken > largest:
                raise HTTPException(413, "请求过大。")
            return message

        await self._app(scope, counted, send)


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})
