"""Commands of the clock that arrive late: in order, once, and among what others did meanwhile."""

import json
import threading
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from studio.store.models import Job
from timelog.models import ClockCommand, Kind, TimeEntry

from . import make
from .make import reconcile

pytestmark = pytest.mark.django_db
ADDRESS = "/time/running/commands/"
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
WRONG = -86_400_000 * 400  # a device whose clock is more than a year behind


def ms(minutes, skew=0):
    return (NOON + timedelta(minutes=minutes)).timestamp() * 1000 + skew


def start(minutes, kind="writing", *, key=None, skew=0, **more):
    told = {"key": key or str(uuid4()), "verb": "start", "kind": kind, "at": ms(minutes, skew)}
    return {**told, **more}


def stop(minutes, of, *, skew=0):
    return {"key": str(uuid4()), "verb": "stop", "of": of, "at": ms(minutes, skew)}


def send(client, commands, minutes, skew=0):
    body = json.dumps({"sent": ms(minutes, skew), "commands": commands})
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        return client.post(ADDRESS, body, content_type="application/json")


def log():
    """(kind, begun, length) in minutes since noon."""
    rows = TimeEntry.objects.order_by("started_at", "pk")
    return [
        (
            row.kind.key,
            round((row.started_at - NOON).total_seconds() / 60),
            None if row.open else round(row.seconds / 60),
        )
        for row in rows
    ]


@pytest.mark.parametrize("skew", [0, WRONG, -WRONG])
def test_an_hour_without_a_network_arrives_whole_however_wrong_the_devices_clock(
    studio_client, skew
):
    first, second = str(uuid4()), str(uuid4())
    commands = [
        start(0, "writing", key=first, note="第十四章", skew=skew),
        start(25, "video", key=second, skew=skew),
        stop(60, second, skew=skew),
    ]
    for _ in range(2):  # the answer to the first was never heard
        told = send(studio_client, commands, 90, skew).json()
        assert (told["running"], told["refused"]) == (False, [])
        assert log() == [("writing", 0, 25), ("video", 25, 35)]
    reconcile()
    assert TimeEntry.objects.order_by("pk")[0].note == "第十四章"


def test_a_late_stop_does_not_stop_what_another_device_began_since(studio_client):
    entry = TimeEntry.objects.start(make.kind(), now=NOON)
    TimeEntry.objects.start(make.kind("video"), now=NOON + timedelta(minutes=50))
    told = send(studio_client, [stop(30, str(entry.pk))], 60).json()
    assert told["kind"] == "video"
    assert log() == [("writing", 0, 30), ("video", 50, None)]
    reconcile()


def test_a_late_switch_takes_its_place_before_what_was_begun_since(studio_client):
    TimeEntry.objects.start(make.kind(), now=NOON)
    TimeEntry.objects.start(make.kind("video"), now=NOON + timedelta(minutes=50))
    key = str(uuid4())
    send(studio_client, [start(20, "detour", key=key)], 60)
    assert log() == [("writing", 0, 20), ("detour", 20, 30), ("video", 50, None)]
    send(studio_client, [stop(30, key)], 61)
    assert log() == [("writing", 0, 20), ("detour", 20, 10), ("video", 50, None)]
    reconcile()


def test_the_first_stop_wins_also_when_it_arrives_last(studio_client):
    entry = TimeEntry.objects.start(make.kind(), now=NOON)
    TimeEntry.objects.stop(now=NOON + timedelta(minutes=40))
    send(studio_client, [stop(50, str(entry.pk))], 60)
    assert log() == [("writing", 0, 40)]
    send(studio_client, [stop(15, str(entry.pk))], 60)
    assert log() == [("writing", 0, 15)]
    reconcile()


def test_what_was_corrected_by_hand_is_left_alone(studio_client):
    entry = TimeEntry.objects.start(make.kind(), now=NOON)
    entry = TimeEntry.objects.stop(now=NOON + timedelta(minutes=40))
    entry.change(kind=entry.kind, day=entry.day, seconds=1200, note="改")
    send(studio_client, [stop(5, str(entry.pk)), start(10, "video")], 60)
    assert log() == [("writing", 0, 20), ("video", 10, None)]
    reconcile()


def test_two_devices_without_a_network_come_to_the_same_log_in_either_order(owner):
    one = [start(0, "writing", key=str(uuid4()))]
    one.append(stop(45, one[0]["key"]))
    two = [start(30, "video", key=str(uuid4()))]
    two.append(stop(70, two[0]["key"]))
    client = Client()
    client.force_login(owner)
    for order in permutations([one, two]):
        TimeEntry.objects.all().delete()
        ClockCommand.objects.all().delete()
        for commands in order:
            send(client, commands, 90)
        assert log() == [("writing", 0, 30), ("video", 30, 40)]


def test_a_start_whose_entry_was_removed_does_not_begin_again(studio_client):
    command = start(0)
    send(studio_client, [command, stop(10, command["key"])], 20)
    TimeEntry.objects.get().remove()
    send(studio_client, [command], 30)
    assert log() == []


