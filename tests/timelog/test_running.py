"""The one clock over HTTP: start, switch, stop, on every device the same."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client

from timelog.models import Kind, TimeEntry

from . import make
from .make import reconcile

pytestmark = pytest.mark.django_db
ADDRESS = "/time/running/"
JSON = {"Accept": "application/json"}
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def htmx(part):
    return {"HX-Request": "true", "HX-Target": part}


def start(client, kind="writing", headers=JSON, **more):
    return client.post(ADDRESS, {"kind": make.kind(kind).pk, **more}, headers=headers)


def log():
    rows = TimeEntry.objects.order_by("pk").values_list("kind__key", "note", "seconds")
    return list(rows)


def test_nothing_runs_at_first(studio_client):
    told = studio_client.get(ADDRESS, headers=JSON).json()
    assert (told["running"], "kind" in told) == (False, False)


def test_start_switch_and_stop(studio_client):
    with time_machine.travel(NOON, tick=False) as clock:
        told = start(studio_client, note="第十四章").json()
        assert told == {
            "running": True,
            "now": NOON.isoformat(),
            "id": TimeEntry.objects.get().pk,
            "kind": "writing",
            "kind_id": make.kind().pk,
            "name": "Writing",
            "note": "第十四章",
            "started_at": NOON.isoformat(),
            "seconds": 0,
            "begins_ahead": False,
        }
        clock.shift(timedelta(minutes=40))
        assert start(studio_client, "video", note="shot 07").json()["kind"] == "video"
        clock.shift(timedelta(minutes=5))
        assert studio_client.get(ADDRESS, headers=JSON).json()["seconds"] == 300
        assert studio_client.delete(ADDRESS, headers=JSON).json()["running"] is False
    assert log() == [("writing", "第十四章", 2400), ("video", "shot 07", 300)]
    reconcile()


def test_the_first_stop_wins(studio_client):
    with time_machine.travel(NOON, tick=False) as clock:
        start(studio_client)
        clock.shift(60)
        studio_client.post(f"{ADDRESS}stop/", headers=JSON)
        clock.shift(3600)
        studio_client.delete(ADDRESS, headers=JSON)
    assert log() == [("writing", "", 60)]


def test_a_start_that_is_sent_again_starts_once(studio_client):
    key = str(uuid4())
    with time_machine.travel(NOON, tick=False) as clock:
        first = start(studio_client, key=key).json()
        clock.shift(10)
        start(studio_client, "video")
        assert start(studio_client, key=key).json()["kind"] == "video"
    assert [first["id"], TimeEntry.objects.running().pk] == sorted(
        TimeEntry.objects.values_list("pk", flat=True)
    )


def test_starting_what_runs_already_lets_it_run(studio_client):
    with time_machine.travel(NOON, tick=False) as clock:
        start(studio_client, note="第十四章")
        clock.shift(60)
        assert start(studio_client).json()["seconds"] == 60
        assert start(studio_client, note="第十四章").json()["seconds"] == 60
        assert start(studio_client, note="第十五章").json()["seconds"] == 0
    assert log() == [("writing", "第十四章", 60), ("writing", "第十五章", None)]


def test_a_clock_that_was_set_back_gives_no_negative_time(studio_client):
    with time_machine.travel(NOON, tick=False) as clock:
        start(studio_client)
        clock.move_to(NOON - timedelta(hours=3))
        assert studio_client.get(ADDRESS, headers=JSON).json()["seconds"] == 0
        assert 'data-seconds="0"' in studio_client.get("/time/").content.decode()
        studio_client.delete(ADDRESS, headers=JSON)
    assert log() == [("writing", "", 0)]
    reconcile()


def test_a_kind_is_named_by_its_id_or_its_key_and_without_one_the_first_starts(studio_client):
    for asked, kind in [("video", "video"), (make.kind("detour").pk, "detour"), ("", "writing")]:
        told = studio_client.post(ADDRESS, {"kind": asked}, headers=JSON).json()
        assert told["kind"] == kind


@pytest.mark.parametrize("asked", ["9999999999999999999999", "跳舞", "²", "-1"])
def test_a_kind_that_is_not_in_use_is_refused_and_what_runs_goes_on(studio_client, asked):
    Kind.objects.filter(key="detour").update(retired=True)
    start(studio_client)
    for kind in (asked, make.kind("detour").pk):
        answer = studio_client.post(ADDRESS, {"kind": kind}, headers=JSON)
        assert answer.status_code == 422
        assert answer.json() == {"error": "That kind of work is not in use."}
        answer = studio_client.post(ADDRESS, {"kind": kind}, headers=htmx("clock"))
        assert (answer.status_code, 'id="clock"' in answer.content.decode()) == (422, True)
        assert "not in use" in answer["HX-Trigger"]
    assert log() == [("writing", "", None)]


@pytest.mark.parametrize("part", ["clock", "running", "timer"])
def test_htmx_gets_the_part_it_swaps_and_tells_the_others(studio_client, part):
    answer = start(studio_client, headers=htmx(part), note="镜头 07")
    html = answer.content.decode()
    assert f'id="{part}"' in html
    assert ("镜头 07" in html, "<html" in html) == (True, False)
    assert answer["HX-Trigger"] == '{"timelog:changed": {}}'
    assert "HX-Trigger" not in studio_client.get(ADDRESS, headers=htmx(part))


def test_without_javascript_the_page_comes_back(studio_client):
    answer = start(studio_client, headers={}, next="/time/kinds/")
    assert (answer.status_code, answer.url) == (302, "/time/kinds/")
    answer = studio_client.post(f"{ADDRESS}stop/", {"next": "https://elsewhere.example/"})
    assert answer.url == "/time/"
    assert log()[0][2] is not None


def test_every_page_of_the_studio_shows_what_runs(studio_client):
    start(studio_client, note="第十四章 second rewrite")
    for address in ("/", "/time/", "/time/kinds/", "/time/import/", "/settings/", "/writing/"):
        page = studio_client.get(address).content.decode()
        assert 'id="clock"' in page, address
        assert "第十四章 second rewrite" in page, address


def test_only_the_owner_sees_the_clock(client, owner):
    assert client.get(ADDRESS).url.startswith("/sign-in/")
    for act in (client.get, client.post, client.delete):
        assert act(ADDRESS, headers=JSON).status_code == 401
    assert TimeEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["start", "stop"])
def test_two_devices_at_the_same_moment_make_one_true_entry(owner, act):
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(owner)
    if act == "stop":
        TimeEntry.objects.start(make.kind(), now=NOON)
    gate, told = threading.Barrier(2), []

    def work(client):
        gate.wait()
        try:
            answer = start(client) if act == "start" else client.delete(ADDRESS, headers=JSON)
            told.append(answer.json()["running"])
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [act == "start"] * 2
    entry = TimeEntry.objects.get()
    assert (entry.open, entry.seconds is None) == (
        (True, True) if act == "start" else (None, False)
    )
    reconcile()
