"""What changed between two versions: at once from what ingest kept, then from a worker."""

import json
import re
from io import BytesIO

import numpy as np
import pytest
from django.test import Client
from PIL import Image as Picture

from projects.images.models import Comparison, Rendition, comparison
from studio.store.models import Job

from . import make, told
from .scenes import jpeg, laid, painted, png, scene
from .test_ingest import add

pytestmark = pytest.mark.django_db
BOX = np.s_[288:384, 384:512]  # lower right, 4 % of 640 x 480


def patched(seed=1):
    pixels = scene(seed)
    mask = np.zeros(pixels.shape[:2], bool)
    mask[BOX] = True
    return painted(pixels, mask, scene(seed + 50))


@pytest.fixture
def image(run_jobs):
    """v1; v2 with a patch, saved by an editor; v3 the same moved and compressed; v4 another."""
    made = make.image("地平线 The horizon")
    states = [scene(1), patched(), jpeg(laid(patched(), 3.4, -2.2), 85), scene(9)]
    for number, pixels in enumerate(states, 1):
        add(made, png(pixels), f"horizon_v{number}.png")
    run_jobs()
    return made


def ask(client, image, old=1, new=2, what="changes", **headers):
    return client.get(f"/images/{image.pk}/compare/{what}/", {"v": [old, new]}, headers=headers)


def versions(image, *numbers):
    found = {version.number: version for version in image.versions.select_related("blob")}
    return [found[number] for number in numbers]


def compared(image, run_jobs, old=1, new=2):
    Comparison.objects.between(*versions(image, old, new))
    run_jobs()
    return Comparison.objects.between(*versions(image, old, new))


def test_of_two_states_of_one_file_all_is_told_at_once(studio_client, image, run_jobs):
    first = ask(studio_client, image).json()
    assert (first["state"], first["again"], first["heat"]) == ("first", True, "")
    assert first["matrix"] == [1, 0, 0, 0, 1, 0]
    assert [each["where"] for each in first["regions"]] == ["lower right"]
    assert run_jobs() == 1
    told = ask(studio_client, image).json()
    assert (told["state"], told["again"]) == ("ready", False)
    (region,) = told["regions"]
    assert [round(region[side], 1) for side in "xywh"] == [0.6, 0.6, 0.2, 0.2]
    assert told["regions"] == first["regions"]
    assert told["sentence"] == (
        "v2 against v1: 1 area, 4.0 % of the frame, lower right. "
        "All else is the same to the last bit."
    )


def test_of_a_moved_picture_the_worker_tells_once_it_lies_in_register(
    studio_client, image, run_jobs
):
    first = ask(studio_client, image, 1, 3).json()
    assert (first["state"], first["again"], first["regions"]) == ("working", True, [])
    assert first["sentence"] == "v3 against v1: the changed areas are being found."
    run_jobs()
    told = ask(studio_client, image, 1, 3).json()
    assert (told["state"], told["again"], len(told["regions"])) == ("ready", False, 1)
    assert told["registration"]["dx"] == pytest.approx(3.4, abs=0.2)
    assert told["floor"]["pixels"] == 15
    assert re.search(r"Laid over one another first: moved 4\.[01] px\.", told["sentence"])
    assert re.search(r"Changes below ΔE \d\.\d or under 15 px are not seen\.", told["sentence"])


def test_another_picture_is_refused_and_nothing_is_listed(studio_client, image, run_jobs):
    ask(studio_client, image, 1, 4)
    run_jobs()
    told = ask(studio_client, image, 1, 4).json()
    assert (told["state"], told["matrix"], told["regions"], told["heat"], told["again"]) == (
        "different",
        None,
        [],
        "",
        False,
    )
    assert told["sentence"] == (
        "v4 against v1: another framing or another picture, so no areas are told."
    )
    assert ask(studio_client, image, 1, 4, "heat").status_code == 404


def test_a_version_beside_itself_has_not_changed(studio_client, image):
    told = ask(studio_client, image, 2, 2).json()
    assert (told["state"], told["sentence"]) == ("ready", "v2 against v2: no part was changed.")
    assert not Comparison.objects.exists()


def test_the_heat_map_lies_over_the_first_and_is_kept_by_the_browser(
    studio_client, image, run_jobs
):
    compared(image, run_jobs)
    told = ask(studio_client, image).json()
    response = studio_client.get(told["heat"])
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    heat = np.asarray(Picture.open(BytesIO(b"".join(response.streaming_content))))
    assert heat.shape == (480, 640, 4)
    changed = heat[..., 3] > 0
    assert changed[BOX].mean() > 0.95
    changed[BOX] = False
    assert changed.mean() < 0.01


