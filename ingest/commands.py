"""What every command line shares: Chinese usage errors, and errors as one sentence with exit code 2."""

import argparse
import errno
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_settings import SettingsError

from ingest.errors import AssistantError, UsageError

# What argparse says, longest first.
_USAGE = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认识 "),
    ("expected at least one argument", "后面要写至少一个值"),
    ("expected one argument", "后面要写一个值"),
    ("invalid choice: ", "没有 "),
    ("(choose from ", "(可选 "),
    ("invalid int value: ", "应为整数,不能是 "),
    ("not allowed with argument ", "不能同时使用 "),
    ("ambiguous option: ", "写得不全:"),
    (" could match ", " 可能是 "),
    ("argument ", "参数 "),
)


class CommandParser(argparse.ArgumentParser):
    """An argument parser whose errors are one Chinese sentence."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and exit with 2."""
        for english, chinese in _USAGE:
            message = message.replace(english, chinese)
        self.exit(2, f"命令用法有误:{message};运行 {self.prog} --help 查看用法。\n")


def run(main: Callable[[Sequence[str]], int]) -> NoReturn:
    """Run `main` on the command line's arguments; an error a person can act on is one sentence on stderr and exit 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Half a character (U+D800) cannot be written; its escape can, and is right in JSON too.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except AssistantError as error:
        print(error, file=sys.stderr)
        code = 2
    except ValidationError as error:
        fields = "、".join(".".join(str(part) for part in e["loc"]) for e in error.errors())
        print(f"设置 {fields} 的值不对,请检查环境变量。", file=sys.stderr)
        code = 2
    except SettingsError:  # a group of settings that is no JSON
        print("环境变量里有一组设置写得不对,请检查 ASSISTANT_ 开头的环境变量。", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        code = 130
    except BrokenPipeError:  # the reader of a pipe has gone: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "磁盘已满" if full else f"{error.strerror or error}"
        print(f"读写 {error.filename or '文件'} 失败:{reason},请处理后重试。", file=sys.stderr)
        code = 2
    sys.exit(code)


def say(message: str) -> None:
    """Progress and warnings: stderr."""
    print(message, file=sys.stderr, flush=True)


def show(value: Any) -> None:
    """A result as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def a_date(text: str) -> date:
    """A date as 2022-01-10. Raises UsageError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"日期“{text}”不对,请写成 2022-01-10 这样的格式。") from None
