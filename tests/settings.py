"""The studio's own settings, on a data folder and a database that are thrown away."""

import os
import tempfile
from pathlib import Path

# A file, not memory: two threads, and a live server beside a test, need connections of their own.
_shm = Path("/dev/shm")
_scratch = tempfile.mkdtemp(
    prefix="throughline-", dir=_shm if os.access(_shm, os.W_OK) else tempfile.gettempdir()
)
os.environ["STUDIO_DATA"] = _scratch
for name in ("SITE_URL", "ALLOWED_HOSTS", "BIND", "STUDIO_LANGUAGE", "STUDIO_TIME_ZONE"):
    os.environ[name] = ""  # empty, not absent: a developer's .env must not fill it in

from studio.settings import *  # noqa: E402, F403
from studio.settings import DATABASES, ON_SQLITE, STUDIO_DATA  # noqa: E402

SCRATCH = STUDIO_DATA
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; never in the studio
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread that is gone must not hold the database
if ON_SQLITE:
    DATABASES["default"]["TEST"] = {"NAME": str(STUDIO_DATA / "test.sqlite3")}
