"""Pages over all rooms."""

from .health import healthz
from .jobs import job_retry, jobs
from .manifest import manifest
from .offline import offline, service_worker
from .search import search
from .today import today

__all__ = [
    "healthz",
    "job_retry",
    "jobs",
    "manifest",
    "offline",
    "search",
    "service_worker",
    "today",
]
