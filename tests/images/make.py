"""Pictures for tests: real files, made with Pillow."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zlib import compress, crc32

from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from PIL import ImageDraw

from projects.images.models import Image, Version, next_number
from studio.store.models import Blob


def picture(
    size: tuple[int, int] = (640, 268), tone: int = 60, mark: str = "", format: str = "PNG"
) -> bytes:
    """A small landscape: a sky, a plain, a mark that tells it from others."""
    drawn = Picture.new("RGB", size, (tone, tone, tone + 20))
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((0, size[1] // 2, size[0], size[1]), fill=(tone // 2, tone // 3, 20))
    draw.text((10, 10), mark or str(tone), fill=(220, 120, 80))
    out = BytesIO()
    drawn.save(out, format)
    return out.getvalue()


def noise(size: tuple[int, int] = (64, 64), mode: str = "RGB", seed: int = 7) -> bytes:
    """A PNG that does not compress."""
    channels = len(Picture.new(mode, (1, 1)).getbands())
    pixels = Random(seed).randbytes(size[0] * size[1] * channels)
    out = BytesIO()
    Picture.frombytes(mode, size, pixels).save(out, "PNG")
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it is `width` x `height`, with hardly a pixel in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = compress(bytes(1000))
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def huge_psd(width: int, height: int, tone: int = 90) -> bytes:
    """The head of a large Photoshop file, with its thumbnail and no pixels."""
    small = BytesIO()
    Picture.new("RGB", (160, 120), (tone, tone, tone)).save(small, "JPEG")
    thumb = struct.pack(">IIIIIIHH", 1, 160, 120, 480, 57600, small.tell(), 24, 1)
    body = thumb + small.getvalue()
    resource = b"8BIM" + struct.pack(">HHI", 1036, 0, len(body)) + body + b"\0" * (len(body) % 2)
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, height, width, 8, 3)
    return head + struct.pack(">II", 0, len(resource)) + resource + struct.pack(">IH", 0, 0)


def file(folder: Path, name: str = "lattice_v1.png", **options: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(picture(**options))
    return path


def image(title: str = "The lattice at first light", versions: int = 0, **fields: Any) -> Image:
    made = Image.objects.create(title=title, **fields)
    for number in range(1, versions + 1):
        version(made, tone=20 + 10 * number)
    return made


def version(of: Image | None = None, *, tone: int = 60, **fields: Any) -> Version:
    """A version with real bytes; no previews until jobs are run."""
    of = of or image()
    blob, _ = Blob.objects.keep([picture(tone=tone, mark=f"{of.pk} {tone}")])
    number = next_number(of)
    fields = {"filename": f"lattice_v{number}.png", "format": "PNG", "width": 640, **fields}
    return Version.objects.create(image=of, number=number, blob=blob, height=268, **fields)


@contextmanager
def asked(times: int) -> Iterator[None]:
    """Exactly `times` queries about pictures inside; the shell of the page asks its own."""
    with CaptureQueriesContext(connection) as queries:
        yield
    ours = [query["sql"] for query in queries if "images_" in query["sql"]]
    assert len(ours) == times, "\n".join(ours)
