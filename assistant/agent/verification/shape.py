"""Whether a draft is text for people at all: not empty, Chinese, of an end, and nothing of prompts, markup or sales."""

import re
from collections.abc import Iterator

from assistant.agent.schema import Complaint, Draft
from assistant.agent.verification.text import plain

SENTENCES, SENTENCE, WHOLE = 16, 320, 1600
"""The most sentences, and the most characters of one and of all."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTERS = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ\u3040-\u30ff\uac00-\ud7af]")
_MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z!][^<>]*>?|&(?:lt|gt|amp|#\d+);|```|\*\*|__|^\s*#{1,6}\s|^\s*[-*+]\s|\]\(|^\s*\|.*\||^\s*>\s|javascript:",
    re.MULTILINE,
)
_LEFTOVER = re.compile(
    r'[{}]|"\s*:\s*["\[{]|\\[nu"]|<\|[^|]*\||\[/?INST\]|\$\{?\w+|(?:^|\W)(?:system|assistant|user|json|null|true|false)\s*[::]'
    r"|(?:sentences|covered|keys|quotes)\b|以下是(?:我的|您要的)?(?:回答|答案|json)|根据(?:您|你)提供的(?:条款|资料|候选)"
    r"|候选(?:句子|条款)|提示词|\b[a-z]+-(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"忽略(?:以上|上面|之前|前面|所有)|无视(?:以上|上面|之前)|系统(?:提示|指令|消息)|开发者(?:模式|消息)|越狱"
    r"|(?:作为|我是)(?:一[个名])?(?:AI|人工智能|大?语言模型|智能助手|助手|机器人)|我(?:认为|觉得|建议|保证|承诺|已(?:经)?(?:按|为|将))"
    r"|[您你]的指令|遵命|好的,|收到,|https?:|www\.|微信|QQ|公众号|扫码|二维码|点击|下载(?:链接|地址)|\d{3,4}-\d{7,8}|1[3-9]\d{9}|@\w",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(.{2,40}?)\1{3,}", re.DOTALL)


def shape(draft: Draft) -> Iterator[Complaint]:
    """What is wrong with a draft before any clause is looked at."""
    if draft.covered and not draft.sentences and not draft.quotes:
        yield Complaint("empty", "", "没有写出任何句子。")
    texts = [sentence.text for sentence in draft.sentences]
    if len(texts) > SENTENCES or sum(map(len, texts)) > WHOLE:
        yield Complaint("length", "", f"回答太长:最多{SENTENCES}句、{WHOLE}字。")
    seen: set[str] = set()
    for text in texts[: SENTENCES * 2]:
        yield from _one(text)
        if (same := plain(text)) and same in seen:
            yield Complaint("length", text[:80], "这句话重复了。")
        seen.add(same)


def _one(text: str) -> Iterator[Complaint]:
    place = text[:80]
    if not _HAN.search(text):
        written = bool(_LETTERS.search(text))
        yield Complaint("language" if written else "empty", place, "请用中文写。" if written else "有一句没有文字。")
        return
    if len(text) > SENTENCE:
        yield Complaint("length", place, f"这一句太长:最多{SENTENCE}字。")
        return
    if len(_LETTERS.findall(text)) > 0.25 * len(_HAN.findall(text)):
        yield Complaint("language", place, "请只用中文写。")
    if repeated := _REPEATED.search(text):
        yield Complaint("length", place, f"“{repeated[1][:20]}”一再重复。")
    for pattern, says in ((_MARKUP, "不要写标记、表格或代码"), (_LEFTOVER, "不要写提示、编号或 JSON")):
        if found := pattern.search(text):
            yield Complaint("language", place, f"{says}:“{found[0].strip()[:30]}”。")
    if found := _INSTRUCTION.search(text):
        yield Complaint("instruction", place, f"“{found[0][:30]}”不是条款的内容,只能写条款说的事。")
