"""`manage.py compare A B`."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image as Picture

from projects.images.models import Rendition

from . import make
from .scenes import iou, laid, png, scene, three_edits
from .test_ingest import add

pytestmark = pytest.mark.django_db


def run(*arguments):
    """Exit code, standard output, standard error."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("compare", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def pair(tmp_path):
    pixels = scene(1, (1200, 900))
    edited, mask = three_edits(pixels)
    one, other = tmp_path / "晨光_v1.png", tmp_path / "dawn v2.jpg"
    one.write_bytes(png(pixels))
    Picture.fromarray(laid(edited, 3.0, -2.0)).save(other, quality=88)
    return one, other, mask


def test_two_files_are_compared_and_the_mask_has_the_size_of_the_first(pair, tmp_path):
    one, other, true = pair
    code, out, err = run(one, other, "--json", "--mask", tmp_path / "mask.png")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told) == ["registration", "floor", "grade", "share", "regions"]
    moved = told["registration"]
    assert list(moved) == ["dx", "dy", "scale", "rotation", "framing"]
    assert (moved["dx"], moved["dy"]) == pytest.approx((3, -2), abs=0.2)
    assert moved["framing"] == "same"
    assert [list(each) for each in told["regions"]] == [["x", "y", "w", "h", "share"]] * 3
    assert sum(each["share"] for each in told["regions"]) == pytest.approx(told["share"])
    with Picture.open(tmp_path / "mask.png") as mask:
        assert (mask.size, mask.mode) == ((1200, 900), "L")
        seen = np.asarray(mask)
    assert set(np.unique(seen)) == {0, 255}
    assert iou(seen > 0, true) > 0.75
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_versions_are_compared_by_their_ids_with_previews_and_without(run_jobs):
    pixels = scene(2)
    edited, _ = three_edits(pixels)
    image = make.image()
    one, other = add(image, png(pixels), "v1.png"), add(image, png(edited), "v2.png")
    before = run(one.pk, other.pk, "--json")
    run_jobs()
    assert Rendition.objects.filter(name="proxy").count() == 2
    assert run(one.pk, other.pk, "--json") == before
    told = json.loads(before[1])
    assert (len(told["regions"]), told["floor"]) == (3, {"distance": 0.0, "pixels": 0})


def test_a_person_reads_sentences(pair):
    one, other, _ = pair
    code, out, _ = run(one, other)
    assert code == 0
    assert out.startswith("Laid over one another: moved +3.0, -2.0 px")
    assert "areas: 3." in out
    assert run(one, one)[1].splitlines()[-2:] == [
        "All that is not listed is the same to the last bit.",
        "Changed: 0.00 % of the frame, areas: 0.",
    ]


def test_another_framing_lists_no_areas_and_writes_no_mask(pair, tmp_path):
    one, _, _ = pair
    crop = tmp_path / "crop.png"
    crop.write_bytes(png(scene(1, (1200, 900))[100:800, 100:1100]))
    code, out, err = run(one, crop, "--json", "--mask", tmp_path / "mask.png")
    told = json.loads(out)
    assert (told["registration"]["framing"], told["regions"]) == ("different", [])
    assert (code, err.strip()) == (
        3,
        "No mask was written: the two do not show the same frame.",
    )
    assert not (tmp_path / "mask.png").exists()
    assert run(one, crop)[0] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no picture the studio reads"),
        (make.noise()[:900], "The picture is damaged"),
        (make.huge_png(65_000, 65_000), "larger than 100 megapixels"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(pair, tmp_path, content, sentence):
    bad = tmp_path / "bad.png"
    bad.write_bytes(content)
    code, out, err = run(pair[0], bad, "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err


@pytest.mark.parametrize("named", ["nowhere.png", "731", "", "x" * 5000, "²", "."])
def test_what_is_not_there_is_one_sentence(pair, named):
    code, out, err = run(pair[0], named)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_mask_that_cannot_be_written_is_one_sentence(pair, tmp_path):
    code, _, err = run(pair[0], pair[0], "--mask", tmp_path / "no folder" / "mask.png")
    assert (code, "the mask cannot be written there" in err) == (3, True)
