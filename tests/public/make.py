"""Copies for tests, and pictures that hide things."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from projects.images.models import Image, Version
from projects.videos.models import Concept
from projects.worlds.models import World
from projects.writing.models import Book
from studio.public.models import Letter, Piece, Publication
from studio.public.offers import Counter
from studio.store.spool import Incoming
from studio.store.worker import run_all
from tests.images.make import picture
from timelog.models import Intention, Kind, OpeningBalance, TimeEntry

PUBLIC_TABLES = {"public_publication", "public_publicmedia", "public_publication_media"}


def studio(today: date = date(2026, 11, 19), pictures: bool = True) -> Concept:
    """A little of everything that can be published; answers the film in the making."""
    Intention.objects.say("To bring my novels to life.", "让我的小说活过来。")
    world = World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    book = Book.objects.create(world=world, title="The Quiet Lattice", other_title="寂静晶格")
    for number in range(1, 5):
        book.add_chapter(f"Silence {number}").scenes.get().revise("晶格 " * number, base=0)
    done = Concept.objects.create_next(title="First Light of the Machine", stage="released")
    making = Concept.objects.create_next(
        title="The Lattice Remembers", other_title="晶格的记忆", stage="images"
    )
    Concept.objects.create_next(title="Low Tide on Kesh", other_title="克什退潮")
    making.add_shot("The plain before dawn", 6)
    if pictures:
        image = making.add_shot("The lattice at first light", 9).add_image()
        version_of(image, picture((480, 201), 50, "one"), "v1.png")
        version_of(image, picture((480, 201), 70, "two"), "v2.png").pick()
        done.add_shot("Poster", 4).show(image)
        run_all()
    craft = Kind.objects.get(key="video")
    for ago in range(1, 41):
        TimeEntry.objects.log(craft, today - timedelta(days=ago), 5 * 3600, "photoshop")
    OpeningBalance.objects.create(kind=craft, seconds=1750 * 3600, as_of="2026-01-01")
    letter(other_title="谈弯路", other_body="于是我放下画面，回到那一章。")
    return making


def choose(name: str, **options: Any) -> Piece:
    piece, _ = Piece.objects.get_or_create(name=name)
    piece.options = options
    piece.save()
    return piece


def publish(name: str, **options: Any) -> Publication:
    if options:
        choose(name, **options)
    offer = Counter().find(name)
    assert offer is not None, name
    return offer.piece.publish(offer.facts)


def names() -> list[str]:
    return [offer.name for offer in Counter().offers]


def publish_own(words: str, other: str, day: str) -> Publication:
    choose("milestone-own-bcdf", words=words, other_words=other, day=day)
    return publish("milestone-own-bcdf")


def publish_all() -> list[str]:
    """Every piece and every letter; answers the names of the pieces."""
    names = []
    for offer in Counter().offers:
        offer.piece.publish(offer.facts)
        names.append(offer.name)
    for letter in Letter.objects.here():
        letter.publish()
    return names


def letter(title: str = "On detours", body: str = "The lattice would not hold still.", **f: Any):
    return Letter.objects.create(title=title, body=body, **f)


@contextmanager
def only_public_tables() -> Iterator[list[str]]:
    """Inside, a query of any other table is an error; answers the queries that were made."""
    private = set(connection.introspection.table_names()) - PUBLIC_TABLES
    private |= {model._meta.db_table for model in apps.get_models()} - PUBLIC_TABLES
    asked = []

    def look(execute, sql, params, many, context):
        found = [table for table in private if f'"{table}"' in sql]
        assert found == [], sql
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield asked


# --- pictures that hide things --------------------------------------------------------------------
def bits_of(text: str) -> list[int]:
    return [byte >> place & 1 for byte in text.encode() for place in range(7, -1, -1)]


def hidden_in(values: list[int]) -> bytes:
    """The bytes that lowest bits spell, most significant first."""
    out = bytearray()
    for place in range(0, len(values) - 7, 8):
        byte = 0
        for value in values[place : place + 8]:
            byte = byte << 1 | value & 1
        out.append(byte)
    return bytes(out)


def streams(picture: Picture.Image) -> Iterator[bytes]:
    """What the lowest bits say, channel by channel and all together, in rows and in columns."""
    bands = list(picture.split())
    for turned in (False, True):
        each = [band.transpose(Picture.Transpose.TRANSPOSE) if turned else band for band in bands]
        flat = [list(band.get_flattened_data()) for band in each]
        for values in flat:
            yield hidden_in(values)
        yield hidden_in([value for pixel in zip(*flat, strict=True) for value in pixel])


def secretive(secret: str, tone: int, format: str = "PNG") -> bytes:
    """A picture with `secret` in its text, Exif, XMP or comment, and in its lowest bits.

    As tools do it: columns of alpha (NovelAI's stealth), and rows of red, green and blue.
    """
    size = (256, 108)
    rgb = Picture.radial_gradient("L").resize(size).point(lambda value: value // 2 + tone)
    picture = Picture.merge("RGB", (rgb, rgb, rgb))
    payload = f"stealth_pnginfo {secret} " * 3
    out = BytesIO()
    exif = Picture.Exif()
    exif[0x010E] = f"ImageDescription {secret}"
    exif[0x9286] = f"UserComment {secret}"
    if format == "JPEG":
        picture.save(out, "JPEG", quality=95, exif=exif, comment=f"COM {secret}", xmp=xmp(secret))
        return out.getvalue()
    red, green, blue = (hide(band, payload) for band in picture.split())
    alpha = Picture.new("L", size, 254).transpose(Picture.Transpose.TRANSPOSE)
    alpha = hide(alpha, payload).transpose(Picture.Transpose.TRANSPOSE)
    full = Picture.merge("RGBA", (red, green, blue, alpha))
    info = PngInfo()
    info.add_text("parameters", f"prompt {secret}")
    info.add_itxt("Comment", f"提示词 {secret}")
    info.add_itxt("XML:com.adobe.xmp", xmp(secret).decode())
    full.save(out, "PNG", pnginfo=info, exif=exif)
    return out.getvalue()


def xmp(secret: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{secret}</a></x:xmpmeta>'.encode()


def hide(band: Picture.Image, text: str) -> Picture.Image:
    """`band` with `text` in its lowest bits, row by row."""
    values = list(band.get_flattened_data())
    for place, bit in enumerate(bits_of(text)):
        values[place] = values[place] & ~1 | bit
    hidden = Picture.new("L", band.size)
    hidden.putdata(values)
    return hidden


def version_of(image: Image, data: bytes, name: str) -> Version:
    with Incoming(settings.STUDIO_DATA / "spool") as incoming:
        incoming.write(data)
        return image.add(incoming, name)


def opened(data: bytes) -> Picture.Image:
    picture = Picture.open(BytesIO(data))
    picture.load()
    return picture
