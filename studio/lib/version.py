"""The version, read from the changelog, so that the two cannot disagree."""

import re
from pathlib import Path

_heading = re.compile(r"^## (\d+\.\d+\.\d+)", re.MULTILINE)


def version_in(changelog: Path) -> str:
    """The newest version named there; "0" where there is no changelog."""
    try:
        found = _heading.search(changelog.read_text())
    except OSError:
        return "0"
    return found[1] if found else "0"
