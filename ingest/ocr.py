"""Recognition of printed text in pictures; the only file that knows rapidocr."""

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from ingest.errors import ModelError
from ingest.materials import Page, PageNumber, Remark, Table
from ingest.ocr_cells import find_cells
from ingest.ocr_layout import arrange
from ingest.ocr_lines import Floats, Line, Pixels, boxes, cut, is_tall, spans, unturned
from ingest.ocr_merge import merge
from ingest.ocr_remarks import Reading, Stamp, remarks
from ingest.ocr_rows import skew
from ingest.ocr_seals import Seal, find_seals, rim_words, without_ink
from ingest.ocr_tall import downwards, laid

__all__ = ["Recognizer", "merge"]

_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_LONGEST = 2600
"""pixels of the longer side that are looked at; larger pictures are scaled down"""
_DETECTED = 1280
"""pixels of the longer side in which lines are looked for; they are read at full size"""
_NOISE = 0.5
"""mean probability of a line below which it is not text"""
_SEAL = 0.85
"""the same for the words on a seal; below it two of ten characters and more are wrong"""
_SURE = 0.8
"""the same for a label that is written downwards, which has few characters"""
_LABEL = 20
"""characters at most of such a label"""
_ORNAMENT = re.compile(r"[★☆✦✩\s]+")
"""what is read of emblems"""
_PAGE_NUMBER = re.compile(r"[-—–―一~·.\s]*\d{1,4}[-—–―一~·.\s]*|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}")
_EDGE = 0.08
"""of the page's height at its head and foot, where page numbers stand"""
_SAMPLE = 5
"""lines that are read both ways up, where a page seems to stand on its head"""


