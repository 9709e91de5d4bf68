"""Threads of the world run through films, and are told from both sides."""

import pytest

from projects.videos.models import Concept, ThreadLink
from projects.worlds.models import Entry
from tests.queries import queries
from tests.writing import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(db):
    return make.entry("The count", other_title="计数", kind="thread")


@pytest.fixture
def film(db):
    return Concept.objects.create_next(title="The Lattice Remembers", other_title="晶格的记忆")


def link(client, thread, film, **more):
    return client.post("/threads/films/new/", {"thread": thread.pk, "concept": film.pk, **more})


def test_a_film_takes_up_a_thread_once_however_often_it_is_asked(studio_client, thread, film):
    assert link(studio_client, thread, film).headers["Location"] == f"/entries/{thread.pk}/"
    link(studio_client, thread, film)
    assert ThreadLink.objects.count() == 1


def test_the_thread_tells_of_its_films_and_the_film_of_its_threads(studio_client, thread, film):
    here = f"/concepts/{film.pk}/"
    assert "In no film yet." in studio_client.get(f"/entries/{thread.pk}/").text
    assert link(studio_client, thread, film, next=here).headers["Location"] == here
    assert f'href="{here}"' in studio_client.get(f"/entries/{thread.pk}/").text
    assert f'href="/entries/{thread.pk}/"' in studio_client.get(here).text
    assert f'class="bead n" href="{here}"' in studio_client.get(f"/worlds/{thread.world_id}/").text


def test_a_thread_without_a_film_is_seen_to_have_none(studio_client, thread, film):
    assert "In no film yet" in studio_client.get(f"/worlds/{thread.world_id}/").text


def test_a_film_can_leave_a_thread(studio_client, thread, film):
    link(studio_client, thread, film)
    there = ThreadLink.objects.get()
    assert studio_client.post(f"/threads/films/{there.pk}/delete/").status_code == 302
    assert ThreadLink.objects.count() == 0


@pytest.mark.parametrize("given", ["", "x", "0", "999999", "９", "1" * 30])
def test_what_is_no_thread_or_no_film_is_not_found(studio_client, thread, film, given):
    ids = {"thread": thread.pk, "concept": film.pk}
    for name in ids:
        assert studio_client.post("/threads/films/new/", ids | {name: given}).status_code == 404
    assert ThreadLink.objects.count() == 0


def test_a_person_is_no_thread(studio_client, film):
    person = make.entry("闻昭", kind="person")
    assert link(studio_client, person, film).status_code == 404
    assert "Films that take it up" not in studio_client.get(f"/entries/{person.pk}/").text


def test_no_answer_leads_out_of_the_studio(studio_client, thread, film):
    answer = link(studio_client, thread, film, next="//elsewhere.example/")
    assert answer.headers["Location"] == f"/entries/{thread.pk}/"


def test_a_world_asks_for_all_its_threads_films_at_once(studio_client, thread, film):
    world = thread.world
    link(studio_client, thread, film)
    one = queries(studio_client, f"/worlds/{world.pk}/")
    for name in ("苏伊岚的沉默", "The tide"):
        more = Entry.objects.create(world=world, kind="thread", title=name)
        ThreadLink.objects.create(thread=more, concept=film)
    assert queries(studio_client, f"/worlds/{world.pk}/") == one