def test_points_are_carried_and_boxes_weighed(image, run_jobs):
    waiting = Comparison.objects.between(*versions(image, 1, 3))
    assert (waiting.is_ready, waiting.matrix, waiting.carried((0.5, 0.5))) == (False, None, None)
    assert waiting.share_changed((0, 0, 1, 1)) is None
    found = compared(image, run_jobs, 1, 3)
    assert found.carried((0.5, 0.5)) == pytest.approx((0.5 + 3.4 / 640, 0.5 - 2.2 / 480), abs=5e-4)
    assert found.share_changed((0.62, 0.62, 0.16, 0.16)) > 0.9
    assert found.share_changed((0.1, 0.1, 0.3, 0.3)) == 0
    assert found.share_changed((0.5, 0.6, 0.2, 0.2)) == pytest.approx(0.5, abs=0.1)
    for odd in ((0.7, 0.7, 0, 0), (-3, -3, 9, 9), (2, 2, 1, 1)):
        assert 0 <= found.share_changed(odd) <= 1


def test_a_pair_is_asked_for_once_and_kept(image, run_jobs):
    pair = versions(image, 1, 2)
    for _ in range(3):
        Comparison.objects.between(*pair)
    assert Job.objects.unfinished().filter(task__endswith=".compare").count() == 1
    run_jobs()
    kept = Comparison.objects.between(*pair)
    assert (kept.is_ready, Comparison.objects.count()) == (True, 1)
    assert run_jobs() == 0


def test_what_an_older_analyser_found_or_whose_files_are_gone_is_made_anew(
    image, run_jobs, monkeypatch
):
    found = compared(image, run_jobs)
    found.heat_path.unlink()
    assert not Comparison.objects.between(*versions(image, 1, 2)).is_ready
    run_jobs()
    assert found.heat_path.exists()
    monkeypatch.setattr(comparison, "ANALYSER", comparison.ANALYSER + 1)
    assert not Comparison.objects.between(*versions(image, 1, 2)).is_ready
    run_jobs()
    assert Comparison.objects.get().analyser == comparison.ANALYSER


def test_a_picture_from_before_gets_what_it_is_compared_by_first(studio_client, image, run_jobs):
    for proxy in Rendition.objects.filter(name="proxy"):
        proxy.path.unlink()
        proxy.delete()
    assert ask(studio_client, image).json()["state"] == "working"
    run_jobs()
    assert ask(studio_client, image).json()["state"] == "ready"
    assert Rendition.objects.filter(name="proxy").count() == 2


def test_what_cannot_be_read_is_said_and_not_tried_for_ever(studio_client, image, run_jobs):
    (version,) = versions(image, 2)
    version.blob.path.write_bytes(b"nothing to see")
    for rendition in version.blob.renditions.all():
        rendition.path.unlink()
    ask(studio_client, image)
    run_jobs()
    told = ask(studio_client, image).json()
    assert (told["state"], told["again"]) == ("unable", False)
    assert told["sentence"] == "v2 against v1: one of the two cannot be read."


@pytest.mark.parametrize(
    "asked",
    [[], ["1"], ["1", "99"], ["1", "x"], ["1", "2", "3"], ["-1", "2"], ["٣", "2"], ["9" * 30, "1"]],
)
def test_pairs_that_do_not_exist_are_not_found(studio_client, image, asked):
    for what in ("changes", "heat"):
        address = f"/images/{image.pk}/compare/{what}/"
        assert studio_client.get(address, {"v": asked}).status_code == 404
    assert not Comparison.objects.exists()


def test_only_the_owner_is_told(image, owner):
    for what in ("changes", "heat"):
        response = ask(Client(), image, what=what)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")


def test_it_is_told_in_chinese(studio_client, owner, image, run_jobs):
    compared(image, run_jobs, 1, 3)
    owner.language = "zh-hans"
    owner.save()
    said = ask(studio_client, image, 1, 3).json()
    assert said["sentence"].startswith("v3 与 v1 对比：1 处，占画面 ")
    assert said["regions"][0]["where"] == "右下"


def test_the_making_is_told_beside_the_pixels(studio_client, run_jobs):
    image = make.image()
    graph = told.graph()
    again = told.graph(yes=told.node("CLIPTextEncode", text="salt plain at dusk", clip=["ckpt", 1]))
    again["sampler"]["inputs"]["seed"] = 7
    for number, one in enumerate((graph, again), 1):
        add(image, told.png(prompt=json.dumps(one)), f"v{number}.png")
    run_jobs()
    run_jobs()
    said = ask(studio_client, image).json()["sentence"]
    assert re.search(r"Seed changed; prompt \+\d −\d words\.", said)


def test_the_page_says_it_in_words_with_a_map_and_links_that_need_no_script(
    studio_client, image, run_jobs
):
    address = f"/images/{image.pk}/compare/?v=1&v=2"
    assert "Look again" in studio_client.get(address).content.decode()
    run_jobs()
    page = studio_client.get(address).content.decode()
    part = page[page.index('id="changes"') :]
    part = part[: part.index("</section>")]
    assert "v2 against v1: 1 area, 4.0 % of the frame, lower right." in part
    assert re.findall(r'href="(#area-\d+)" data-region="(\d+)"', part) == [("#area-1", "0")]
    assert re.findall(r'<rect id="area-(\d+)" x="([\d.]+)%"', part) == [("1", "60.000")]
    assert f"/images/{image.pk}/compare/heat/?v=1&amp;v=2" in part
    assert "Look again" not in part
