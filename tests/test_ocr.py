"""The real models on pages of our own making: what is read, where it stands, what is remarked."""

from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

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
    (told,) = (remark for remark in remarks if remark.kind == "seal")
    words, *lines = told.text.split("\n")
    assert distance(SEAL, words) <= 2
    assert f"印文好像是“{words}”(机器辨认,不一定准),盖住的文字可能识别不全" in told.message
    assert SEAL not in read.text
    assert plain(covered.text) in plain("".join(lines))
    assert told.box is not None
    assert told.box[0] < middle[0] * 72 / 200 < told.box[2]


def test_a_seal_on_a_copy_leaves_no_strokes_in_the_text(recognizer: Recognizer) -> None:
    printed = page(6, "clean", kind="prose")
    middle = (int(printed.lines[6].boxes[10, 0]), int(printed.lines[6].boxes[10, 1]))
    copied = stamp(printed.image, middle, SEAL).convert("L").convert("RGB")
    read, remarks = recognise(recognizer, copied)
    (told,) = (remark for remark in remarks if remark.kind == "seal")
    assert told.message == "第1页有印章,印文没有看清,盖住的文字可能识别不全,请对照原件核对。"
    assert told.box is not None
    assert told.box[0] < middle[0] * 72 / 200 < told.box[2]
    truth = plain(printed.text)
    assert distance(truth, plain(read.text)) <= 0.05 * len(truth)


def test_a_picture_of_a_seal_alone_has_no_text(recognizer: Recognizer) -> None:
    read, remarks = recognise(recognizer, stamp(Image.new("RGB", (340, 340), "white"), (170, 170), SEAL))
    assert read.text == ""
    assert [remark.kind for remark in remarks] == ["seal"]
    assert distance(SEAL, remarks[0].text) <= 2


def test_a_square_seal_of_a_person_is_told_and_not_read(recognizer: Recognizer) -> None:
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONTS / "NotoSerifCJK-Regular.ttc"), 44, index=2)
    for number in range(6):
        draw.text((200, 200 + 80 * number), f"第{number}行正文,注册会计师签章在这一行的后面", fill="black", font=font)
    draw.rectangle((1250, 400, 1400, 550), outline=(215, 40, 45), width=6)
    for place, char in enumerate("虚构例印"):
        draw.text((1275 + 60 * (place // 2 == 0), 410 + 62 * (place % 2)), char, fill=(215, 40, 45), font=font)
    read, remarks = recognise(recognizer, image)
    assert len(read.text) == 6 * 20
    assert "例" not in read.text
    assert [(remark.kind, remark.text) for remark in remarks] == [("seal", "")]


def test_the_number_of_a_page_is_no_part_of_its_text(recognizer: Recognizer) -> None:
    image = Image.new("RGB", (1654, 2339), "white")
    font = ImageFont.truetype(str(FONTS / "NotoSerifCJK-Regular.ttc"), 44, index=2)
    for place, words in ((300, "这一页只有一行字"), (2250, "— 12 —")):
        ImageDraw.Draw(image).text((700, place), words, fill="black", font=font)
    read, _ = recognise(recognizer, image)
    assert read.text == "这一页只有一行字"
    assert [margin.strip("—-一 ") for margin in read.margins] == ["12"]


def test_lines_that_can_hardly_be_read_are_remarked(recognizer: Recognizer) -> None:
    image = page(8, "faint", kind="prose").image.resize((560, 792), Image.Resampling.BICUBIC)
    image = noisy(image, np.random.default_rng(8))[0]
    read, remarks = recognizer.recognise(image, size=(595, 842), number=3)
    doubtful = [remark for remark in remarks if remark.kind == "low_confidence"]
    assert 1 <= len(doubtful) <= 2
    assert all(remark.page == 3 and remark.message.startswith("第3页") and remark.text for remark in doubtful)
    unread = [text for remark in doubtful if "没有读入" in remark.message for text in remark.text.split("\n")]
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