class Recognizer:
    """Reads pictures with the models that the rapidocr package carries, loaded at first use. For one thread at a time.

    `threads` is how many cores one picture takes. Two processes of one thread read more than one of two.
    """

    def __init__(self, *, threads: int = 1) -> None:
        self._threads = threads
        self._loaded: Any = None

    def recognise(
        self, image: Image.Image, *, size: tuple[float, float], number: PageNumber
    ) -> tuple[Page, tuple[Remark, ...]]:
        """The text of a picture that stands for a page of `size` points, and what in it is doubtful.

        Pages that lie on their side or stand on their head are read as well; boxes always refer to the picture as
        given. Lines of which little can be read are not in the text but in a remark, and so are the words of a seal.
        Raises ModelError.
        """
        scaled = image.convert("RGB")
        if max(scaled.size) > _LONGEST:
            scaled.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BICUBIC, reducing_gap=2.0)
        given = np.ascontiguousarray(np.asarray(scaled)[:, :, ::-1])
        seals = find_seals(given)
        picture, quads, turns = self._upright(without_ink(given, seals) if seals else given)
        lines = self._read([(quad, cut(picture, quad)) for quad in quads])
        stretch = np.array([size[0] / scaled.width, size[1] / scaled.height] * 2, dtype=np.float32)

        def placed(found: Floats) -> Floats:
            return unturned(found, turns, (scaled.width, scaled.height)) * stretch

        stamps = [self._stamped(given, seal, stretch) for seal in seals]
        readings, kept = [], []
        for line in lines:
            reading = Reading(line.text, placed(boxes(line)), line.sureness, line.confidence >= _NOISE)
            if any(stamp.is_own(reading) for stamp in stamps):
                reading = replace(reading, kept=False)
            readings.append(reading)
            kept += [line] if reading.kept else []
        numbers = [line for line in kept if _is_page_number(line, picture.shape[0])]
        kept = [line for line in kept if not any(line is one for one in numbers)]
        writing = arrange(kept, find_cells(picture, skew(kept)))
        tables = zip(writing.tables, placed(writing.table_boxes).tolist(), strict=True)
        sure = [reading.sureness for reading in readings if reading.kept]
        page = Page(
            number,
            writing.text,
            writing.blocks,
            tuple(Table(rows, (left, top, right, bottom)) for rows, (left, top, right, bottom) in tables),
            boxes=placed(writing.boxes),
            size=size,
            margins=tuple(line.text for line in numbers),
            ocr=True,
            confidence=float(np.concatenate(sure).mean()) if sure else None,
        )
        return page, remarks(readings, stamps, number)

    def _upright(self, given: Pixels) -> tuple[Pixels, list[Floats], int]:
        """The picture after the quarter turns, counter-clockwise, that set it upright; its lines; how many turns."""
        picture, turns = given, 0
        quads = self._detect(picture)
        tall = sum(is_tall(quad) for quad in quads)
        if tall > len(quads) - tall:
            picture, turns = np.ascontiguousarray(np.rot90(given)), 1
            quads = self._detect(picture)
        if quads and self._on_its_head(picture, quads):
            corner = np.array([picture.shape[1], picture.shape[0]], dtype=np.float32)
            quads = [(corner - quad)[[2, 3, 0, 1]] for quad in reversed(quads)]
            picture, turns = np.ascontiguousarray(np.rot90(picture, 2)), turns + 2
        return picture, quads, turns

    def _on_its_head(self, picture: Pixels, quads: Sequence[Floats]) -> bool:
        """The classifier is fast but errs on short lines: where it says so, long lines are read both ways up."""
        longest = sorted(quads, key=lambda quad: -float(np.linalg.norm(quad[1] - quad[0])))
        pieces = [cut(picture, quad) for quad in longest[: 4 * _SAMPLE]]
        _, found = self._rapid().cls_and_rotate(pieces)
        if sum(label == "180" for label, _ in found.cls_res) * 2 <= len(pieces):
            return False
        sample = [(quad, piece) for quad, piece in zip(longest, pieces, strict=False)][:_SAMPLE]
        turned = [(quad, np.ascontiguousarray(np.rot90(piece, 2))) for quad, piece in sample]
        upright, head = (sum(line.confidence * len(line.text) for line in self._read(way)) for way in (sample, turned))
        return head > upright

    def _stamped(self, given: Pixels, seal: Seal, stretch: Floats) -> Stamp:
        left, top, right, bottom = (np.array(seal.box, dtype=np.float32) * stretch).tolist()
        words = ""
        if seal.shape == "round" and seal.red:  # on a copy the lines below are read with it
            found = self._rapid().recognize_txt([rim_words(given, seal)])
            words = str(found.txts[0]).strip() if found.scores[0] >= _SEAL else ""
        return Stamp(words, (left, top, right, bottom), seal.red)

    def _detect(self, picture: Pixels) -> list[Floats]:
        from rapidocr.main import RapidOCRError

        try:
            _, found = self._rapid().detect_and_crop(picture, {})
        except RapidOCRError:  # how it says that there is no text
            return []
        return [np.asarray(quad, dtype=np.float32) for quad in found.boxes]

    def _read(self, pieces: Sequence[tuple[Floats, Pixels]]) -> list[Line]:
        if not pieces:
            return []
        found = self._rapid().recognize_txt([piece for _, piece in pieces])
        lines = []
        for (quad, piece), text, words in zip(pieces, found.txts, found.word_results, strict=True):
            if is_tall(quad) and (label := self._label(quad, piece)):
                lines.append(label)
                continue
            if not text.strip() or _ORNAMENT.fullmatch(text.strip()):
                continue
            columns = [column for word in words.word_cols for column in word]
            shape = (piece.shape[1], piece.shape[0])
            sureness = np.array(words.confs, dtype=np.float32)
            lines.append(Line(text, quad, spans(text, columns, words.line_txt_len, shape), sureness))
        return lines

    def _label(self, quad: Floats, piece: Pixels) -> Line | None:
        """A tall piece read downwards; None if it holds no label of that kind."""
        line, places = laid(piece)
        if not 2 <= len(places) <= _LABEL:
            return None
        found = self._rapid().recognize_txt([line])
        text = str(found.txts[0]).strip()
        sureness = np.array(found.word_results[0].confs, dtype=np.float32)
        if not len(text) == len(places) == len(sureness) or text.isascii() or found.scores[0] < _SURE:
            return None
        return Line(text, downwards(quad), places, sureness)

    def _rapid(self) -> Any:
        if self._loaded is None:
            self._loaded = _load(self._threads)
        return self._loaded


def _is_page_number(line: Line, height: int) -> bool:
    middle = float(line.quad[:, 1].mean()) / height
    return not _EDGE < middle < 1 - _EDGE and _PAGE_NUMBER.fullmatch(line.text) is not None


def _load(threads: int) -> Any:
    """rapidocr with its models. Raises ModelError where they are missing: nothing is ever fetched."""
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent / "models" if package and package.origin else Path()
    for file in _MODELS.values():
        if not (folder / file).is_file():
            raise ModelError(f"缺少文字识别模型“{file}”,请重新安装 rapidocr 3.9 或更高版本。")
    import onnxruntime
    from omegaconf import flag_override
    from rapidocr import RapidOCR

    cv2.setNumThreads(threads)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Threads that wait for work by spinning take the cores from the other processes: twice as slow where they are busy.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    # Lines differ in length, and a plan of memory would be kept for every length: 200 MB after thirty pages.
    options.enable_mem_pattern = False
    settings = {
        "Global.log_level": "critical",
        "Global.return_word_box": True,
        "Global.use_vertical_padding": False,  # it would shift the places of what is found
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTED,
        # One line at a time wastes nothing on padding: twice as fast as six at a time.
        "Rec.rec_batch_num": 1,
        # The least width of a line: a page of 400 small cells takes half of the time, 9 of 3,100 characters differ.
        "Rec.rec_img_shape": [3, 48, 96],
    }
    rapid = RapidOCR(params=settings)
    for part, file in _MODELS.items():
        session = onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"])
        with flag_override(rapid.cfg, "allow_objects", True):
            rapid.cfg[part].session = session
    return rapid