def test_a_start_of_what_ran_already_does_not_begin_again_later(studio_client):
    TimeEntry.objects.start(make.kind(), now=NOON)
    command = start(5)
    send(studio_client, [command], 6)
    TimeEntry.objects.stop(now=NOON + timedelta(minutes=10))
    send(studio_client, [command], 20)
    assert log() == [("writing", 0, 10)]


def test_a_device_whose_clock_was_set_back_an_hour_gives_no_negative_time(studio_client):
    command = start(0)
    send(studio_client, [command], 0)
    # At 12:20 its clock says 11:20.
    body = {"sent": ms(-40), "commands": [stop(-40, command["key"])]}
    with time_machine.travel(NOON + timedelta(minutes=20), tick=False):
        studio_client.post(ADDRESS, json.dumps(body), content_type="application/json")
    assert log() == [("writing", 0, 20)]
    command = start(60)
    send(studio_client, [command], 60)
    send(studio_client, [stop(55, command["key"])], 70)  # before it began
    assert log()[1:] == [("writing", 60, 0)]
    reconcile()


def test_a_command_of_last_year_is_taken_as_of_a_month_ago(studio_client):
    body = json.dumps({"sent": ms(60 * 24 * 400), "commands": [start(0)]})
    with time_machine.travel(NOON, tick=False):
        studio_client.post(ADDRESS, body, content_type="application/json")
    assert log() == [("writing", -60 * 24 * 30, None)]


def test_a_kind_that_is_no_longer_in_use_is_refused_by_name_and_the_rest_is_done(studio_client):
    Kind.objects.filter(key="detour").update(retired=True)
    bad, good = start(0, "detour"), start(5, "video")
    told = send(studio_client, [bad, good], 10).json()
    assert told["refused"] == [{"key": bad["key"], "error": "That kind of work is not in use."}]
    assert log() == [("video", 5, None)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"sent": "soon", "commands": []}',
        b'{"sent": 1, "commands": [1]}',
        b'{"sent": NaN, "commands": []}',
        b'{"sent": 1e999, "commands": []}',
        b'{"sent": 1, "commands": [{"key": "x", "verb": "start", "at": 1}]}',
        b"[" * 100_000,
        b'{"sent": 1, "commands": [%s]}' % b",".join([b"0"] * 501),
        b" " * 500_000,
    ],
)
def test_nonsense_gets_one_sentence_and_changes_nothing(studio_client, body):
    answer = studio_client.post(ADDRESS, body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "These commands cannot be read."},
    )
    for field, value in [("verb", "dance"), ("at", "noon"), ("at", None), ("note", 7)]:
        odd = json.dumps({"sent": ms(0), "commands": [{**start(0), field: value}]})
        assert studio_client.post(ADDRESS, odd, content_type="application/json").status_code == 400
    assert log() == []


def test_only_the_owner_tells_the_clock(client, owner):
    answer = client.post(
        ADDRESS, "{}", content_type="application/json", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 401


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_the_same_commands_at_the_same_moment_do_them_once(owner):
    first = start(0)
    commands = [first, start(20, "video"), stop(40, first["key"])]
    commands.append(stop(50, commands[1]["key"]))
    body = json.dumps({"sent": ms(60), "commands": commands})
    gate, answers = threading.Barrier(2), []

    def work():
        client = Client()
        client.force_login(owner)
        gate.wait()
        try:
            answer = client.post(ADDRESS, body, content_type="application/json")
            answers.append(answer.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    with time_machine.travel(NOON + timedelta(minutes=60), tick=True):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [200, 200]
    assert log() == [("writing", 0, 20), ("video", 20, 30)]
    reconcile()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL asks its worker afterwards")
def test_a_stop_waits_for_the_disk_once_also_when_the_worker_is_asked(studio_client):
    command = start(0)
    for minutes in (0, 30):
        send(studio_client, [start(minutes, key=command["key"])], minutes)
    Job.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        send(studio_client, [stop(30, command["key"])], 30)
    asked = [query["sql"] for query in queries]
    begun, kept = asked.index("BEGIN IMMEDIATE"), asked.index("COMMIT")
    writing = [n for n, sql in enumerate(asked) if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert asked.count("COMMIT") == 1
    assert len(writing) == 7  # command, the day's total tried, made and raised, kind, entry, job
    assert begun < min(writing)
    assert max(writing) < kept
    assert Job.objects.about("forecast", 0).count() == 1


def test_a_stop_that_comes_twice_counts_once(studio_client):
    command = start(0)
    end = stop(20, command["key"])
    send(studio_client, [command, end], 20)
    send(studio_client, [start(25, "video")], 25)
    assert send(studio_client, [end], 40).json()["refused"] == []
    assert log() == [("writing", 0, 20), ("video", 25, None)]
    reconcile()
