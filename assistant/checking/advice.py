"""What an applicant could add, in one paragraph, and what the check could not see; advice and no decision."""

import re
from collections.abc import Sequence

from assistant.reports.schema import Finding, Issue, MissingMaterial
from ingest.materials import Application

_CHINESE = re.compile(r"[一-龥]")
_LETTER = re.compile(r"[^\W\d_]")
_SHARE = 0.2  # of all letters; below it a package is not written in Chinese


def advice(findings: Sequence[Finding], missing: Sequence[MissingMaterial], issues: Sequence[Issue]) -> str:
    """One paragraph: what to add, what to clear up, and that a person decides."""
    parts = []
    if named := [each for each in missing if each.named]:
        parts.append(f"补充办法要求提交的{_listed(named)}")
    if usual := [each for each in missing if not each.named]:
        parts.append(f"补充通常用来证明有关条件的{_listed(usual)}")
    if absent := [each for each in findings if each.verdict == "missing"]:
        parts.append(f"对未见材料的{'、'.join(each.label for each in absent)}提供证明材料")
    if issues:
        parts.append(f"更正或说明 {len(issues)} 处材料问题")
    if unmet := [each for each in findings if each.verdict == "unmet"]:
        parts.append(f"说明{'、'.join(each.label for each in unmet)}的有关情况")
    if not parts:
        return "未发现需要补充的材料;待核实的条件仍由初审人员对照证据核定。本意见仅供参考。"
    return f"建议{';'.join(parts)}后,由初审人员核定。本意见仅供参考,不作为受理或评审结论。"


def unseen(application: Application) -> str:
    """What the check could not see of a package, so that nobody takes silence for absence; "" where it saw all."""
    once = {material.sha256 or material.name: material for material in application.materials}.values()
    if not once:
        return "没有收到任何文件,以下各项都没有材料可以核对。"
    bad = sum(material.status == "unreadable" for material in application.materials)
    partly = sum(any(remark.kind == "incomplete" for remark in material.remarks) for material in once)
    if bad == len(application.materials):
        return f"收到的 {bad} 个文件都没有读出内容,以下各项只说明没有读到,不说明没有提交。"
    told = [f"{bad} 个文件没有读出"] if bad else []
    told += [f"{partly} 个文件没有读全"] if partly else []
    sentences = [f"本次预审不完整:{'、'.join(told)}(见材料清单),其中的内容没有计入各项结论。"] if told else []
    texts = [page.text for material in once for page in material.pages]
    letters = sum(len(_LETTER.findall(text)) for text in texts)
    if not letters:
        sentences.append("读出的文件里没有文字,以下各项都没有文字可以核对。")
    elif sum(len(_CHINESE.findall(text)) for text in texts) < _SHARE * letters:
        sentences.append("读到的文字大多不是中文,程序只按中文核对,请提交中文材料或者附上中文译本。")
    return "".join(sentences)


def _listed(materials: Sequence[MissingMaterial]) -> str:
    return "、".join(f"{each.name}({each.basis})" for each in materials)
