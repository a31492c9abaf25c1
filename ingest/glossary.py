"""`corpus/glossary.yaml`: terms of art, and what people say instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.errors import PolicyError
from ingest.normalize import tidy


@dataclass(frozen=True, slots=True)
class Glossary:
    """`said` maps what people say to the terms of art it may stand for; `words` are for the word segmenter."""

    said: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]

    def terms(self, question: str) -> tuple[str, ...]:
        """The terms of art that `question` means without saying them, each once, in order."""
        text = tidy(question)
        found = (term for saying, terms in self.said.items() if saying in text for term in terms)
        return tuple(dict.fromkeys(term for term in found if tidy(term) not in text))


def load_glossary(path: Path) -> Glossary:
    """The glossary in `path`: a list of {term, said: [...]}. Raises PolicyError naming the entry that is wrong."""
    try:
        entries = yaml.safe_load(path.read_text("utf-8")) or []
    except FileNotFoundError:
        raise PolicyError(f"找不到术语表 {path.name},请在 corpus/ 下恢复它。") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PolicyError(f"术语表 {path.name} 格式有误:{' '.join(str(error).split())}。") from None
    if not isinstance(entries, list):
        raise PolicyError(f"术语表 {path.name} 格式有误:应是以 - 开头的条目。")
    said: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("term"), str):
            raise PolicyError(f"术语表 {path.name} 的每一条都应有 term 字段,请检查:{entry}。")
        words.append(entry["term"])
        sayings = entry.get("said") or []
        if not isinstance(sayings, list):
            raise PolicyError(f"术语表 {path.name} 中“{entry['term']}”的 said 应是方括号中的列表。")
        for saying in sayings:
            key = tidy(str(saying))
            said[key] = (*said.get(key, ()), entry["term"])
            words.append(str(saying))
    return Glossary(said, tuple(dict.fromkeys(w for w in words if " " not in w)))
