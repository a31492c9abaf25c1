"""Taking in an application: every file read, cut into chunks, embedded, and stored."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.applications import Applications
from ingest.material_chunks import MaterialChunk, material_chunks
from ingest.materials import Application
from ingest.reading import Progress, read_files
from ingest.sandbox import Sandbox


def ingest_application(
    paths: Sequence[Path],
    applications: Applications,
    *,
    sandbox: Sandbox,
    title: str,
    progress: Progress,
    embedded: Callable[[int, int], None],
) -> Application:
    """Take in one package: a folder, a ZIP, or files.

    `progress` hears of every file and recognised page, `embedded` of chunks done and all chunks. What an exception of
    theirs or a crash interrupts is `applications.unfinished()` and can be finished. Raises StorageError and
    SearchIndexError.
    """
    application_id = applications.stage(paths, title=title, limits=sandbox.limits)
    return finish_application(application_id, applications, sandbox=sandbox, progress=progress, embedded=embedded)


def finish_application(
    application_id: str,
    applications: Applications,
    *,
    sandbox: Sandbox,
    progress: Progress,
    embedded: Callable[[int, int], None],
) -> Application:
    """Read what is still unread of an application that is stored, and embed it. Raises UsageError and as above."""
    with applications.alone(application_id):
        files: dict[str, tuple[Path, str]] = {}
        for staged in applications.staged(application_id):
            if staged.sha256 and staged.sha256 not in files and not applications.kept(application_id, staged.sha256):
                files[staged.sha256] = (applications.file(application_id, staged.sha256), staged.name)
        for material in read_files(files, sandbox=sandbox, progress=progress):
            applications.keep(application_id, material)
        application = applications.assembled(application_id)
        chunks = chunks_of(application)
        if index := applications.index(application_id):
            with index:
                index.write(chunks, progress=lambda done: embedded(done, len(chunks)))
        applications.commit(application_id)
    return application


def chunks_of(application: Application) -> tuple[MaterialChunk, ...]:
    """What is searched in an application, in order; files with equal bytes count once."""
    once = {material.sha256: material for material in application.materials}
    return tuple(chunk for material in once.values() for chunk in material_chunks(material))
