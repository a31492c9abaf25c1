"""What sort of paper a material is, as far as facts depend on it: a licence weighs more than a form."""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.facts.width import bare
from ingest.materials import Material

PaperKind = Literal["licence", "form", "pledge", "lease", "contract", "proof", "other"]
"""证照、申报书、承诺书、租赁合同、合同协议、他人出具的证明、其他"""

# The first that matches wins. Titles come from the materials' own names of 市场监管总局, 民政部 and 中央编办 papers.
_TITLES: tuple[tuple[PaperKind, str], ...] = (
    ("licence", r"营业执照|法人(?:登记)?证书|法人资格(?:证明|证书)|主体资格|办学许可证"),
    ("licence", r"(?:民办非企业单位|社会团体|基金会|社会服务机构).{0,4}登记证书"),
    ("pledge", r"承诺书|承诺函|保证书|声明书?$|诚信承诺|真实性承诺|真实性声明"),
    ("lease", r"租赁(?:合同|协议)|租约|租房|租用(?:合同|协议)|场地(?:证明|使用)|房屋租赁|不动产权|房产证|无偿使用"),
    ("contract", r"合同|协议"),
    ("form", r"申报书|申报表|申请书|申请表|申报材料$|申请报告|申报单位(?:基本)?情况表?"),
    ("proof", r"证明|审计报告|鉴定证书|感谢信|评价(?:表|意见)|检测报告|验收(?:报告|意见)|查询"),
)
_TITLE = 24  # characters of a title inside a file
_HEAD = 6  # lines in which a title stands


def paper_kind(material: Material, names: Sequence[str] = ()) -> PaperKind:
    """By the title in the first lines of the paper, then by the expected materials that it was found to be (`names`),
    then by its file's name."""
    head = [
        bare(line)
        for page in material.pages[:1]
        for line in [line for block in page.blocks[:_HEAD] for line in page.text[block.start : block.end].split("\n")]
    ]
    titles = [line for line in head[:_HEAD] if len(line) <= 40 and not line.endswith((":", "。", "."))]
    by_head = next((kind for title in titles for kind in [_kind(title)] if kind and _is_title(title)), None)
    for told in (by_head, *(_kind(bare(name)) for name in names), _kind(_stem(material.name))):
        if told:
            return told
    return "other"


def paper_at(material: Material, place: int, start: int, whole: PaperKind) -> PaperKind:
    """What the part of a file is that a place stands in: by the nearest title above it, as several papers may be bound
    in one file; else what the `whole` file is."""
    for number in range(place, -1, -1):
        page = material.pages[number]
        for block in reversed(page.blocks):
            if block.kind == "row" or (number == place and block.start > start):
                continue
            line = bare(page.text[block.start : block.end])
            if len(line) <= _TITLE and _is_title(line) and (kind := _kind(line)):
                return kind
    return whole


def _kind(title: str) -> PaperKind | None:
    return next((kind for kind, pattern in _TITLES if re.search(pattern, title)), None)


def _is_title(line: str) -> bool:
    """A line that names the paper; not a row (单位名称…) and not a sentence."""
    return not re.search(r"[:,。;、]|^\(.*\)$", re.sub(r"^[(]?[一二三四五六七八九十\d]{1,3}[)]?[、.]", "", line))


def _stem(name: str) -> str:
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", bare(name).rsplit("/", 1)[-1])
