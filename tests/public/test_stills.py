"""A picture loses everything but what is seen on its way to the public page."""

import hashlib
import shutil
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image as Picture

from projects.images.models import Image
from studio.public.models import NotReady, PublicMedia
from studio.public.stills import CARD, TILE, WIDE, cleaned, fitted
from studio.store.models import Job
from studio.store.worker import run_all

from . import make

pytestmark = pytest.mark.django_db
SECRET = "canary-9f41c7"
密语 = "金丝雀九四一"


def chunks(data: bytes) -> list[bytes]:
    """The names of the chunks of a WebP file (RFC 9649)."""
    names, place = [], 12
    while place < len(data):
        names.append(data[place : place + 4])
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    return names


def published(data: bytes, name: str = "lattice.png") -> list[PublicMedia]:
    image = Image.objects.create(title="The lattice")
    make.version_of(image, data, name).pick()
    run_all()
    make.publish("front", image=image.pk)
    return list(PublicMedia.objects.all())


@pytest.fixture(autouse=True)
def world():
    from projects.worlds.models import World

    World.objects.create(title="The Computational Universe", other_title="计算宇宙")


@pytest.mark.parametrize("secret", [SECRET, 密语])
@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_no_text_no_exif_no_comment_and_no_lowest_bit_is_published(format, secret):
    data = make.secretive(secret, 40, format)
    assert secret.encode() in data  # it was there
    if format == "PNG":
        assert any(secret.encode() in said for said in make.streams(Picture.open(BytesIO(data))))
    [media] = published(data)
    kept = media.path.read_bytes()
    assert secret.encode() not in kept
    assert chunks(kept) == [b"VP8 "]  # neither EXIF nor XMP nor ICCP nor ALPH: lossy pixels only
    seen = Picture.open(BytesIO(kept))
    assert (seen.format, seen.mode, dict(seen.getexif()), seen.size) == (
        *("WEBP", "RGB", {}),
        (256, 108),
    )
    assert set(seen.info) <= {"loop", "background", "timestamp", "duration"}
    words = [secret.encode(), b"stealth_pnginfo"]
    assert [said for said in make.streams(seen) if any(word in said for word in words)] == []


def test_the_picture_itself_is_still_to_be_seen():
    data = make.secretive(SECRET, 40)
    [media] = published(data)
    before = Picture.open(BytesIO(data)).convert("L").resize((16, 7))
    after = Picture.open(media.path).convert("L").resize((16, 7))
    far = [
        abs(one - two)
        for one, two in zip(before.get_flattened_data(), after.get_flattened_data(), strict=True)
    ]
    assert max(far) < 12


def test_a_clear_picture_lies_on_grey(tmp_path):
    path = tmp_path / "clear.webp"
    Picture.new("RGBA", (40, 20), (255, 0, 0, 0)).save(path, "WEBP", lossless=True, exact=True)
    [clean] = cleaned(path, TILE)
    seen = Picture.open(BytesIO(clean.data)).convert("RGB").getpixel((20, 10))
    assert all(abs(value - 128) < 4 for value in seen)


def test_it_comes_in_two_sizes_and_within_its_weight(tmp_path):
    path = tmp_path / "noise.webp"
    noise = Picture.effect_noise((2048, 857), 80).convert("RGB")
    noise.save(path, "WEBP", quality=90)
    clean = list(cleaned(path, WIDE))
    assert [(one.width, one.height) for one in clean] == [(1600, 670), (800, 335)]
    quiet = tmp_path / "quiet.webp"
    Picture.new("RGB", (2048, 857), (20, 20, 30)).save(quiet, "WEBP")
    for one, (_side, most) in zip(cleaned(quiet, WIDE), WIDE, strict=True):
        assert len(one.data) <= most


def test_a_small_picture_is_not_made_twice(tmp_path):
    path = tmp_path / "small.webp"
    Picture.new("RGB", (300, 120)).save(path, "WEBP")
    assert [(one.width, one.height) for one in cleaned(path, WIDE)] == [(300, 120)]
    assert fitted(Picture.new("RGB", (5000, 1)), CARD[0][0]).size == (720, 1)


def test_the_bytes_lie_apart_under_the_name_of_their_content():
    [media] = published(make.secretive(SECRET, 40))
    folder = settings.STUDIO_DATA / "public" / "media"
    assert media.path == folder / media.name[:2] / media.name
    assert [path for path in folder.rglob("*") if path.is_file()] == [media.path]
    assert media.name == hashlib.sha256(media.path.read_bytes()).hexdigest() + ".webp"


def test_it_is_laid_out_again_when_the_public_folder_is_lost(client):
    """As after a restore: archives hold the studio's files, and these are among them."""
    [media] = published(make.secretive(SECRET, 40))
    data = media.path.read_bytes()
    assert media.blob.path.read_bytes() == data
    shutil.rmtree(settings.STUDIO_DATA / "public")
    with make.only_public_tables():
        answer = client.get(f"/progress/media/{media.name}")
        assert b"".join(answer.streaming_content) == data
    shutil.rmtree(settings.STUDIO_DATA / "public")
    media.blob.path.unlink()
    assert client.get(f"/progress/media/{media.name}").status_code == 404


def test_a_picture_whose_previews_are_gone_is_not_published_but_made_again():
    image = Image.objects.create(title="晶格")
    version = make.version_of(image, make.secretive(密语, 40), "晶格.png")
    version.pick()
    run_all()
    for rendition in version.blob.renditions.all():
        rendition.path.unlink()
    with pytest.raises(NotReady, match="Publish it in a moment"):
        make.publish("front", image=image.pk)
    assert PublicMedia.objects.count() == 0
    assert Job.objects.unfinished().count() == 1
    run_all()
    assert make.publish("front", image=image.pk).media.count() == 1
