"""What a check of the layout finds: Deviation, and the clauses of GB/T 9704-2012 it is told by."""

from dataclasses import dataclass

CLAUSES = {
    "5.1": "幅面尺寸",
    "5.2.1": "页边与版心尺寸",
    "5.2.2": "字体和字号",
    "5.2.3": "行数和字数",
    "5.2.4": "文字的颜色",
    "7.2.4": "发文机关标志",
    "7.2.5": "发文字号",
    "7.2.7": "版头中的分隔线",
    "7.3.1": "标题",
    "7.3.2": "主送机关",
    "7.3.3": "正文",
    "7.3.4": "附件说明",
    "7.3.5.1": "加盖印章的公文",
    "7.3.5.4": "成文日期中的数字",
    "7.3.6": "附注",
    "7.4.2": "抄送机关",
    "7.4.3": "印发机关和印发日期",
    "7.5": "页码",
}


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where a file differs from the standard. `place` is read by people (第3段“…”, 页面); `fixable` tells whether --fix
    corrects it without touching a word."""

    clause: str
    place: str
    found: str
    wanted: str
    fixable: bool = True
