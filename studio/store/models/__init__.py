"""Blob, Job and Setting."""

from .blob import Blob
from .job import GoOn, Job, about, called, progress
from .setting import Setting

__all__ = ["Blob", "GoOn", "Job", "Setting", "about", "called", "progress"]
