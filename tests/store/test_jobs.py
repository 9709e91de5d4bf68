"""Slow work is leased, resumable, and tells how far it is."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from studio.store import worker
from studio.store.models import Job, about, progress

pytestmark = pytest.mark.django_db
seen: list[object] = []


@task()
def remember(what: str) -> None:
    seen.append(what)
    progress(1, 2)


@task()
def stumble() -> None:
    raise OSError("磁盘已满")


@pytest.fixture(autouse=True)
def nothing_seen():
    seen.clear()


def test_a_job_is_done_once_and_keeps_its_progress(run_jobs):
    with about("scene:7"):
        remember.enqueue("晶格")
    assert (run_jobs(), run_jobs(), seen) == (1, 0, ["晶格"])
    job = Job.objects.about("scene", 7).get()
    assert (job.state, job.done, job.total, job.attempts) == ("done", 2, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_job_belongs_to_the_transaction_that_asked_for_it(run_jobs):
    with pytest.raises(RuntimeError), transaction.atomic():
        remember.enqueue("never")
        raise RuntimeError
    assert (run_jobs(), seen) == (0, [])


def test_a_job_left_behind_by_a_dead_worker_is_taken_again(run_jobs):
    remember.enqueue("again")
    dead = Job.objects.claim("dead")
    assert dead is not None
    assert run_jobs() == 0
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert (run_jobs(), seen) == (1, ["again"])
    assert Job.objects.get().attempts == 2


def test_a_worker_that_lost_its_lease_cannot_write_over_the_next_one():
    remember.enqueue("x")
    late = Job.objects.claim("late")
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    current = Job.objects.claim("current")
    assert late is not None and current is not None
    late.finish()
    assert late.renew() is False
    assert Job.objects.get().state == Job.State.RUNNING
    current.finish()
    assert Job.objects.get().state == Job.State.DONE


def test_a_failing_job_is_tried_four_times_then_kept_with_its_error(caplog):
    stumble.enqueue()
    for _ in range(6):
        Job.objects.update(run_after=timezone.now())
        worker.run_all()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == ("failed", 4, "OSError: 磁盘已满")
    job.try_again()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("ready", 0)


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    remember.enqueue("bomb")
    for _ in range(4):
        assert Job.objects.claim("doomed") is not None
        Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert Job.objects.claim("next") is None
    assert Job.objects.get().state == Job.State.FAILED


def test_the_more_pressing_job_comes_first(run_jobs):
    remember.enqueue("later")
    remember.using(priority=10).enqueue("first")
    run_jobs()
    assert seen == ["first", "later"]


def test_a_worker_shows_that_it_lives(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert worker.is_alive() is False
    worker.beat()
    assert worker.is_alive() is True
    os.utime(worker.beat_file(), (0, 0))
    assert worker.is_alive() is False
    with pytest.raises(SystemExit) as ended:
        call_command("work", "--check")
    assert ended.value.code == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_beats_while_it_waits(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    turns = iter([False, True])
    worker.run_until(lambda: next(turns), pause=0)
    assert worker.is_alive() is True
