"""Does the jobs, one at a time, holding each lease while it works."""

import logging
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.db import OperationalError, close_old_connections, connection
from django.utils.module_loading import import_string

from studio.store import chores
from studio.store.models import GoOn, Job

log = logging.getLogger(__name__)
HEARTBEAT = 15.0
EVERY = 3600.0  # seconds between chores
GLANCE = 0.05  # seconds between two looks whether anybody wrote
SILENT = 60.0  # seconds without a beat after which a worker counts as dead


def beat_file() -> Path:
    """Touched by a worker that lives; on this machine only, since that is where one looks."""
    return Path(tempfile.gettempdir()) / "throughline-worker.beat"


def beat() -> None:
    """Show a sign of life."""
    beat_file().touch()


def is_alive() -> bool:
    """Whether a worker of this machine has shown one lately."""
    try:
        return time.time() - beat_file().stat().st_mtime < SILENT
    except OSError:
        return False


def run_one(worker: str = "", heartbeat: bool = True) -> bool:
    """Take one due job and do it; False when there was none."""
    job = Job.objects.claim(worker or f"{socket.gethostname()}:{os.getpid()}")
    if job is None:
        return False
    stop = threading.Event()
    if heartbeat:
        threading.Thread(target=_hold, args=(job, stop), daemon=True).start()
    try:
        with job.as_current():
            import_string(job.task).call(*job.args, **job.kwargs)
    except GoOn as rest:
        job.go_on(rest.kwargs)
    except Exception as error:  # whatever a task raises is kept with its job
        log.exception("%s failed", job.task)
        job.fail(f"{type(error).__name__}: {error}"[:2000])
    else:
        job.finish()
    finally:
        stop.set()
    return True


def run_all(most: int = 1000) -> int:
    """Do what is due, here and now; returns how many jobs that was."""
    done = 0
    while done < most and run_one("here", heartbeat=False):
        done += 1
    return done


def run_until(stopped: Callable[[], bool], pause: float = 0.25) -> None:
    """Work until told to stop; a database that is away for a while is waited for."""
    from studio.store.remote import Keeper  # its client takes a while to import

    def between() -> bool:
        beat()
        return stopped()

    last_chores = 0.0
    away = False
    keeper = Keeper()
    while not stopped():
        beat()
        close_old_connections()
        try:
            seen = state_of_database()
            if run_one() or keeper.turn():
                continue
            if time.monotonic() - last_chores > EVERY:
                Job.objects.prune()
                chores.do_all(between)
                last_chores = time.monotonic()
            away = False
            rest(pause, seen)
        except OperationalError as error:
            if not away:
                log.warning("waiting for the database: %s", " ".join(str(error).split()))
            away = True
            connection.close()
            time.sleep(pause)


def state_of_database() -> int | None:
    """A number that changes when another process has written; None where none is to be had."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")  # does not read the file, but memory both share
        return int(cursor.fetchone()[0])


def rest(pause: float, seen: int | None) -> None:
    """Wait for `pause` seconds, or less when the database is no longer in the state `seen`."""
    end = time.monotonic() + pause
    while (left := end - time.monotonic()) > 0:
        if seen is None:
            time.sleep(left)
        else:
            time.sleep(min(GLANCE, left))
            if state_of_database() != seen:
                return


def _hold(job: Job, stop: threading.Event) -> None:
    """Renew the lease from a second thread, with a connection of its own."""
    while not stop.wait(HEARTBEAT):
        beat()
        try:
            if not job.renew():
                break
        except Exception:  # a busy database: the next beat may reach it
            log.warning("could not renew the lease of %s", job.pk)
    connection.close()
