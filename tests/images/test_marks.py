"""Marks on versions: made by forms and scripts, ticked off, taken away and brought back."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.images.models import Mark

from . import make

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def image(db):
    return make.image("地平线 The horizon", versions=2)


def mark(image, number=1, **said):
    version = image.versions.get(number=number)
    plain = {"shape": "pin", "points": [(0.25, 0.75)], "kind": "note"}
    said = plain | {"body": "A stop too bright."} | said
    return Mark.objects.draw(version, said.pop("shape"), said.pop("points"), **said)


def post(client, image, **said):
    data = {"v": "1", "kind": "note", "body": "The row breaks here."} | said
    return client.post(f"/images/{image.pk}/marks/", data)


def only(image):
    return Mark.objects.get(version__image=image)


def section(client, image):
    page = client.get(f"/images/{image.pk}/").content.decode()
    return page[page.index('id="marks"') :]


# --- making ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "shape", "points"),
    [
        ({"place": "nw"}, "pin", [[0.16667, 0.16667]]),
        ({"place": "se", "shape": "box"}, "box", [[0.66667, 0.66667], [1.0, 1.0]]),
        ({"x": "12.5", "y": "40"}, "pin", [[0.125, 0.4]]),
        ({"x": "10", "y": "20", "w": "30", "h": "40"}, "box", [[0.1, 0.2], [0.4, 0.6]]),
        ({"shape": "box", "points": "[[0.9,0.8],[0.2,0.1]]"}, "box", [[0.2, 0.1], [0.9, 0.8]]),
        ({"shape": "pin", "points": "[[1.5,-0.2]]"}, "pin", [[1.0, 0.0]]),
    ],
)
def test_a_place_is_said_in_words_in_percents_or_by_drawing(
    studio_client, image, place, shape, points
):
    answer = post(studio_client, image, **place)
    assert (answer.status_code, answer["Location"]) == (302, f"/images/{image.pk}/#marks")
    made = only(image)
    assert (made.shape, made.points, made.body) == (shape, points, "The row breaks here.")
    assert made.version.number == 1


def test_a_stroke_is_kept_with_the_points_that_matter(studio_client, image):
    line = [[0.1 + step / 1000, 0.5] for step in range(500)]
    corner = [[0.599, 0.5 + step / 1000] for step in range(300)]
    post(studio_client, image, shape="stroke", points=json.dumps(line + corner))
    assert only(image).points == [[0.1, 0.5], [0.599, 0.5], [0.599, 0.799]]


def test_the_list_numbers_marks_as_they_were_made(studio_client, image):
    mark(image, 2, body="塔再暗一些。")
    mark(image, 1, body="Keep this scale.", kind="todo")
    shown = section(studio_client, image)
    assert shown.index("塔再暗一些。") < shown.index("Keep this scale.")
    assert 'aria-label="Show mark 1">1</a>' in shown
    assert f'href="/images/{image.pk}/compare/?v=1' in shown
    assert "v1 · lower left" in shown


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"place": "n", "body": " "}, "A mark needs a word or two."),
        ({}, "Say where: choose a place"),
        ({"x": "10"}, "Say where: choose a place"),
        ({"x": "120", "y": "1"}, "Give the place in percent of the picture"),
        ({"x": "nan", "y": "1"}, "Give the place in percent of the picture"),
        ({"place": "n", "kind": "keep"}, "Only an area can be approved"),
        ({"place": "n", "kind": "shout"}, "Choose note, to-do or approved."),
        ({"place": "n", "v": "9"}, "There is no such version"),
        ({"place": "n", "v": "٣"}, "There is no such version"),
        ({"points": "[[0.1"}, "That shape cannot be read"),
        ({"points": "[[0.1,NaN]]"}, "That shape cannot be read"),
        ({"points": '{"a":1}'}, "That shape cannot be read"),
        ({"points": "[[1,2,3]]"}, "That shape cannot be read"),
        ({"points": '[["x","y"]]'}, "That shape cannot be read"),
        ({"points": "[[0.1,0.1],[0.1,0.1]]", "shape": "box"}, "That shape cannot be read"),
        ({"points": "[[0.1,0.1]]", "shape": "stroke"}, "That shape cannot be read"),
        ({"points": json.dumps([[0.1, 0.1]] * 20_001), "shape": "stroke"}, "cannot be read"),
        ({"points": "[[0.1,0.1]]", "shape": "star"}, "That shape cannot be read"),
    ],
)
def test_what_makes_no_mark_gets_a_sentence_and_changes_nothing(
    studio_client, image, said, sentence
):
    answer = post(studio_client, image, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    data = {"v": "1", "kind": "note", "body": "x"} | said
    told = studio_client.post(f"/images/{image.pk}/marks/", data, headers=JSON)
    assert told.status_code == 422 and sentence in told.json()["error"]
    assert not Mark.objects.exists()


def test_words_that_were_typed_are_there_again_after_a_refusal(studio_client, image):
    assert "The row breaks here.</textarea>" in post(studio_client, image).content.decode()


def test_words_are_at_most_as_long_as_the_field(studio_client, image):
    answer = post(studio_client, image, place="n", body="字" * 4001)
    assert answer.status_code == 422
    assert not Mark.objects.exists()


def test_what_is_approved_needs_no_words(studio_client, image):
    post(studio_client, image, place="ne", shape="box", kind="keep", body="")
    assert only(image).named == "The area at upper right"
    assert "Approved as it is" in section(studio_client, image)


def test_words_are_shown_and_never_run(studio_client, image):
    mark(image, body='<script>alert(1)</script> " onload=x')
    page = studio_client.get(f"/images/{image.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- changing -------------------------------------------------------------------------------------
def test_a_to_do_is_done_and_open_again(studio_client, image):
    todo = mark(image, kind="todo")
    studio_client.post(f"/marks/{todo.pk}/done/")
    todo.refresh_from_db()
    assert todo.done is not None
    assert "1 done" in section(studio_client, image)
    studio_client.post(f"/marks/{todo.pk}/done/", {"undo": "1"})
    todo.refresh_from_db()
    assert todo.done is None
    studio_client.post(f"/marks/{todo.pk}/done/")
    studio_client.delete(f"/marks/{todo.pk}/done/")
    todo.refresh_from_db()
    assert todo.done is None


def test_only_a_to_do_is_done(studio_client, image):
    note = mark(image)
    assert studio_client.post(f"/marks/{note.pk}/done/").status_code == 422
    note.refresh_from_db()
    assert note.done is None


def test_a_mark_is_said_otherwise_and_stays_where_it_is(studio_client, image):
    made = mark(image, points=[(0.2, 0.2)])
    studio_client.post(f"/marks/{made.pk}/edit/", {"kind": "todo", "body": "改暗"})
    made.refresh_from_db()
    assert (made.body, made.kind, made.points) == ("改暗", "todo", [[0.2, 0.2]])


def test_a_mark_is_put_elsewhere(studio_client, image):
    made = mark(image, points=[(0.2, 0.2)])
    said = {"kind": "note", "body": "Here.", "x": "50", "y": "60"}
    studio_client.post(f"/marks/{made.pk}/edit/", said)
    made.refresh_from_db()
    assert made.points == [[0.5, 0.6]]


def test_what_is_no_longer_a_to_do_is_not_done(studio_client, image):
    made = mark(image, kind="todo")
    made.resolve()
    studio_client.post(f"/marks/{made.pk}/edit/", {"kind": "note", "body": "Only a note."})
    made.refresh_from_db()
    assert made.done is None


def test_an_edit_without_words_changes_nothing(studio_client, image):
    made = mark(image)
    answer = studio_client.post(f"/marks/{made.pk}/edit/", {"kind": "note", "body": ""})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.body == "A stop too bright."


def test_a_mark_that_was_taken_away_comes_back_with_undo(studio_client, image):
    made = mark(image)
    answer = studio_client.post(f"/marks/{made.pk}/remove/", headers=JSON).json()
    assert answer == {"text": "Removed.", "undo": f"/marks/{made.pk}/restore/", "mark": None}
    assert "A stop too bright." not in section(studio_client, image)
    assert studio_client.post(f"/marks/{made.pk}/done/").status_code == 404
    studio_client.post(answer["undo"])
    assert "A stop too bright." in section(studio_client, image)


def test_htmx_gets_the_list_and_a_toast(studio_client, image):
    made = mark(image)
    answer = studio_client.post(f"/marks/{made.pk}/remove/", headers={"HX-Target": "marks"})
    assert answer.content.decode().lstrip().startswith('<div class="marks-in"')
    told = json.loads(answer["HX-Trigger"])["toast"]
    assert told == {"text": "Removed.", "undo": f"/marks/{made.pk}/restore/"}


def test_a_form_of_another_page_leads_back_to_it(studio_client, image):
    back = f"/images/{image.pk}/compare/?v=1&v=2&mode=side"
    assert post(studio_client, image, place="c", next=back)["Location"] == back
    elsewhere = post(studio_client, image, place="c", next="https://example.org/")
    assert elsewhere["Location"] == f"/images/{image.pk}/#marks"


def test_marks_go_with_a_version_that_is_removed(image):
    version = image.versions.get(number=2)
    mark(image, 2)
    type(version).objects.filter(pk=version.pk).update(reading="unreadable")
    version.refresh_from_db()
    version.remove()
    assert not Mark.objects.exists()


# --- elsewhere ------------------------------------------------------------------------------------
def test_the_compare_page_has_the_list_and_a_form_without_script(studio_client, image):
    mark(image, body="Beacon Nine, true to chapter 7.")
    page = studio_client.get(f"/images/{image.pk}/compare/?v=1&v=2").content.decode()
    assert "Beacon Nine, true to chapter 7." in page
    assert f'action="/images/{image.pk}/marks/"' in page
    assert '<option value="1">v1</option>' in page or 'value="1" selected' in page


@pytest.mark.parametrize("format", ["csv", "json"])
def test_all_marks_come_out_again(studio_client, image, format):
    mark(image, 1, body="=HYPERLINK(1)", kind="todo")
    mark(image, 2, body="塔，再暗一些。")
    image.versions.get(number=2).pick()
    answer = studio_client.get(f"/images/{image.pk}/marks.{format}")
    assert f'filename="marks-{image.pk}.{format}"' in answer["Content-Disposition"]
    text = answer.content.decode()
    if format == "json":
        told = json.loads(text)
        assert (told["image"], told["pick"]) == ("地平线 The horizon", 2)
        assert [(one["number"], one["version"], one["text"]) for one in told["marks"]] == [
            (1, 1, "=HYPERLINK(1)"),
            (2, 2, "塔，再暗一些。"),
        ]
        assert told["marks"][0]["points"] == [[0.25, 0.75]]
    else:
        head, first, second = text.splitlines()
        assert head.startswith("\ufeffnumber,version,kind,text")
        assert first.startswith("1,1,todo,'=HYPERLINK(1),") and first.endswith(",")
        assert second.startswith("2,2,note,塔，再暗一些。,") and second.endswith(",yes")


def test_only_the_owner_sees_and_makes_marks(image, owner):
    made = mark(image)
    stranger = Client()
    for address in (f"/images/{image.pk}/marks.json", f"/images/{image.pk}/marks.csv"):
        assert stranger.get(address)["Location"].startswith("/sign-in/")
    for address in (f"/images/{image.pk}/marks/", f"/marks/{made.pk}/remove/"):
        assert stranger.post(address)["Location"].startswith("/sign-in/")
    assert Mark.objects.kept().count() == 1


def test_pages_ask_as_often_for_three_marks_as_for_one(studio_client, image):
    addresses = [f"/images/{image.pk}/", f"/images/{image.pk}/compare/"]
    mark(image)
    studio_client.get(addresses[1])  # the first time, a worker is asked what changed
    before = [count(studio_client, address) for address in addresses]
    mark(image, 2, kind="todo")
    mark(image, 1, kind="keep", shape="box", points=[(0.1, 0.1), (0.3, 0.3)])
    assert [count(studio_client, address) for address in addresses] == before


def count(client, address):
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)
