"""What an applicant could add, in one paragraph; advice and no decision."""

from collections.abc import Sequence

from assistant.reports.schema import Finding, Issue, MissingMaterial


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


def _listed(materials: Sequence[MissingMaterial]) -> str:
    return "、".join(f"{each.name}({each.basis})" for each in materials)
