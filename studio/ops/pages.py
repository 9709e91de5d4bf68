"""What gunicorn does (`--config python:studio.ops.pages`) when it makes a process for pages."""

from typing import Any

from studio.lib.priority import keep_to, place_apart


def pre_fork(server: Any, worker: Any) -> None:
    """In the parent, which alone knows what the others were given."""
    taken = [each.processor for each in server.WORKERS.values()]
    worker.processor = place_apart(taken, server.num_workers)


def post_fork(server: Any, worker: Any) -> None:
    """In the new process, before it has threads."""
    keep_to(worker.processor)
