"""Files that are recognised and not read, each with the sentence that says what to submit instead."""

import re

_ARCHIVE = "这种压缩包不能读取,请改用 ZIP 压缩后提交。"
_FILM = "这是音频或视频文件,不能读取,请提供文字材料。"
_PROGRAM = "这是程序文件,不能读取,请提供文字材料。"
_DRAWING = "这是图纸或设计文件,请导出为 PDF 后提交。"
_PAGES = "这种版式文件不能读取,请转换为 PDF 或 OFD 后提交。"
_MAIL = "这是电子邮件,请把正文和附件分别另存后提交。"
_DATABASE = "这是数据库文件,请导出为 Excel 后提交。"

_SIGNATURES: tuple[tuple[str, str], ...] = (
    (r"Rar!\x1a\x07", "这是 RAR 压缩包,请改用 ZIP 压缩后提交。"),
    (r"7z\xbc\xaf\x27\x1c", "这是 7z 压缩包,请改用 ZIP 压缩后提交。"),
    (r"\x1f\x8b[\x00-\x08]", "这是 GZ 压缩包,请改用 ZIP 压缩后提交。"),
    (r"BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|MSCF\0\0\0\0|.{257}ustar", _ARCHIVE),
    (r"MZ[^\r\n]{0,256}\0|\x7fELF|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\0asm", _PROGRAM),
    (r"L\0\0\0\x01\x14\x02\0", "这是快捷方式,不是文件本身,请提交它所指的文件。"),
    (r"....ftyp|RIFF....(?:AVI |WAVE)|\x1aE\xdf\xa3|\0\0\x01[\xb3\xba]|FLV\x01|#!AMR|OggS\0|fLaC\0", _FILM),
    (r"ID3[\x02-\x04]\0|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][^\0]{2}|\x30\x26\xb2\x75\x8e\x66\xcf\x11", _FILM),
    (r"AC10\d\d\0|8BPS\0|\xc5\xd0\xd3\xc6|%!PS-Adobe", _DRAWING),
    (r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]", "这是矢量图,请另存为 PNG 图片或 PDF 后提交。"),
    (r"\xd7\xcd\xc6\x9a\0\0|\x01\0\0\0.{36} EMF", "这是矢量图,请另存为 PNG 图片或 PDF 后提交。"),
    (r"\0\0\0\x0cjP  \r\n|\xff\x4f\xff\x51", "这是 JPEG 2000 图片,请另存为 JPG 或 PNG 后提交。"),
    (r"Founder CEB|CAJ\0|KDH \0|HN\0\0", _PAGES),  # 方正、知网
    (r"AT&TFORM|ITOLITLS|ITSF\x03\0", _PAGES),
    (r"(?:(?:Received|Return-Path|X-[\w-]+|From|To|Subject|Date|Message-ID): [^\n]*\n(?:[ \t][^\n]*\n)*){3}", _MAIL),
    (r"SQLite format 3\0|\0\x01\0\0Standard (?:Jet|ACE) DB\0|PAR1", _DATABASE),
    (r"wOF[F2]|\0\x01\0\0\0.|OTTO\0|ttcf\0", "这是字体文件,不能读取,请提供文字材料。"),
)
_FOREIGN = tuple((re.compile(pattern.encode("latin-1"), re.DOTALL), reason) for pattern, reason in _SIGNATURES)


def foreign(content: bytes) -> str | None:
    """The reason why a file of a kind known by its first bytes is not read; None for any other."""
    return next((reason for pattern, reason in _FOREIGN if pattern.match(content, 0, 4096)), None)
