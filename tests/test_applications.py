"""Packages taken in: everything read, stored by itself, found again after a crash, and gone when deleted."""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.application import chunks_of, finish_application, ingest_application
from ingest.applications import Applications
from ingest.errors import StorageError, UsageError
from ingest.limits import Limits
from ingest.materials import Application
from ingest.reading import Step
from ingest.sandbox import Sandbox
from tests.library_fakes import HashEmbedder

LINES = ("一、基本情况", "青岛示例公司(虚构)成立于二〇一五年。", "专项经费五百万元。")


class Stop(Exception):
    """The person who watches has had enough."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(processes=2)) as opened:
        yield opened


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "申报材料"
    folder.mkdir()
    (folder / "1 申报书.txt").write_text("\n\n".join(LINES), "utf-8")
    (folder / "2 副本.md").write_text("\n\n".join(LINES), "utf-8")
    (folder / "3 空.docx").touch()
    (folder / "4 坏.pdf").write_bytes(b"%PDF-1.7 nothing else")
    with ZipFile(folder / "5 附件.zip", "w") as archive:
        archive.writestr("承诺书.txt", "我单位承诺材料真实。")
    return folder


@pytest.fixture
def applications(tmp_path: Path) -> Applications:
    return opened(tmp_path)


def opened(tmp_path: Path) -> Applications:
    return Applications(tmp_path / "data" / "applications", embedder=HashEmbedder(), url=None)


def ingest(package: Path, applications: Applications, sandbox: Sandbox) -> Application:
    return ingest_application(
        [package], applications, sandbox=sandbox, title="示例", progress=lambda _: None, embedded=lambda *_: None
    )


def test_every_file_of_a_package_is_accounted_for(package: Path, applications: Applications, sandbox: Sandbox) -> None:
    steps: list[Step] = []
    counts: list[tuple[int, int]] = []
    application = ingest_application(
        [package],
        applications,
        sandbox=sandbox,
        title="示例",
        progress=steps.append,
        embedded=lambda *count: counts.append(count),
    )
    found = {material.name: (material.status, bool(material.reason)) for material in application.materials}
    assert found == {
        "1 申报书.txt": ("read", False),
        "2 副本.md": ("read", False),
        "3 空.docx": ("unreadable", True),
        "4 坏.pdf": ("unreadable", True),
        "5 附件.zip/承诺书.txt": ("read", False),
    }
    assert max(step.files for step in steps) == steps[0].of_files == 4  # two of the five are the same bytes
    assert applications.get(application.id) == application
    assert applications.ids() == (application.id,)
    assert not applications.unfinished()
    chunks = chunks_of(application)
    assert counts[-1] == (len(chunks), len(chunks))
    assert [chunk.text for chunk in chunks][-1] == "我单位承诺材料真实。"


def test_chunks_are_found_by_vector(package: Path, applications: Applications, sandbox: Sandbox) -> None:
    application = ingest(package, applications, sandbox)
    wanted = chunks_of(application)[1]
    index = applications.index(application.id)
    assert index is not None
    with index:
        vector = HashEmbedder().embed([f"{wanted.context} {wanted.text}".strip()])[0]
        best, cosine = index.query(vector, count=2)[0]
        assert (best, round(cosine, 4)) == (wanted.id, 1.0)


def test_two_applications_know_nothing_of_each_other(
    package: Path, applications: Applications, sandbox: Sandbox
) -> None:
    first, second = (ingest(package, applications, sandbox) for _ in range(2))
    assert applications.ids() == (first.id, second.id)
    applications.delete(first.id)
    assert applications.ids() == (second.id,)
    assert applications.get(second.id).materials == second.materials


def test_a_deleted_application_leaves_nothing_on_disk(
    package: Path, applications: Applications, sandbox: Sandbox, tmp_path: Path
) -> None:
    application = ingest(package, applications, sandbox)
    held = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert any("五百万元".encode() in path.read_bytes() for path in held)
    applications.delete(application.id)
    assert [path for path in (tmp_path / "data").rglob("*") if path.is_file()] == []
    for ask in (applications.get, applications.delete, applications.index):
        with pytest.raises(UsageError, match="没有编号为"):
            ask(application.id)


def test_what_was_interrupted_goes_on_where_it_stopped(
    package: Path, applications: Applications, sandbox: Sandbox, tmp_path: Path
) -> None:
    def stop(step: Step) -> None:
        if step.files == 2:
            raise Stop

    with pytest.raises(Stop):
        ingest_application(
            [package], applications, sandbox=sandbox, title="示例", progress=stop, embedded=lambda *_: None
        )
    again = opened(tmp_path)  # as a fresh process would find it
    assert again.ids() == ()
    (unfinished,) = again.unfinished()
    with pytest.raises(UsageError):
        again.get(unfinished)
    steps: list[Step] = []
    application = finish_application(
        unfinished, again, sandbox=sandbox, progress=steps.append, embedded=lambda *_: None
    )
    assert steps[0].of_files < 4
    assert again.unfinished() == ()
    assert again.get(unfinished) == application
    assert len(application.materials) == 5


def test_the_files_of_a_single_zip_have_their_names_in_it(
    applications: Applications, sandbox: Sandbox, tmp_path: Path
) -> None:
    with ZipFile(tmp_path / "申报.zip", "w") as archive:
        archive.writestr("申报书.txt", "甲")
        archive.writestr("附件/承诺书.txt", "乙")
    application = ingest(tmp_path / "申报.zip", applications, sandbox)
    assert [material.name for material in application.materials] == ["申报书.txt", "附件/承诺书.txt"]


def test_half_an_upload_and_half_a_deletion_are_swept(applications: Applications, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "applications"
    (folder / ("a" * 32) / "files").mkdir(parents=True)
    (folder / f".deleted-{'b' * 32}").mkdir()
    with applications.alone("c" * 32):
        (folder / ("c" * 32)).mkdir()  # another process is at work on this one
        opened(tmp_path)
        assert sorted(path.name for path in folder.iterdir()) == [".locks", "c" * 32]
        with pytest.raises(UsageError, match="正在处理中"), applications.alone("c" * 32):
            pass
    opened(tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == [".locks"]


@pytest.mark.parametrize("application_id", ["", "..", "../..", "a" * 31, "A" * 32, "甲", "a" * 32])
def test_an_id_is_no_path(applications: Applications, application_id: str) -> None:
    for ask in (applications.get, applications.delete, applications.staged):
        with pytest.raises(UsageError, match="没有编号为"):
            ask(application_id)


def test_only_files_of_the_application_are_handed_out(
    package: Path, applications: Applications, sandbox: Sandbox
) -> None:
    application = ingest(package, applications, sandbox)
    material = application.materials[0]
    assert applications.file(application.id, material.sha256).read_text("utf-8").startswith("一、基本情况")
    for wrong in ("", "../staged.json", "0" * 64, material.sha256.upper()):
        with pytest.raises(UsageError, match="没有这个文件"):
            applications.file(application.id, wrong)


def test_damaged_storage_is_named(package: Path, applications: Applications, sandbox: Sandbox, tmp_path: Path) -> None:
    application = ingest(package, applications, sandbox)
    folder = tmp_path / "data" / "applications" / application.id / "materials"
    path = folder / f"{application.materials[0].sha256}.json"
    told = json.loads(path.read_text("utf-8"))
    del told["pages"]
    path.write_text(json.dumps(told), "utf-8")
    with pytest.raises(StorageError, match="已损坏,请删除后重新上传"):
        applications.get(application.id)


def test_without_an_embedder_nothing_is_embedded(package: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    applications = Applications(tmp_path / "data", embedder=None, url=None)
    application = ingest(package, applications, sandbox)
    assert applications.index(application.id) is None
    assert applications.get(application.id) == application
