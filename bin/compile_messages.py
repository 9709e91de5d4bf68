"""Compile each django.po below a folder into the django.mo beside it (no gettext needed)."""

import sys
from pathlib import Path

import polib

for source in Path(sys.argv[1]).rglob("*.po"):
    polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
