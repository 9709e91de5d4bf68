"""Thumbs and tiles show what the file shows: its colours, its depth, the right way up."""

import itertools
import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from projects.images import child, renditions

NAMES = {"256", "1024", "2048", "tiles"}


def save(path, picture, **options):
    picture.save(path, **options)
    return path


def derive(path, folder):
    """What was made: name to picture; and the facts."""
    facts, made = {}, {}
    for answer in child.make(path, folder, NAMES):
        facts |= answer.get("facts", {})
        if "made" in answer:
            made[answer["made"]] = answer
        assert "refused" not in answer
    return facts, made


def thumb(folder, name="256"):
    with Image.open(folder / f"{name}.webp") as picture:
        picture.load()
        return picture


def about(colour, wanted, within=6):
    assert len(colour) == len(wanted)
    near = [abs(one - other) <= within for one, other in zip(colour, wanted, strict=True)]
    assert all(near), (colour, wanted)


def halves(size=(600, 300), left=(200, 40, 30), right=(20, 60, 180), mode="RGB"):
    picture = Image.new(mode, size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    return picture


@pytest.mark.parametrize(
    ("ending", "options"),
    [
        ("png", {}),
        ("jpg", {"quality": 95, "subsampling": 0}),
        ("webp", {"quality": 95}),
        ("avif", {"quality": 90}),
        ("gif", {}),
        ("tiff", {"compression": "tiff_lzw"}),
    ],
)
def test_each_format_gives_its_thumbs_with_its_colours(tmp_path, ending, options):
    path = save(tmp_path / f"晨光.{ending}", halves(), **options)
    facts, made = derive(path, tmp_path / "out")
    assert (facts["width"], facts["height"], set(made)) == (600, 300, NAMES - {"tiles"})
    assert {name: (one["width"], one["height"]) for name, one in made.items()} == {
        "256": (256, 128),
        "1024": (600, 300),
        "2048": (600, 300),
    }
    about(thumb(tmp_path / "out").getpixel((30, 60)), (200, 40, 30), 12)
    about(thumb(tmp_path / "out").getpixel((220, 60)), (20, 60, 180), 12)


def test_a_photoshop_file_shows_its_merged_picture(tmp_path, corpus):
    facts, made = derive(corpus / "images" / "psd" / "layer_comps.psd", tmp_path / "out")
    assert (facts["format"], facts["width"], made["256"]["width"]) == ("PSD", 200, 200)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_turned_picture_stands_upright_in_thumbs_and_tiles(tmp_path, turn):
    upright = Image.new("RGB", (2400, 1200), (20, 20, 20))
    upright.paste((220, 30, 30), (0, 0, 1200, 600))  # red, top left
    upright.paste((30, 200, 30), (1200, 600, 2400, 1200))  # green, bottom right
    back = {2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}.get(turn)
    stored = upright.transpose(renditions.TURNS[back]) if back else upright
    exif = Image.Exif()
    exif[0x0112] = turn
    path = save(tmp_path / "turned.jpg", stored, quality=95, subsampling=0, exif=exif)
    facts, made = derive(path, tmp_path / "out")
    assert (facts["width"], facts["height"]) == (2400, 1200)
    small = thumb(tmp_path / "out")
    about(small.getpixel((40, 30)), (220, 30, 30), 14)
    about(small.getpixel((210, 100)), (30, 200, 30), 14)
    about(
        tile_at(tmp_path / "out", made["tiles"]["index"], 0, 0, 0).getpixel((9, 9)), (220, 30, 30)
    )
    corner = tile_at(tmp_path / "out", made["tiles"]["index"], 0, 4, 2)
    assert corner.size == (2400 - 4 * 512, 1200 - 2 * 512)
    about(corner.getpixel((300, 100)), (30, 200, 30))


def tile_at(folder, index, level, col, row):
    at = index["levels"][level]
    number = row * at["cols"] + col
    start, end = at["offsets"][number], at["offsets"][number + 1]
    data = (folder / "tiles.bin").read_bytes()[start:end]
    picture = Image.open(BytesIO(data), formats=["JPEG"])
    picture.load()
    return picture


def test_levels_halve_down_to_one_tile_and_cover_the_pack_exactly(tmp_path):
    path = save(tmp_path / "wide.png", halves((3001, 1255)))
    _, made = derive(path, tmp_path / "out")
    index = made["tiles"]["index"]
    assert [
        (each["width"], each["height"], each["cols"], each["rows"]) for each in index["levels"]
    ] == [
        (3001, 1255, 6, 3),
        (1501, 628, 3, 2),
        (751, 314, 2, 1),
        (376, 157, 1, 1),
    ]
    ends = [(each["offsets"][0], each["offsets"][-1]) for each in index["levels"]]
    assert ends[0][0] == 0
    assert all(one[1] == other[0] for one, other in itertools.pairwise(ends))
    assert ends[-1][1] == (tmp_path / "out" / "tiles.bin").stat().st_size == made["tiles"]["size"]
    assert renditions.tile_count((3001, 1255)) == 18 + 6 + 2 + 1


def test_the_picture_that_fits_2048_needs_no_tiles(tmp_path):
    _, made = derive(save(tmp_path / "a.png", halves((2048, 900))), tmp_path / "out")
    assert set(made) == {"256", "1024", "2048"}
    assert made["2048"]["index"] == {"tiles": False}


def test_sixteen_bits_are_scaled_and_not_clipped(tmp_path):
    grey = Image.new("I;16", (300, 100), 0x8000)
    facts, _ = derive(save(tmp_path / "deep.png", grey), tmp_path / "one")
    about(thumb(tmp_path / "one").getpixel((50, 40)), (128, 128, 128))
    derive(save(tmp_path / "deep.tif", grey), tmp_path / "two")
    about(thumb(tmp_path / "two").getpixel((50, 40)), (128, 128, 128))
    floats = Image.new("F", (300, 100), 0.25)
    derive(save(tmp_path / "float.tif", floats), tmp_path / "three")
    about(thumb(tmp_path / "three").getpixel((50, 40)), (64, 64, 64))
    assert facts["width"] == 300


def test_a_deep_picture_is_tiled_too(tmp_path):
    deep = Image.new("I;16", (2300, 700), 0xC000)
    _, made = derive(save(tmp_path / "deep.png", deep), tmp_path / "out")
    tile = tile_at(tmp_path / "out", made["tiles"]["index"], 0, 0, 0)
    about(tile.getpixel((50, 40)), (192, 192, 192))


def test_print_colours_become_screen_colours(tmp_path):
    inks = Image.new("CMYK", (300, 200), (0, 0, 0, 255))
    inks.paste((255, 0, 0, 0), (150, 0, 300, 200))
    derive(save(tmp_path / "print.jpg", inks, quality=95), tmp_path / "out")
    small = thumb(tmp_path / "out")
    assert max(small.getpixel((30, 90))) < 40
    red, green, blue = small.getpixel((220, 90))
    assert red < 60 < min(green, blue)


def test_a_profile_is_used_and_does_not_travel(tmp_path):
    swapped = swapped_profile()
    path = save(
        tmp_path / "odd.png", Image.new("RGB", (400, 300), (200, 40, 30)), icc_profile=swapped
    )
    derive(path, tmp_path / "out")
    small = thumb(tmp_path / "out")
    red, green, _ = small.getpixel((50, 50))
    assert green > red + 60  # the profile calls the first channel green
    assert "icc_profile" not in small.info


def swapped_profile():
    """sRGB, but red and green exchanged: nobody can miss whether it is used."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", data[128:132])[0]
    entries = {bytes(data[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = (
        data[green + 4 : green + 12],
        data[red + 4 : red + 12],
    )
    return bytes(data)


def test_a_broken_profile_breaks_nothing(tmp_path):
    path = save(tmp_path / "odd.png", halves(), icc_profile=b"no profile at all")
    derive(path, tmp_path / "out")
    about(thumb(tmp_path / "out").getpixel((30, 60)), (200, 40, 30), 12)


def test_what_is_clear_stays_clear_in_thumbs_and_is_grey_in_tiles(tmp_path):
    clear = Image.new("RGBA", (2200, 900), (255, 0, 0, 0))
    clear.paste((0, 0, 255, 255), (1100, 0, 2200, 900))
    _, made = derive(save(tmp_path / "clear.png", clear), tmp_path / "out")
    small = thumb(tmp_path / "out")
    assert (small.mode, small.getpixel((20, 20))[3], small.getpixel((230, 20))[3]) == (
        "RGBA",
        0,
        255,
    )
    about(tile_at(tmp_path / "out", made["tiles"]["index"], 0, 0, 0).getpixel((9, 9)), (128,) * 3)


def test_palettes_and_line_art_are_shown(tmp_path):
    derive(save(tmp_path / "p.png", halves().quantize(8)), tmp_path / "p")
    about(thumb(tmp_path / "p").getpixel((30, 60)), (200, 40, 30), 14)
    derive(save(tmp_path / "1.tif", Image.new("1", (300, 200), 1)), tmp_path / "1")
    about(thumb(tmp_path / "1").getpixel((30, 60)), (255, 255, 255))
    derive(save(tmp_path / "la.png", Image.new("LA", (300, 200), (90, 255))), tmp_path / "la")
    about(thumb(tmp_path / "la").getpixel((30, 60))[:3], (90, 90, 90))


@pytest.mark.parametrize("ending", ["gif", "webp", "png"])
def test_of_what_moves_the_first_frame_is_shown(tmp_path, ending):
    frames = [Image.new("RGB", (300, 200), colour) for colour in ((220, 20, 20), (20, 20, 220))]
    path = tmp_path / f"moves.{ending}"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, lossless=True)
    derive(path, tmp_path / "out")
    about(thumb(tmp_path / "out").getpixel((30, 60))[:3], (220, 20, 20), 14)


def test_nothing_said_in_the_file_travels_with_a_thumb(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "workflow:{secret}"
    path = save(tmp_path / "told.jpg", halves((2600, 800)), exif=exif, comment=b"a secret prompt")
    derive(path, tmp_path / "out")
    for made in (tmp_path / "out").iterdir():
        assert b"secret" not in made.read_bytes()


@pytest.mark.parametrize(
    ("mode", "size"), [("RGB", (900, 700)), ("RGBA", (600, 800)), ("F", (701, 699))]
)
def test_a_picture_made_smaller_band_by_band_is_that_of_one_pass(mode, size, monkeypatch):
    monkeypatch.setattr(renditions, "BAND", 64)
    chance = np.random.default_rng(7)
    depth = {"RGB": (3,), "RGBA": (4,), "F": ()}[mode]
    points = chance.integers(0, 256, (size[1], size[0], *depth)).astype(
        np.uint8 if depth else np.float32
    )
    picture = Image.fromarray(points)
    small = renditions.fitted(picture, 400, Image.Resampling.HAMMING)
    whole = picture.resize(small.size, Image.Resampling.HAMMING)
    assert max(small.size) == 400
    assert np.abs(np.asarray(small, np.float32) - np.asarray(whole, np.float32)).max() <= 1
