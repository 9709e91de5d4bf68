"""Small work that comes round every hour, done by a worker that has nothing else to do.

An app registers a chore in its `AppConfig.ready`. A chore yields between its steps, so that the
worker can show it lives and stop when it is told to; what it left over, the next hour does.
"""

import logging
from collections.abc import Callable, Iterator

from django.db import OperationalError

Chore = Callable[[], Iterator[object]]

log = logging.getLogger(__name__)
_all: list[Chore] = []


def register(chore: Chore) -> None:
    """Have `chore` done every hour."""
    if chore not in _all:
        _all.append(chore)


def do_all(between: Callable[[], bool]) -> None:
    """Do every chore, calling `between` after each step and stopping where it says so."""
    for chore in _all:
        try:
            for _step in chore():
                if between():
                    return
        except OperationalError:  # the database is away: the worker waits for it
            raise
        except Exception:
            log.exception("a chore failed: %s", chore.__name__)
