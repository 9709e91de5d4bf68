"""What changed between two versions: at once from what ingest kept, then from a worker."""

import pytest

from . import make
from .scenes import png, scene
from .test_ingest import add

pytestmark = pytest.mark.django_db


def patched(box=(0.6, 0.6, 0.2, 0.2), seed=1):
    pixels = scene(seed).copy()
    height, width = pixels.shape[:2]
    x, y, w, h = box
    rows = slice(round(y * height), round((y + h) * height))
    columns = slice(round(x * width), round((x + w) * width))
    pixels[rows, columns] = scene(seed + 50)[rows, columns]
    return pixels


@pytest.fixture
def image(run_jobs):
    made = make.image("地平线 The horizon")
    add(made, png(scene(1)), "horizon_v1.png")
    add(made, png(patched()), "horizon_v2.png")
    run_jobs()
    return made


def ask(client, image, old=1, new=2):
    return client.get(f"/images/{image.pk}/compare/changes/", {"v": [old, new]})


def test_the_first_answer_is_there_at_once_and_the_whole_one_after_the_worker(
    studio_client, image, run_jobs
):
    first = ask(studio_client, image).json()
    assert (first["state"], first["again"], first["matrix"], first["heat"]) == (
        "first",
        True,
        None,
        "",
    )
    assert [each["where"] for each in first["regions"]] == ["lower right"]
    assert run_jobs() == 1
    told = ask(studio_client, image).json()
    assert (told["state"], told["again"], told["matrix"]) == ("ready", False, [1, 0, 0, 0, 1, 0])
    (region,) = told["regions"]
    assert [round(region[side], 1) for side in "xywh"] == [0.6, 0.6, 0.2, 0.2]
    assert told["sentence"].startswith("v2 against v1: 1 area, 4.")
