"""Recognition of printed text in pictures; the only file that knows rapidocr."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from ingest.errors import ModelError
from ingest.materials import Page, PageNumber, Remark
from ingest.ocr_layout import arrange
from ingest.ocr_lines import Floats, Line, Pixels, cut, spans

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


class Recognizer:
    """Reads pictures with the models that the rapidocr package carries. They are loaded at first use and not shared
    between processes; not for use by several threads at once."""

    def __init__(self, *, threads: int = 1) -> None:
        self._threads = threads
        self._rapid: Any = None

    def recognise(
        self, image: Image.Image, *, size: tuple[float, float], number: PageNumber
    ) -> tuple[Page, tuple[Remark, ...]]:
        """The text of a picture that stands for a page of `size` points, and what in it is doubtful.

        Pages that lie on their side or head are read as well; boxes always refer to the picture as given.
        Raises ModelError.
        """
        scaled = image.convert("RGB")
        if max(image.size) > _LONGEST:
            scaled.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BOX, reducing_gap=2.0)
        picture = np.ascontiguousarray(np.asarray(scaled)[:, :, ::-1])
        lines, _ = self._lines(picture)
        kept = [line for line in lines if line.confidence >= _NOISE]
        scale = (size[0] / scaled.width, size[1] / scaled.height)
        page = arrange(kept, number=number, size=size, scale=scale)
        return page, ()

    def _lines(self, picture: Pixels) -> tuple[list[Line], int]:
        """The lines of the picture after the quarter turns, counter-clockwise, that set it upright."""
        rapid = self._loaded()
        quads = self._quads(rapid, picture)
        return self._read(rapid, [(quad, cut(picture, quad)) for quad in quads]), 0

    def _quads(self, rapid: Any, picture: Pixels) -> list[Floats]:
        from rapidocr.main import RapidOCRError

        try:
            _, found = rapid.detect_and_crop(picture, {})
        except RapidOCRError:  # how it says that there is no text
            return []
        return [np.asarray(quad, dtype=np.float32) for quad in found.boxes]

    def _read(self, rapid: Any, pieces: Sequence[tuple[Floats, Pixels]]) -> list[Line]:
        if not pieces:
            return []
        found = rapid.recognize_txt([piece for _, piece in pieces])
        lines = []
        for (quad, piece), text, words in zip(pieces, found.txts, found.word_results, strict=True):
            if not text.strip():
                continue
            columns = [column for word in words.word_cols for column in word]
            shape = (piece.shape[1], piece.shape[0])
            sureness = np.array(words.confs, dtype=np.float32)
            lines.append(Line(text, quad, spans(text, columns, words.line_txt_len, shape), sureness))
        return lines

    def _loaded(self) -> Any:
        if self._rapid is None:
            self._rapid = _load(self._threads)
        return self._rapid


def _load(threads: int) -> Any:
    """Raises ModelError: nothing is ever fetched."""
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent / "models" if package and package.origin else Path()
    for file in _MODELS.values():
        if not (folder / file).is_file():
            raise ModelError(f"缺少文字识别模型“{file}”,请重新安装 rapidocr 3.9 或更高版本。")
    from rapidocr import RapidOCR

    settings = {
        "Global.log_level": "critical",
        "Global.return_word_box": True,
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTED,
        # Lines differ in length: reading one at a time wastes nothing on padding, twice as fast as six at a time.
        "Rec.rec_batch_num": 1,
    }
    for part, file in _MODELS.items():
        settings[f"{part}.model_path"] = str(folder / file)
    cv2.setNumThreads(threads)
    return RapidOCR(params=settings)
