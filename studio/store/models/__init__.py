"""Blob, Job and Setting."""

from .blob import Blob
from .job import Job, about, called, progress
from .setting import Setting

__all__ = ["Blob", "Job", "Setting", "about", "called", "progress"]
