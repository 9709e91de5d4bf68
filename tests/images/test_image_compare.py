"""The compare page from the server's side: which two, and what it says of them."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from projects.images.models import Version
from projects.images.views.compare import chosen, shown_versions

from . import make
from .test_ingest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(run_jobs):
    made = make.image("地平线 The horizon")
    for tone in (30, 60, 90, 120):
        add(made, make.picture(tone=tone), f"horizon_{tone}.png")
    run_jobs()
    return made


def pair(image, *asked):
    return staged(image, *asked)[:2]


def staged(image, *asked):
    image.refresh_from_db()
    found = chosen(image, shown_versions(image), [str(number) for number in asked])
    return tuple(each.version.number for each in found)


def test_unasked_the_two_newest_or_the_pick_with_the_newest(image):
    first, _, third, fourth = image.versions.all()
    assert pair(image) == (3, 4)
    first.pick()
    assert pair(image) == (1, 4)
    fourth.pick()
    assert pair(image) == (3, 4)
    third.reject()
    assert pair(image) == (2, 4)


def test_unasked_nothing_is_shown_that_cannot_be_seen(image):
    make.version(image, tone=200)  # waits for its previews
    make.version(image, tone=210, reading=Version.Reading.UNREADABLE, error="broken")
    assert pair(image) == (3, 4)
    assert pair(image, 5, 6) == (5, 6)


def test_the_two_asked_for_in_the_order_asked(image):
    assert pair(image, 4, 2) == (4, 2)
    assert pair(image, 2, 2) == (2, 2)
    assert pair(image, 3) == (4, 3)
    assert pair(image, 1, 3, 4) == (1, 3)
    assert pair(image, 1, 99) == (4, 1)


def test_beside_a_and_b_stand_those_asked_for_each_once_and_ten_in_all(image):
    assert staged(image, 4, 2, 1) == (4, 2, 1)
    assert staged(image, 1, 3, 3, 1, 2, 99, 2) == (1, 3, 2)
    assert staged(image, 2, 2, 2, 4) == (2, 2, 4)
    for tone in range(130, 250, 10):
        make.version(image, tone=tone)
    assert staged(image, *range(1, 13)) == tuple(range(1, 11))


def test_a_single_version_is_compared_with_itself():
    image = make.image(versions=1)
    assert pair(image) == (1, 1)


def test_a_picture_without_versions_leads_back_to_its_page(studio_client):
    image = make.image()
    response = studio_client.get(f"/images/{image.pk}/compare/")
    assert (response.status_code, response["Location"]) == (302, f"/images/{image.pk}/")


@pytest.mark.parametrize("asked", ["99", "x", "", "-1", "٣"])
def test_versions_that_do_not_exist_are_not_found(studio_client, image, asked):
    assert studio_client.get(f"/images/{image.pk}/compare/", {"v": asked}).status_code == 404


def test_the_page_shows_two_pictures_and_forms_for_both_decisions(studio_client, image):
    page = studio_client.get(f"/images/{image.pk}/compare/?v=1&v=3").content.decode()
    first, _, third, _ = image.versions.all()
    plain = page[page.index('class="plain"') : page.index('class="stage"')]
    assert re.findall(r'src="([^"]+)"', plain) == [
        f"/versions/{first.pk}/renditions/2048/",
        f"/versions/{third.pk}/renditions/2048/",
    ]
    assert "地平线 The horizon, version 3" in plain
    back = f"/images/{image.pk}/compare/?v=1&amp;v=3&amp;mode=side"
    assert f'<input type="hidden" name="next" value="{back}">' in page
    for verb in ("pick", "reject"):
        assert f'action="/versions/{third.pk}/{verb}/"' in page
    third.pick()
    page = studio_client.get(f"/images/{image.pk}/compare/?v=1&v=3").content.decode()
    assert f'action="/versions/{third.pk}/unpick/"' in page
    first.reject()
    page = studio_client.get(f"/images/{image.pk}/compare/?v=3&v=1").content.decode()
    assert f'action="/versions/{first.pk}/clear/"' in page


def test_what_stands_beside_a_and_b_is_seen_without_script_and_survives_a_decision(
    studio_client, image
):
    page = studio_client.get(f"/images/{image.pk}/compare/?v=1&v=3&v=4&mode=grid").content.decode()
    plain = page[page.index('class="plain"') : page.index('class="stage"')]
    pks = [image.versions.get(number=number).pk for number in (1, 3, 4)]
    assert re.findall(r'src="([^"]+)"', plain) == [f"/versions/{pk}/renditions/2048/" for pk in pks]
    back = f"/images/{image.pk}/compare/?v=1&amp;v=3&amp;v=4&amp;mode=grid"
    assert f'<input type="hidden" name="next" value="{back}">' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        *((mode, mode) for mode in ("wipe", "onion", "difference", "heat", "blink", "grid")),
        ("cube", "side"),
        ("", "side"),
    ],
)
def test_an_unknown_mode_is_side_by_side(studio_client, image, asked, shown):
    page = studio_client.get(f"/images/{image.pk}/compare/?mode={asked}").content.decode()
    assert re.search(r'<compare-view[^>]*data-mode="(\w+)"', page)[1] == shown


def test_the_script_is_told_what_there_is_of_each_version(studio_client, run_jobs):
    image = make.image()
    wide = add(image, make.picture((2600, 1000)), "wide.png")
    run_jobs()
    late = add(image, make.picture(), "late.png")
    make.version(image, reading=Version.Reading.UNREADABLE, error="broken")
    page = studio_client.get(f"/images/{image.pk}/compare/").content.decode()
    told = json.loads(unescape(re.search(r'<compare-view[^>]*data-versions="([^"]+)"', page)[1]))
    thumbs = {name: f"/versions/{wide.pk}/renditions/{name}/" for name in ("256", "1024", "2048")}
    assert [(one["number"], one["width"], one["thumbs"], one["waiting"]) for one in told] == [
        (1, 2600, thumbs, False),
        (2, 640, {}, True),
        (3, 640, {}, False),
    ]
    assert (told[0]["tiles"], told[0]["index"]) == (
        f"/versions/{wide.pk}/tiles/",
        f"/versions/{wide.pk}/tiles.json",
    )
    assert told[2]["trouble"].startswith("The picture is damaged")
    assert [told[1][verb] for verb in ("pick", "reject", "clear")] == [
        f"/versions/{late.pk}/{verb}/" for verb in ("pick", "reject", "clear")
    ]


def test_compare_asks_as_often_for_four_versions_as_for_two(studio_client):
    for image in (make.image(versions=2), make.image(versions=4)):
        with make.asked(8):
            studio_client.get(f"/images/{image.pk}/compare/")


def test_only_the_owner_compares(image, owner):
    response = Client().get(f"/images/{image.pk}/compare/")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")


def test_leaving_open_can_be_undone(studio_client, image):
    first, second, *_ = image.versions.all()
    json_please = {"accept": "application/json"}
    first.pick()
    second.reject()
    for version in (first, second):
        answer = studio_client.post(f"/versions/{version.pk}/clear/", headers=json_please).json()
        assert (answer["undo"], answer["state"], answer["pick"]) == (
            f"/decisions/{version.decisions.last().pk}/undo/",
            "kept",
            None,
        )
    answer = studio_client.post(f"/versions/{first.pk}/clear/", headers=json_please).json()
    assert (answer["text"], answer["undo"]) == ("v1 is open again.", None)


def test_the_modules_of_the_viewer_are_asked_for_at_once_after_the_import_map(studio_client, image):
    page = studio_client.get(f"/images/{image.pk}/compare/").content.decode()
    head = page[page.index('type="importmap"') : page.index("</head>")]
    asked = re.findall(r'rel="modulepreload" href="/static/js/([\w/-]+)\.js"', head)
    assert asked[0] == "elements/compare-view"
    assert {"lib/compare-paint", "lib/picture", "lib/affine"} <= set(asked)
    assert not {"lib/compare-controls", "lib/compare-modes", "lib/keys"} & set(asked)
    assert len(asked) == len(set(asked))
    assert "modulepreload" not in page[: page.index('type="importmap"')]
