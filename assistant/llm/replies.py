"""A JSON object of a given shape out of what a model wrote: alone, in a fence, or among other words."""

import json
import re

from pydantic import ValidationError

from assistant.errors import ModelReplyError
from assistant.llm.schema import Shape

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_TRIES = 20  # opening braces that are looked at; a reply of the shape that was asked for has one object


def parsed(text: str, shape: type[Shape]) -> Shape:
    """The first object in the text that has the shape; thoughts are left out. Raises ModelReplyError."""
    text = _THOUGHT.sub("", text)
    if not text.strip():
        raise ModelReplyError("语言模型的回复是空的。")
    decoder = json.JSONDecoder()
    start = text.find("{")
    for _ in range(_TRIES):
        if start < 0:
            break
        try:
            value, end = decoder.raw_decode(text, start)
            return shape.model_validate(value)
        except ValidationError:
            start = text.find("{", end)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
    raise ModelReplyError("语言模型的回复不是所要求的格式。")
