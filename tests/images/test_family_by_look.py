"""A version whose file says nothing is proposed a parent by its look; nothing is ever asserted."""

from io import BytesIO
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL import ImageDraw, ImageFilter

from projects.images import likeness, moving
from projects.images.kin import looks_like
from projects.images.models import Derivation, Version

from . import make
from .test_derivation import made_from
from .test_ingest import add

pytestmark = pytest.mark.django_db


def scene(seed=7, spot=None):
    """A PNG of soft shapes; `spot` is a retouch, as a box."""
    drawn = Picture.frombytes("RGB", (12, 8), Random(seed).randbytes(12 * 8 * 3))
    drawn = drawn.resize((384, 256), Picture.Resampling.BICUBIC).filter(ImageFilter.BLUR)
    if spot:
        ImageDraw.Draw(drawn).ellipse(spot, fill=(250, 240, 90))
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def edges(**wanted):
    rows = Derivation.objects.filter(**wanted).select_related("child", "parent")
    return {(row.child.number, row.parent.number, row.how, row.state) for row in rows}


SMALL, OTHER = (40, 40, 70, 70), (300, 150, 350, 200)


@pytest.fixture
def retouched(run_jobs):
    """v1, v2 which is another picture altogether, v3 which is v1 retouched."""
    image = make.image("灯塔")
    add(image, scene(7), "first.png")
    add(image, scene(8), "second.png")
    add(image, scene(7, SMALL), "third.png")
    run_jobs()
    return image


def test_a_near_identical_version_is_proposed_with_how_near_it_is(retouched):
    assert edges() == {(3, 1, "looks", "proposed")}
    edge = Derivation.objects.get()
    bits = likeness.distance(edge.child.look, edge.parent.look)
    assert edge.reason in ("looks much like v1", "looks the same as v1 at first sight")
    assert edge.measured == f"{bits} of the 64 bits of their fingerprints differ"
    assert bits <= likeness.ALIKE_WITHIN


def test_the_page_offers_it_and_one_click_makes_it_hold_and_another_takes_that_back(
    retouched, studio_client
):
    page = studio_client.get(f"/images/{retouched.pk}/")
    family = page.context["family"]
    assert (family.proposals, family.settled, family.is_drawn) == (1, [], False)
    assert "Proposed: looks " in page.content.decode()
    edge = Derivation.objects.get()
    answer = studio_client.post(f"/versions/{edge.child_id}/parents/{edge.parent_id}/")
    assert edges() == {(3, 1, "said", "said")}
    (message,) = answer.wsgi_request._messages
    studio_client.post(message.extra_tags)
    assert edges() == {(3, 1, "looks", "proposed")}


def test_what_was_dismissed_stays_so_and_is_not_followed_by_the_next(retouched, run_jobs):
    edge = Derivation.objects.get()
    Derivation.objects.refuse(edge.child, edge.parent)
    add(retouched, scene(7, OTHER), "fourth.png")
    Derivation.objects.match(edge.child)
    run_jobs()
    assert {edge for edge in edges() if edge[0] == 3} == {(3, 1, "looks", "refused")}


def test_a_better_source_leaves_no_room_for_a_look(run_jobs):
    image = make.image()
    add(image, make.picture(tone=60), "plain.png")
    add(image, made_from("plain.png"), "dawn.png")
    add(image, make.picture(tone=61), "plain copy.png")
    run_jobs()
    assert edges(how="looks") == set()
    assert edges() == {(2, 1, "loaded", "found"), (3, 1, "named", "found")}


def test_a_source_that_is_found_later_takes_the_place_of_a_look(retouched, run_jobs):
    child = Version.objects.get(image=retouched, number=3)
    child.clues.create(of_parent=True, type="name", value="second.png", kind="edit", how="loaded")
    Derivation.objects.match(child)
    assert edges() == {(3, 2, "loaded", "found")}


def test_what_the_author_said_leaves_no_room_for_a_look(retouched):
    one, two, three = retouched.versions.order_by("number")
    Derivation.objects.say(three, two, "edit")
    Derivation.objects.match(three)
    assert edges() == {(3, 2, "said", "said")}
    # And what was made from a version is never proposed as its parent.
    Derivation.objects.all().delete()
    Derivation.objects.say(one, three, "edit")
    Derivation.objects.match(three)
    assert edges() == {(1, 3, "said", "said")}


def test_a_version_that_comes_after_its_edit_is_found_all_the_same(run_jobs):
    image = make.image()
    add(image, scene(7, SMALL), "dawn_v3.png")
    add(image, scene(8), "dawn_v2.png")
    add(image, scene(7), "dawn_v1.png")
    run_jobs()
    assert edges() == {(3, 1, "looks", "proposed")}


def test_a_nearer_version_that_comes_later_takes_the_place_of_a_farther_one(run_jobs):
    image = make.image()
    wide = (20, 20, 190, 200)
    add(image, scene(7, (20, 20, 120, 120)), "dawn_v1.png")
    add(image, scene(7, wide), "dawn_v3.png")
    run_jobs()
    add(image, scene(7, (21, 20, 190, 200)), "dawn_v2.png")
    run_jobs()
    assert {edge for edge in edges() if edge[0] == 3} == {(3, 2, "looks", "proposed")}


def test_pictures_that_look_alike_and_are_two_are_never_tied(run_jobs):
    add(make.image("one"), scene(7), "one.png")
    add(make.image("two"), scene(7, SMALL), "two.png")
    run_jobs()
    assert edges() == set()


def test_a_version_that_moves_takes_no_look_along_and_finds_it_again_when_it_is_back(retouched):
    three = retouched.versions.get(number=3)
    kept = moving.move(three, make.image("elsewhere"))
    assert edges() == set()
    three.refresh_from_db()
    moving.back(three, kept)
    assert edges() == {(3, 1, "looks", "proposed")}


def test_matching_costs_the_same_queries_among_few_versions_and_many(run_jobs):
    def cost(number):
        image = make.image()
        for n in range(1, number + 1):
            version = make.version(image, tone=n)
            Version.objects.filter(pk=version.pk).update(likeness=f"{1 << n:016x}")
        last = image.versions.order_by("number").last()
        with CaptureQueriesContext(connection) as captured:
            Derivation.objects.match(last)
        assert edges(child=last) == {(number, number - 1, "looks", "proposed")}
        return len(captured)

    assert cost(3) == cost(30)


@given(
    st.integers(0, 2**64 - 1),
    st.lists(st.tuples(st.integers(1, 99), st.integers(0, 2**64 - 1)), max_size=6),
    st.integers(0, 2**16),
)
def test_the_nearest_within_the_limit_is_meant_and_of_equals_the_latest(look, others, flips):
    earlier = [(100 + n, number, other) for n, (number, other) in enumerate(others)]
    earlier.append((7, 50, look ^ flips))
    found = looks_like(look, earlier)
    bits = {pk: (likeness.distance(look, other), -number) for pk, number, other in earlier}
    if found is None:
        assert all(bit > likeness.ALIKE_WITHIN for bit, _ in bits.values())
    else:
        assert bits[found.parent] == min(bits.values())
        assert (found.how, found.is_certain) == ("looks", False)
