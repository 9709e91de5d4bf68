"""Pictures for tests: real files, made with Pillow."""

from io import BytesIO
from pathlib import Path
from typing import Any

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
