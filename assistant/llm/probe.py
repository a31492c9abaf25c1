"""What a model can be trusted with: found out once, by a few small questions about a library's rules, and remembered.

The instructions are the product's own (`prompts/select.md`, `prompts/answer.md`), so that a model is tried at what it
will be asked to do, and tried again when they change.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from filelock import FileLock
from filelock import Timeout as LockTimeout
from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

from assistant.errors import ModelError, ModelReplyError
from assistant.llm.schema import Ability, LanguageModel, Prompt
from prompts import render

SECONDS = 60.0
"""For one question, generously: a local model reads its first prompt slowly."""
RULES = {
    "第三条": "读者每次最多借阅五本,期限为三十日。",
    "第四条": "逾期不还的,每本每日收取滞纳金一角。",
    "第五条": "遗失图书的,应当赔偿同版本图书或者原价。",
    "第六条": "周一闭馆整理,其他日期九时至十七时开放。",
}
_SELECT: dict[str, frozenset[int]] = {
    "看书能领补贴吗?": frozenset({0}),
    "书弄丢了要赔什么?": frozenset({3}),
    "一次能借几本书?": frozenset({1}),
    "星期一能去吗?": frozenset({4}),
}
"""The numbers of the rules that answer, from 1; 0 for none, as `prompts/select.md` asks for them."""
_ENOUGH = 3  # of the four right, the one without an answer among them
_NUMBER = re.compile(r"\d+|[〇零一二两三四五六七八九十百千万]+(?=[本日天年月元角分个次时%])")
_Remembered = TypeAdapter(dict[str, Ability])


class Written(BaseModel):
    """A worded answer; the same fields as the product asks for."""

    class Sentence(BaseModel):
        text: str
        keys: list[str]

    covered: bool
    sentences: list[Sentence] = []


class ReadRule(BaseModel):
    """读图书馆规则的某一条。"""

    number: int


def probe(
    model: LanguageModel, *, cache: Path, seconds: float = SECONDS, tell: Callable[[ModelError], None] = lambda _: None
) -> Ability:
    """What the model was found able to do, from the file `cache` or by asking it eight small questions, each within
    `seconds`. A model that cannot be asked has no ability for now; `tell` is told why, and nothing is remembered."""
    if (known := remembered(model, cache=cache)) is not None:
        return known
    found: dict[str, bool] = {}
    for name, check in (("tools", _tools), ("selects", _selects), ("words", _words)):
        try:
            # Who cannot choose a sentence does not word one either.
            found[name] = check(model, seconds) if name != "words" or found["selects"] else False
        except ModelReplyError:
            found[name] = False
        except ModelError as error:
            if name != "tools" or not _refused(error):
                tell(error)
                return Ability()
            found[name] = False
    ability = Ability(**found)
    _remember(model, ability, cache)
    return ability


def remembered(model: LanguageModel, *, cache: Path) -> Ability | None:
    """What an earlier `probe` found of this model with these instructions; None if there was none."""
    return _read(cache).get(_key(model))


def _refused(error: ModelError) -> bool:
    from assistant.llm.telling import RefusedRequest

    return isinstance(error, RefusedRequest)


def _selects(model: LanguageModel, seconds: float) -> bool:
    """Whether it picks the rule that answers, and none where none does."""
    numbers = tuple(range(len(RULES) + 1))
    shape = create_model("Selection", ids=(list[Literal[numbers]], ...))  # type: ignore[valid-type]
    right = 0
    for question, answers in _SELECT.items():
        filled = model.fill(select_prompt(question), shape, seconds=seconds, tokens=40)
        chosen = frozenset(filled.value.model_dump()["ids"]) or frozenset({0})
        if 0 in answers and chosen != answers:
            return False
        right += chosen == answers
    return right >= _ENOUGH


def _words(model: LanguageModel, seconds: float) -> bool:
    """Whether it words an answer from two rules with their numbers and no others, and says when they are silent."""
    told = model.fill(_word_prompt("一次能借多少,晚还会怎样?"), Written, seconds=seconds, tokens=300).value
    text = "".join(sentence.text for sentence in told.sentences)
    keys = {key for sentence in told.sentences for key in sentence.keys}
    given = set(_NUMBER.findall("".join(_given().values())))
    faithful = told.covered and keys == {"C1", "C2"} and set(_NUMBER.findall(text)) <= given
    if not faithful or not all(word in text for word in ("五本", "三十日", "一角")):
        return False
    silent = model.fill(_word_prompt("办借书证要交多少押金?"), Written, seconds=seconds, tokens=300).value
    return not silent.covered or not silent.sentences


def _tools(model: LanguageModel, seconds: float) -> bool:
    """Whether it calls a tool natively, and answers when it has been told."""
    from langchain_core.messages import HumanMessage, SystemMessage, ToolMessage

    chat = model.chat(seconds=seconds, tokens=200).bind_tools([ReadRule])
    asked = [SystemMessage(render("probe_tools")), HumanMessage("第四条是怎么写的?")]
    called = chat.invoke(asked)
    if [(call["name"], call["args"].get("number")) for call in called.tool_calls] != [("ReadRule", 4)]:
        return False
    told = ToolMessage(RULES["第四条"], tool_call_id=called.tool_calls[0]["id"])
    reply = chat.invoke([*asked, called, told])
    return not reply.tool_calls and "一角" in reply.text


def select_prompt(question: str) -> Prompt:
    sentences = "\n".join(f"[{n}] {label}:{text}" for n, (label, text) in enumerate(RULES.items(), 1))
    return Prompt("select", render("select"), render("select_question", sentences=sentences, question=question))


def _given() -> dict[str, str]:
    return {f"C{n}": f"{label} {RULES[label]}" for n, label in enumerate(("第三条", "第四条"), start=1)}


def _word_prompt(question: str) -> Prompt:
    clauses = "\n".join(f"[{key}] {text}" for key, text in _given().items())
    user = render("answer_question", clauses=clauses, history="(无)", day="2022-05-01", question=question)
    return Prompt("answer", render("answer"), user)


def _key(model: LanguageModel) -> str:
    """A hash of the model and of all that it is asked. Endpoints have an `identity` with their address."""
    identity: str = getattr(model, "identity", f"{model.where} {model.name}")
    prompts = [*(select_prompt(question) for question in _SELECT), _word_prompt("")]
    parts = [identity, render("probe_tools"), *(f"{p.system}\n{p.user}" for p in prompts)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _read(cache: Path) -> dict[str, Ability]:
    try:
        return _Remembered.validate_json(cache.read_bytes())
    except (OSError, ValidationError):
        return {}


def _remember(model: LanguageModel, ability: Ability, cache: Path) -> None:
    """Add to the file; where it cannot be written, the model is probed again next time."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(cache.with_suffix(".lock"), timeout=5):
            kept = {**_read(cache), _key(model): ability}
            fresh = cache.with_suffix(".new")
            fresh.write_bytes(_Remembered.dump_json(kept, indent=1))
            fresh.replace(cache)
    except (OSError, LockTimeout):
        pass
