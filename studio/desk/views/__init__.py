"""Pages over all rooms."""

from .health import healthz
from .jobs import job_retry, jobs
from .manifest import manifest
from .search import search
from .today import today

__all__ = ["healthz", "job_retry", "jobs", "manifest", "search", "today"]
