"""Saying by hand what a version was made from; and the family as the page of a picture draws it."""

import re
from html import unescape

import pytest

from projects.images.models import Derivation
from projects.images.views.compare import chosen, shown_versions

from . import make
from .test_ingest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return make.image("晶格 The lattice", versions=3)


def say(client, child, parent, **data):
    return client.post(f"/versions/{child.pk}/parents/{parent.pk}/", data)


def states():
    rows = Derivation.objects.select_related("child", "parent").order_by("pk")
    return [(row.child.number, row.parent.number, row.kind, row.state) for row in rows]


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_an_edge_is_said_shown_and_taken_back(studio_client, image):
    first, second, _ = image.versions.all()
    answer = say(studio_client, second, first, kind="upscale")
    assert (answer.status_code, answer["Location"]) == (302, f"/images/{image.pk}/#family")
    page = studio_client.get(f"/images/{image.pk}/")
    assert "v2 was made from v1." in words(page)
    assert "Upscale, said by hand" in words(page)
    assert f'href="/images/{image.pk}/compare/?v=1&amp;v=2"' in page.content.decode()
    undo = f"/versions/{second.pk}/parents/{first.pk}/forget/"
    assert undo in page.content.decode()
    studio_client.post(undo)
    assert states() == []


def test_a_refusal_is_remembered_and_undone(studio_client, image):
    first, second, _ = image.versions.all()
    Derivation.objects.create(child=second, parent=first, kind="edit", how="loaded", state="found")
    studio_client.delete(f"/versions/{second.pk}/parents/{first.pk}/")
    assert states() == [(2, 1, "edit", "refused")]
    page = studio_client.get(f"/images/{image.pk}/")
    assert "v2 was not made from v1." in words(page)
    assert 'class="family-tree"' not in page.content.decode()
    assert "Refused" in words(studio_client.get(f"/versions/{second.pk}/parents/"))
    say(studio_client, second, first)
    assert states() == [(2, 1, "edit", "said")]


def test_a_proposal_is_accepted_with_one_click(studio_client, image):
    first, second, _ = image.versions.all()
    Derivation.objects.create(
        child=second, parent=first, kind="unknown", how="unused", state="proposed"
    )
    page = studio_client.get(f"/images/{image.pk}/")
    assert "1 proposal waits for your word" in words(page)
    assert f'formaction="/versions/{second.pk}/parents/{first.pk}/"' in page.content.decode()
    say(studio_client, second, first, next=f"/images/{image.pk}/#family")
    assert states() == [(2, 1, "unknown", "said")]


def test_circles_are_refused_with_a_sentence_and_nothing_changes(studio_client, image):
    first, second, third = image.versions.all()
    say(studio_client, second, first, kind="edit")
    say(studio_client, third, second, kind="edit")
    answer = say(studio_client, first, third, kind="edit")
    assert answer.status_code == 422
    assert "v3 was itself made from v1; take that back first." in words(answer)
    answer = say(studio_client, first, first)
    assert answer.status_code == 422
    assert "A version is not made from itself; choose another one." in words(answer)
    assert len(states()) == 2


def test_an_unknown_kind_and_a_foreign_way_back_are_not_taken(studio_client, image):
    first, second, _ = image.versions.all()
    answer = say(studio_client, second, first, kind="<b>", next="https://evil.example/")
    assert answer["Location"] == f"/images/{image.pk}/#family"
    assert states() == [(2, 1, "unknown", "said")]


@pytest.mark.parametrize("address", ["/versions/{}/parents/99999/", "/versions/99999/parents/{}/"])
def test_versions_that_are_not_there_are_not_found(studio_client, image, address):
    answer = studio_client.post(address.format(image.versions.first().pk))
    assert answer.status_code == 404


def test_a_parent_in_another_picture_is_found_by_title_and_leads_there(
    studio_client, image, run_jobs
):
    other = make.image("盐原 Salt plain")
    parent = add(other, make.picture(tone=99), "plain.png")
    run_jobs()
    child = image.versions.first()
    found = studio_client.get(f"/versions/{child.pk}/parents/", {"q": "盐原"})
    assert f'formaction="/versions/{child.pk}/parents/{parent.pk}/"' in found.content.decode()
    say(studio_client, child, parent, kind="reference")
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    tree = page[
        page.index('<svg class="family-tree"') : page.index("</svg>", page.index("family-tree"))
    ]
    assert f'href="/images/{other.pk}/#family"' in tree
    assert "v1 · 盐原 Salt plain" in tree
    assert f"/versions/{parent.pk}/renditions/256/" in tree
    assert 'class="family-tree"' in studio_client.get(f"/images/{other.pk}/").content.decode()


def test_versions_without_an_edge_are_named(studio_client, image):
    page = words(studio_client.get(f"/images/{image.pk}/"))
    assert "No file here says what it was made from. Say it yourself: v1 , v2 , v3" in page
    first, second, _ = image.versions.all()
    say(studio_client, second, first)
    assert "Nothing is known of: v3" in words(studio_client.get(f"/images/{image.pk}/"))


def test_a_single_version_has_no_family_to_speak_of(studio_client):
    image = make.image(versions=1)
    assert "family-head" not in studio_client.get(f"/images/{image.pk}/").content.decode()


def test_what_a_file_name_says_cannot_break_out_of_the_drawing(studio_client, image):
    first, second, _ = image.versions.all()
    image.versions.filter(pk=first.pk).update(filename='"><script>alert(1)</script>.png')
    say(studio_client, second, first)
    assert "<script>alert" not in studio_client.get(f"/images/{image.pk}/").content.decode()


def test_a_family_costs_one_query_however_large_it_is(studio_client):
    one, many = make.image(versions=2), make.image(versions=6)
    for image in (one, many):
        versions = list(image.versions.all())
        for child, parent in zip(versions[1:], versions, strict=False):
            Derivation.objects.say(child, parent, "edit")
        with make.asked(5):
            studio_client.get(f"/images/{image.pk}/")


def test_a_version_is_first_compared_with_what_it_was_made_from(run_jobs):
    image = make.image()
    for tone in (30, 60, 90, 120):
        add(image, make.picture(tone=tone), f"horizon {tone}.png")
    run_jobs()
    first, second, third, fourth = image.versions.all()

    def pair(*asked):
        image.refresh_from_db()
        a, b = chosen(image, shown_versions(image), [str(number) for number in asked])
        return a.version.number, b.version.number

    Derivation.objects.say(fourth, second, "edit")
    Derivation.objects.say(fourth, first, "reference")
    third.pick()
    assert pair() == (2, 4)
    assert pair(4) == (2, 4)
    assert pair(1) == (3, 1)
    assert pair(4, 3) == (4, 3)
    second.reject()
    assert pair() == (3, 4)


def test_the_page_says_it_in_chinese(studio_client, owner, image):
    first, second, _ = image.versions.all()
    say(studio_client, second, first, kind="edit")
    owner.language = "zh-hans"
    owner.save()
    page = words(studio_client.get(f"/images/{image.pk}/"))
    assert "谱系" in page
    assert "手动指明" in page


def test_the_family_comes_with_the_previews(studio_client, run_jobs):
    image = make.image()
    first = add(image, make.picture(tone=20), "晨光_v3.png")
    second = add(image, make.picture(tone=40), "晨光_v3b.png")
    address = f"/images/{image.pk}/progress/?after={second.pk}&waiting={first.pk},{second.pk}"
    assert "family-tree" not in studio_client.get(address).content.decode()
    run_jobs()
    answer = studio_client.get(address).content.decode()
    assert '<div id="family" hx-swap-oob="true">' in answer
    assert "family-tree" in answer
