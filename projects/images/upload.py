"""Files on their way in: straight into the store's spool, hashed as they come.

Django's own handlers keep a file in memory or copy it from a temporary place; here each chunk is
written once, where the blob will lie, so a large file costs no memory and no second copy.
"""

import shutil
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from studio.store.spool import Incoming

CHUNK = 128 * 1024  # as much as is taken from the line at once: see studio/wsgi.py
RESERVE = 0.05  # of the disk: pictures stop before the words do


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]
    """A file that was received whole, or the reason why it was not."""

    def __init__(self, incoming: Incoming | None, name: str, refused: str = "") -> None:
        super().__init__(name=name, size=incoming.size if incoming else 0)
        self.incoming = incoming
        self.refused = refused

    def close(self) -> None:
        """Drop the bytes, unless they have been kept."""
        if self.incoming is not None:
            self.incoming.discard()


class SpoolUploadHandler(FileUploadHandler):
    """Writes each file of a form into the spool."""

    chunk_size = CHUNK

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.incoming: Incoming | None = None
        self.refused = "" if has_room(self.content_length or 0) else "full"
        if not self.refused:
            self.incoming = Incoming(settings.STUDIO_DATA / "spool")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write some of it."""
        if self.incoming is not None:
            try:
                self.incoming.write(raw_data)
            except OSError:  # the disk is full: the other files may be smaller
                self.incoming.discard()
                self.incoming, self.refused = None, "full"
        return None

    def file_complete(self, file_size: int) -> ReceivedFile:
        """The file is here."""
        return ReceivedFile(self.incoming, self.file_name or "", self.refused)

    def upload_interrupted(self) -> None:
        """The connection broke."""
        incoming = getattr(self, "incoming", None)
        if incoming is not None:
            incoming.discard()


def has_room(size: int) -> bool:
    """Whether the data folder's disk takes `size` bytes more and keeps its reserve."""
    disk = shutil.disk_usage(settings.STUDIO_DATA)
    return disk.free - size > min(disk.total * RESERVE, 2 * 1024**3)


def spooled(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `view` receive its files in the spool.

    Handlers are set before the form is read, and the check against forged requests reads the
    form: so that check comes after, and a request nobody signed is refused unread.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [SpoolUploadHandler(request)]
        return protected(request, *args, **kwargs)

    return receive
