"""What went wrong with a model, in one Chinese sentence that names the setting; never with the key or a server's words.

Servers repeat keys and prompts in their messages, so these are only looked at, for a few English words that tell apart
what shares a status.
"""

import logging
import re
import ssl

import httpx2
import openai
from langchain_core.exceptions import ContextOverflowError

from assistant.errors import (
    ContextError,
    ModelError,
    ModelReplyError,
    ModelSettingError,
    ModelTimeout,
    ModelUnavailable,
)
from assistant.llm.schema import Where

_LOG = logging.getLogger(__name__)
_CONTEXT = re.compile(
    r"context.{0,20}(?:length|size|window)|prompt is too long|too many tokens|maximum.{0,20}tokens", re.I
)
_MODEL = re.compile(r"model.{0,80}(?:not exist|not found|unknown|invalid)|(?:unknown|invalid) model", re.I | re.DOTALL)
_MONEY = re.compile(r"insufficient.{0,10}(?:quota|balance)|arrearage|overdue", re.I)


class RefusedRequest(ModelSettingError):
    """The server understood neither the request nor said why; without a response format it may."""


class CutShort(ModelReplyError):
    """The reply came to its limit of tokens."""

    def __init__(self) -> None:
        super().__init__("语言模型的回复超过长度上限仍没有说完,没有采用。")


def told(error: Exception, *, where: Where = "remote") -> ModelError:
    """The error as one of our own; one that already is comes back as it is."""
    if isinstance(error, ModelError):
        return error
    status = error.status_code if isinstance(error, openai.APIStatusError) else None
    _LOG.info("model call failed: %s %s", type(error).__name__, status or "")  # no message: it may hold the key
    if isinstance(error, ContextOverflowError):
        return _too_long()
    if isinstance(error, openai.APIStatusError):
        return _status(error.status_code, f"{error.code} {error.message}", where)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError):
        return ModelTimeout("语言模型没有在规定的时间(ASSISTANT_LLM_SECONDS)内答完。")
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return ModelSettingError("语言模型服务的地址不对,请检查 LLM_BASE_URL(以 http:// 或 https:// 开头)。")
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | OSError):
        return _unreachable(error, where)
    if isinstance(error, openai.LengthFinishReasonError):
        return CutShort()
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return ModelReplyError("语言模型服务以内容审查为由没有回答。")
    return ModelReplyError("语言模型的回应不合格式,没有采用。")


def _status(status: int, words: str, where: Where) -> ModelError:
    if where == "local":
        if status in (400, 413, 422, 500) and _CONTEXT.search(words):
            return _too_long()
        if status in (400, 422):
            return RefusedRequest(f"本地语言模型不接受这个请求({status})。")
        return ModelUnavailable(f"本地语言模型出错({status}),这次没有使用它。")
    if status == 402 or _MONEY.search(words):
        return ModelSettingError("语言模型服务的余额或额度不足,请充值,或更换 LLM_API_KEY。")
    if status in (401, 403):
        return ModelSettingError(f"语言模型服务不接受密钥({status}),请检查 LLM_API_KEY。")
    if status in (400, 413, 422) and _CONTEXT.search(words):
        return _too_long()
    if status == 404 or (status == 400 and _MODEL.search(words)):
        return ModelSettingError(
            f"语言模型服务没有找到这个模型或地址({status}),请检查 LLM_MODEL,以及 LLM_BASE_URL(一般以 /v1 结尾)。"
        )
    if status in (400, 422):
        return RefusedRequest(f"语言模型服务不接受这个请求({status}),请检查 LLM_MODEL 是否是对话模型。")
    if status == 429:
        return ModelUnavailable("语言模型服务正忙或达到了调用频率上限(429),这次没有使用它。")
    if status >= 500:
        return ModelUnavailable(f"语言模型服务出错({status}),这次没有使用它。")
    return ModelSettingError(f"语言模型服务的地址不对({status}),请检查 LLM_BASE_URL(一般以 /v1 结尾)。")


def _unreachable(error: BaseException, where: Where) -> ModelError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(cause):
            return ModelSettingError(
                "语言模型服务的证书不受信任,请检查 LLM_BASE_URL,或用 SSL_CERT_FILE 指定本单位的证书。"
            )
        cause = cause.__cause__ or cause.__context__
    if where == "local":
        return ModelUnavailable("本地语言模型中断了,这次没有使用它。")
    return ModelUnavailable("连接不上语言模型服务,请检查 LLM_BASE_URL 和网络。")


def _too_long() -> ContextError:
    return ContextError("内容超过了语言模型一次能读的长度(ASSISTANT_LLM_CONTEXT),这次没有使用它。")
