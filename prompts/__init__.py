"""The texts that a model is sent: `<name>.md` in this folder, with `$x` where a value goes and `$$` for a dollar."""

from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent


class PromptError(Exception):
    """There is no such prompt, or the values given are not the ones it asks for."""


def render(name: str, /, **values: object) -> str:
    """The prompt, filled in. Raises PromptError naming each `$x` without a value and each value without a `$x`."""
    try:
        template = Template((FOLDER / f"{name}.md").read_text("utf-8"))
    except FileNotFoundError:
        raise PromptError(f"there is no prompt {name}.md") from None
    if not template.is_valid():
        raise PromptError(f"{name}.md has a $ that begins no name; write $$ for a dollar")
    if differing := set(template.get_identifiers()) ^ values.keys():
        raise PromptError(f"{name}.md and the values given differ in: {', '.join(sorted(differing))}")
    return template.substitute(values)
