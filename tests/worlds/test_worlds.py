"""Worlds: their list, their page, their names."""

import pytest
from django.urls import reverse

from projects.worlds.models import Entry, World
from tests.writing import make

pytestmark = pytest.mark.django_db
LIST_QUERIES = 5  # session, user, worlds; the shell adds the rest
WORLD_QUERIES = 11


def test_without_a_world_the_list_names_the_next_act(studio_client):
    page = studio_client.get("/worlds/").content.decode()
    assert "No world yet." in page
    assert reverse("worlds:world_new") in page


def test_the_only_world_opens_at_once(studio_client):
    world = make.world()
    assert studio_client.get("/worlds/").url == f"/worlds/{world.pk}/"
    assert studio_client.get("/worlds/?all").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_one_world_and_for_three(
    studio_client, django_assert_num_queries, number
):
    for place in range(number):
        make.entry(world=make.world(f"World {place}"))
    studio_client.get("/worlds/?all")
    with django_assert_num_queries(LIST_QUERIES):
        studio_client.get("/worlds/?all")


def test_a_world_begins_with_a_name(studio_client):
    answer = studio_client.post("/worlds/new/", {"title": "计算宇宙", "other_title": "Computing"})
    world = World.objects.get()
    assert answer.url == f"/worlds/{world.pk}/"
    assert (world.title, world.language, world.other_language) == ("计算宇宙", "zh-Hans", "en")


def test_a_world_without_a_name_is_refused_and_the_rest_is_kept(studio_client):
    answer = studio_client.post("/worlds/new/", {"title": " ", "other_title": "计算宇宙"})
    assert answer.status_code == 422
    assert 'value="计算宇宙"' in answer.content.decode()
    assert not World.objects.exists()


def test_a_world_can_be_renamed(studio_client):
    world = make.world()
    studio_client.post(f"/worlds/{world.pk}/edit/", {"title": "Der Zähler", "other_title": ""})
    world.refresh_from_db()
    assert (world.title, world.other_title) == ("Der Zähler", "")


def test_the_page_shows_both_names_in_their_languages(studio_client):
    page = studio_client.get(f"/worlds/{make.world().pk}/").content.decode()
    assert '<span lang="en">The Computational Universe</span>' in page
    assert '<span class="other unbroken" lang="zh-Hans">计算宇宙</span>' in page


def test_an_empty_world_names_the_next_acts(studio_client):
    world = make.world()
    page = studio_client.get(f"/worlds/{world.pk}/").content.decode()
    assert "No book yet." in page
    assert reverse("writing:book_new", args=[world.pk]) in page
    assert reverse("writing:manuscript_import", args=[world.pk]) in page
    assert "Nothing is written down yet." in page


def test_a_kind_of_entry_has_its_own_tab_and_threads_their_own_column(studio_client):
    world = make.world()
    make.entry("闻昭", world=world, kind="person")
    make.entry("Kesh", world=world, kind="place")
    make.entry("The count", world=world, kind="thread")
    answer = studio_client.get(f"/worlds/{world.pk}/?kind=place")
    assert [entry.title for entry in answer.context["entries"]] == ["Kesh"]
    assert [entry.title for entry in answer.context["threads"]] == ["The count"]
    assert [(key, number) for key, _, number in answer.context["tabs"] if number] == [
        ("", 2),
        ("person", 1),
        ("place", 1),
    ]


def test_the_tabs_swap_only_the_bible(studio_client):
    world = make.entry("闻昭").world
    answer = studio_client.get(
        f"/worlds/{world.pk}/", headers={"HX-Request": "true", "HX-Target": "bible"}
    )
    page = answer.content.decode()
    assert "闻昭" in page and "<html" not in page
    assert "HX-Target" in answer["Vary"]


def test_an_unknown_kind_shows_all(studio_client):
    world = make.entry().world
    answer = studio_client.get(f"/worlds/{world.pk}/?kind=nonsense")
    assert [entry.title for entry in answer.context["entries"]] == ["Wen Zhao"]


@pytest.mark.parametrize("number", [1, 3])
def test_a_world_takes_the_same_queries_however_much_is_in_it(
    studio_client, django_assert_num_queries, number
):
    world = make.world()
    for _ in range(number):
        make.entry(world=world)
        book = make.book(world=world)
        for _ in range(number):
            make.scene("晶格记得。", chapter=make.chapter(book=book))
    studio_client.get(f"/worlds/{world.pk}/")
    with django_assert_num_queries(WORLD_QUERIES):
        studio_client.get(f"/worlds/{world.pk}/")


def test_an_entry_has_the_names_it_goes_by(studio_client):
    world = make.world()
    form = {"kind": "person", "title": "闻昭", "aliases": "闻测量员，the surveyor; 闻测量员\n老闻"}
    answer = studio_client.post(f"/worlds/{world.pk}/entries/new/", form)
    entry = Entry.objects.get()
    assert answer.url == f"/entries/{entry.pk}/"
    assert [alias.name for alias in entry.aliases.all()] == ["闻测量员", "the surveyor", "老闻"]
    page = studio_client.get(answer.url).content.decode()
    assert "<b>the surveyor</b>" in page


def test_an_entry_loses_the_names_that_are_taken_out(studio_client):
    entry = make.entry()
    entry.set_aliases(["闻昭", "the surveyor"])
    page = studio_client.get(f"/entries/{entry.pk}/edit/").content.decode()
    assert 'value="闻昭, the surveyor"' in page
    form = {"kind": "person", "title": "Wen Zhao", "aliases": "闻昭", "body": "一行\n\nTwo"}
    studio_client.post(f"/entries/{entry.pk}/edit/", form)
    entry.refresh_from_db()
    assert [alias.name for alias in entry.aliases.all()] == ["闻昭"]
    assert entry.paragraphs == ["一行", "Two"]


def test_an_entry_without_a_name_is_refused_and_its_text_is_kept(studio_client):
    world = make.world()
    form = {"kind": "idea", "title": "", "summary": "光之债", "body": "Every signal is owed."}
    answer = studio_client.post(f"/worlds/{world.pk}/entries/new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="光之债"' in page and "Every signal is owed." in page
    assert not Entry.objects.exists()


def test_a_new_entry_begins_with_the_kind_that_was_open(studio_client):
    world = make.world()
    page = studio_client.get(f"/worlds/{world.pk}/entries/new/?kind=machine").content.decode()
    assert '<option value="machine" selected>' in page


def test_markup_in_an_entry_is_shown_and_not_obeyed(studio_client):
    entry = make.entry("<b>x</b>", summary="<script>", body="<img src=x>")
    page = studio_client.get(f"/entries/{entry.pk}/").content.decode()
    assert "&lt;script&gt;" in page and "&lt;img src=x&gt;" in page and "<img" not in page


@pytest.mark.parametrize(
    "path", ["/worlds/9/", "/worlds/9/edit/", "/entries/9/", "/entries/9/edit/"]
)
def test_what_is_not_there_answers_404(studio_client, path):
    assert studio_client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/worlds/", "/worlds/1/", "/entries/1/"])
def test_a_stranger_sees_nothing(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.url.split("?")[0] in ("/sign-in/", "/welcome/")
