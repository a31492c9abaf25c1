"""The real models on pages of our own making: what is read, where it stands, what is remarked."""

from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evals.noisy_pages import FONTS, NoisyPage, noisy, page
from evals.ocr import distance, plain
from evals.seals import stamp
from ingest.errors import ModelError
from ingest.materials import Page, Remark
from ingest.ocr import Recognizer

pytestmark = pytest.mark.skipif(
    not (FONTS / "NotoSerifCJK-Regular.ttc").is_file(), reason="needs the Noto CJK fonts to draw pages"
)
SEAL = "青岛海岳智造有限公司虚构"


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(threads=2)


def recognise(recognizer: Recognizer, image: Image.Image) -> tuple[Page, tuple[Remark, ...]]:
    return recognizer.recognise(image, size=(image.width * 72 / 200, image.height * 72 / 200), number=1)


def share_in_boxes(printed: NoisyPage, read: Page, turned: bool = False) -> float:
    """Of the characters that were read right, the share whose middle lies in the box given for them."""
    assert read.boxes is not None
    truth = [(char, box) for line in printed.lines for char, box in zip(line.text, line.boxes, strict=True)]
    same = SequenceMatcher(None, "".join(char for char, _ in truth), read.text, autojunk=False).get_matching_blocks()
    hits = []
    for block in same:
        for step in range(block.size):
            left, top, right, bottom = truth[block.a + step][1] * 72 / 200
            if turned:  # as ROTATE_90 moves it
                width = printed.image.width * 72 / 200
                left, top, right, bottom = top, width - right, bottom, width - left
            box = read.boxes[block.b + step]
            if not np.isnan(box).any():
                hits.append(box[0] <= (left + right) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3])
    return float(np.mean(hits))


def test_a_scanned_page_is_read_with_the_place_of_every_word(recognizer: Recognizer) -> None:
    printed = page(3, "scanned", kind="prose")
    read, _ = recognise(recognizer, printed.image)
    truth = plain(printed.text)
    assert distance(truth, plain(read.text)) <= 0.01 * len(truth)
    assert read.ocr
    assert read.confidence is not None
    assert read.confidence > 0.95
    assert share_in_boxes(printed, read) > 0.97
    # Printed lines are joined to paragraphs.
    assert [block.kind for block in read.blocks] == ["heading"] + ["paragraph"] * printed.text.count("\n")


def test_a_form_that_lies_on_its_side_is_read_in_rows_and_its_boxes_are_those_of_the_picture(
    recognizer: Recognizer,
) -> None:
    printed = page(4, "coarse", kind="form")
    printed = NoisyPage(printed.image.resize((1654, 2339)), printed.text, page(4, kind="form").lines, "coarse", 200)
    read, _ = recognise(recognizer, printed.image.transpose(Image.Transpose.ROTATE_90))
    truth = plain(printed.text)
    assert distance(truth, plain(read.text)) <= 0.01 * len(truth)
    assert share_in_boxes(printed, read, turned=True) > 0.97
    rows = [read.text[block.start : block.end] for block in read.blocks if block.kind == "row"]
    assert [plain(row) for row in rows] == [plain(row) for row in printed.text.split("\n")[1:11]]
    assert [tuple(row.split("\t")) for row in rows] == list(read.tables[0].rows)
    assert all(len(row) == 2 for row in read.tables[0].rows)


def test_words_under_a_seal_come_out_and_the_seal_is_told(recognizer: Recognizer) -> None:
    printed = page(6, "clean", kind="prose")
    covered = printed.lines[6]
    middle = (int(covered.boxes[10, 0]), int(covered.boxes[10, 1]))
    read, remarks = recognise(recognizer, stamp(printed.image, middle, SEAL))
    truth = plain(printed.text)
    assert distance(truth, plain(read.text)) <= 0.01 * len(truth)
    words, lines = (remark for remark in remarks if remark.kind == "seal")
    assert distance(SEAL, words.text) <= 2
    assert SEAL not in read.text
    assert plain(covered.text) in plain(lines.text)
    assert words.box is not None
    assert words.box[0] < middle[0] * 72 / 200 < words.box[2]


def test_lines_that_can_hardly_be_read_are_remarked(recognizer: Recognizer) -> None:
    image = page(8, "faint", kind="prose").image.resize((560, 792), Image.Resampling.BICUBIC)
    image = noisy(image, np.random.default_rng(8))[0]
    read, remarks = recognizer.recognise(image, size=(595, 842), number=3)
    doubtful = [remark for remark in remarks if remark.kind == "low_confidence"]
    assert 1 <= len(doubtful) <= 11
    assert all(remark.page == 3 and remark.message.startswith("第3页") and remark.text for remark in doubtful)
    unread = [remark.text for remark in doubtful if "没有读入" in remark.message]
    assert all(text not in read.text for text in unread)


def test_a_blank_page_has_no_text_and_no_remarks(recognizer: Recognizer) -> None:
    read, remarks = recognise(recognizer, Image.new("RGB", (800, 1000), "white"))
    assert (read.text, read.blocks, read.confidence, remarks) == ("", (), None, ())
    assert read.boxes is not None
    assert read.boxes.shape == (0, 4)


def test_missing_models_are_told_and_not_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Empty:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr("ingest.ocr.find_spec", lambda name: Empty())
    with pytest.raises(ModelError, match=r"缺少文字识别模型“PP-OCRv6_det_small\.onnx”"):
        Recognizer().recognise(Image.new("RGB", (50, 50)), size=(50, 50), number=1)


def test_nothing_is_written_to_the_terminal(recognizer: Recognizer, capfd: pytest.CaptureFixture[str]) -> None:
    Recognizer().recognise(Image.new("RGB", (100, 100), "white"), size=(50, 50), number=1)
    assert capfd.readouterr() == ("", "")
