"""Write an archive: whole and verified at its place, or not at all."""

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from projects.writing.models import Book, Chapter
from studio.ops.archive import FORMAT, rows, verify
from studio.store.models import Blob
from studio.store.remote import Unreachable, chunks_of
from studio.store.spool import sync_folder

CHUNK = 1024 * 1024
README = """\
This is everything a Throughline studio held: its rows (rows/, a line of JSON a row), its originals
(files/, each under the SHA-256 of its bytes) and its books to read (read/, Markdown).

Check it:    sha256sum -c SHA256SUMS   or   python3 verify.py ARCHIVE.zip
Bring it back into an empty studio:    manage.py restore ARCHIVE.zip
"""
# The same rows give the same bytes, whenever they are written.
EPOCH = (1980, 1, 1, 0, 0, 0)


class CannotWrite(Exception):
    """The archive could not be written; the message says why and what to do."""


@dataclass
class Written:
    """What went in."""

    path: Path
    counts: dict[str, int] = field(default_factory=dict)
    files: int = 0
    root: str = ""

    @property
    def rows(self) -> int:
        """How many rows of all kinds."""
        return sum(self.counts.values())


def write(path: Path, report: Callable[[int, int], None] = lambda done, total: None) -> Written:
    """Write the archive to `path`. What lay there stays until the new one is proven.

    Raises CannotWrite.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written = _write(part, report)
        if wrong := verify.problems(part):
            raise CannotWrite(f"The archive did not come out whole: {wrong[0]} Try another disk.")
        part.replace(path)
        sync_folder(path.parent)
    except Unreachable as error:
        raise CannotWrite(str(error)) from error
    except OSError as error:
        raise CannotWrite(because(error, path)) from error
    finally:
        with suppress(OSError):  # the place may be none at all
            part.unlink(missing_ok=True)
    written.path = path
    return written


def because(error: OSError, path: Path) -> str:
    """One sentence for a person."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"There is no room left for {path}; make room or choose another disk."
    return f"{path} cannot be written ({error.strerror or error}); choose another place."


def _write(part: Path, report: Callable[[int, int], None]) -> Written:
    written = Written(part)
    sums: dict[str, str] = {}
    with part.open("w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            with rows.snapshot():
                for model in rows.archived():
                    name = f"rows/{model._meta.label}.jsonl"
                    counted = _Counted(rows.lines(model))
                    sums[name] = _add(archive, name, counted)
                    written.counts[model._meta.label] = counted.count
                blobs = list(Blob.objects.order_by("sha256"))
                for name, text in books():
                    sums[name] = _add(archive, name, [text.encode()])
            _add_files(archive, blobs, sums, report)
            written.files = len(blobs)
            written.root = root_of(sums)
            for name, text in (
                ("README.txt", README),
                ("verify.py", Path(verify.__file__).read_text()),
                ("manifest.json", manifest(written)),
            ):
                sums[name] = _add(archive, name, [text.encode()])
            listing = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
            _add(archive, verify.SUMS, [listing.encode()])
            archive.comment = verify.MARK + b"0" * 64
        _seal(file.fileno())
        file.flush()
        os.fsync(file.fileno())
    return written


def _add_files(
    archive: zipfile.ZipFile,
    blobs: list[Blob],
    sums: dict[str, str],
    report: Callable[[int, int], None],
) -> None:
    total = sum(blob.size for blob in blobs)
    done = 0
    for blob in blobs:
        name = f"files/{blob.sha256}"
        found = _add(archive, name, chunks_of(blob), zipfile.ZIP_STORED)
        if found != blob.sha256:
            raise CannotWrite(
                f"The original {blob} is damaged on this disk; run `manage.py doctor` first."
            )
        sums[name] = found
        done += blob.size
        report(done, total)


def _add(
    archive: zipfile.ZipFile,
    name: str,
    chunks: Iterable[bytes],
    method: int = zipfile.ZIP_DEFLATED,
) -> str:
    """Add a member; its SHA-256."""
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = method
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=True) as member:
        for chunk in chunks:
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()


def _seal(descriptor: int) -> None:
    """Put the digest of all bytes before it into the archive's comment."""
    size = os.fstat(descriptor).st_size
    digest = hashlib.sha256()
    at, end = 0, size - verify.TAIL
    while at < end:
        chunk = os.pread(descriptor, min(CHUNK, end - at), at)
        digest.update(chunk)
        at += len(chunk)
    os.pwrite(descriptor, verify.MARK + digest.hexdigest().encode(), end)


class _Counted:
    """Lines, and how many there were."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines, self.count = lines, 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self.lines:
            self.count += 1
            yield line


def root_of(sums: dict[str, str]) -> str:
    """One digest for all rows and originals: equal studios have equal roots."""
    kept = sorted((name, digest) for name, digest in sums.items() if name[:5] in {"rows/", "files"})
    return hashlib.sha256(
        "".join(f"{digest}  {name}\n" for name, digest in kept).encode()
    ).hexdigest()


def manifest(written: Written) -> str:
    """What the archive says of itself."""
    said = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "studio": settings.VERSION,
        "root": written.root,
        "migrations": rows.migrations(),
        "rows": written.counts,
        "files": written.files,
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def books() -> Iterator[tuple[str, str]]:
    """Each book as one Markdown file to read, under a name every system takes."""
    for book in Book.objects.order_by("pk"):
        text = [f"# {book.title}\n"]
        for chapter in Chapter.objects.filter(book=book).in_reading_order():
            text.append(f"## {chapter.title}\n")
            scenes = [scene.text for scene in chapter.scenes.order_by("position", "pk")]
            text.append("\n* * *\n\n".join(_paragraphs(scene) for scene in scenes))
        yield f"read/{book.pk:03d} {file_name(book.title)}.md", "\n".join(text)


def _paragraphs(text: str) -> str:
    return "".join(f"{line}\n\n" for line in text.split("\n") if line.strip())


def file_name(title: str) -> str:
    """`title` without what file systems refuse."""
    kept = "".join(" " if char in '<>:"/\\|?*' or ord(char) < 32 else char for char in title)
    return " ".join(kept.split()).strip(". ")[:80] or "book"
