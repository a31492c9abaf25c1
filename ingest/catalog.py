"""`corpus/policies.toml`: which policy texts are shipped, and what is known of each."""

import hashlib
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import PolicyError
from ingest.readers import read_policy
from ingest.schema import Policy, Successor

_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")


def shipped(corpus_dir: Path) -> tuple[tuple[Policy, str], ...]:
    """Each policy of the corpus with its source text. Raises PolicyError naming the entry that is wrong."""
    path = corpus_dir / "policies.toml"
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("policy", [])
    except FileNotFoundError:
        raise PolicyError(f"找不到政策目录文件 {path.name},请在 corpus/ 下恢复它。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"政策目录文件 {path.name} 格式有误:{error}。") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PolicyError(f"政策目录文件 {path.name} 格式有误:每份政策应写成一段 [[policy]]。")
    policies = [_policy(entry) for entry in entries]
    repeated = {p.id for p in policies if sum(q.id == p.id for q in policies) > 1}
    if repeated:
        raise PolicyError(f"{path.name} 中编号 {'、'.join(sorted(repeated))} 重复,请改为不同的编号。")
    return tuple((policy, _source(corpus_dir, policy)) for policy in policies)


def check_id(policy_id: str) -> str:
    """`policy_id` when it is fit for an id. Raises PolicyError."""
    if not _ID.fullmatch(policy_id):
        raise PolicyError(f"政策编号“{policy_id}”不合要求:请用 2 至 41 个小写字母、数字或连字符,如 qingdao-2021。")
    return policy_id


def _policy(entry: dict[str, Any]) -> Policy:
    fields = dict(entry)
    name = fields.get("id", "(无编号)")
    check_id(str(name))
    after = fields.pop("successor", None)
    try:
        policy = Policy(**fields, successor=Successor(**after) if after else None)
    except TypeError as error:
        raise PolicyError(f"policies.toml 中 {name} 的字段有误或缺失:{error}。") from None
    for field in ("id", "title", "issuer", "path", "sha256"):
        if not isinstance(getattr(policy, field), str):
            raise PolicyError(f"policies.toml 中 {name} 的 {field} 应写成带引号的文字。")
    for field in ("issued", "effective", "expires"):
        value = getattr(policy, field)
        if value is not None and type(value) is not date:
            raise PolicyError(f"policies.toml 中 {name} 的 {field} 应写成 2021-11-19 这样的日期。")
    return policy


def _source(corpus_dir: Path, policy: Policy) -> str:
    path = (corpus_dir / policy.path).resolve()
    if not path.is_relative_to(corpus_dir.resolve()) or not path.is_file():
        raise PolicyError(f"找不到政策 {policy.id} 的文件 {policy.path},请放入 corpus/ 或更正 policies.toml。")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != policy.sha256:
        raise PolicyError(
            f"政策文件 {policy.path} 的内容与登记不符(sha256 应为 {policy.sha256[:12]}…,实为 {digest[:12]}…),"
            "请恢复原文;若确要更换,请同时更新 policies.toml。"
        )
    return read_policy(path)
