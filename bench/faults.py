"""A thousand faults over HTTP, ten thousand steps of two devices, sixty browsers that die.

Pairs of devices write scenes by the editor's own rules while web processes and whole studios are
killed and the network cuts, doubles, delays and reorders (tests.faults.http); two devices and the
studio take random steps in one process (tests.faults.two_devices); real Chromium is closed and
killed while somebody types, with the network up, cut, or the studio down (tests.faults.browsers).
Limits: nothing that was acknowledged or journalled is lost, nothing is there twice.
"""

import json
import os
from pathlib import Path

from bench.report import figure, heading, held
from bench.studio import database_beside, studio
from tests.conftest import find_chromium
from tests.faults import browsers, http

FAULTS, STEPS, BROWSERS = 1000, 10_000, 60


def run(home: Path) -> None:
    over_http(home / "faults_http")
    two_devices(home)
    if find_chromium() is None:
        figure("browsers", "skipped: Chromium is not installed; `make system` as root installs it")
    else:
        in_browsers(home / "faults_browsers")


def none(name: str, value: int) -> None:
    """A figure that must be zero."""
    held(name, value, 0, "{:.0f}")


def over_http(folder: Path) -> None:
    heading("Faults over HTTP: pairs of devices, a bad network, killed processes")
    url = os.environ.get("DATABASE_URL", "")
    came = http.run(folder, FAULTS, database=database_beside(url, "faults_http") if url else "")
    figure("faults", f"{came.faults.total():,} in {came.seconds:.0f} s")
    for kind, times in came.faults.most_common():
        figure(f"  {http.SAID[kind]}", f"{times}")
    figure("saves acknowledged", f"{came.saves:,}, of {came.words:,} words of their own")
    none("acknowledged texts not among the revisions", came.lost)
    none("acknowledged words lost", came.lost_words)
    none("doubled", came.doubled)
    none("histories with a gap", came.gaps)
    none("scenes that are not their newest revision", came.wrong_heads)
    figure("texts kept aside", f"{came.conflicts}")
    none("of them where no other device had written", came.false_conflicts)
    none("raw errors (5xx)", sum(n for status, n in came.statuses.items() if status >= 500))


def two_devices(home: Path) -> None:
    heading("Two devices, random steps")
    made = studio(home, "faults_steps", 0)
    told = json.loads(made.python("-m", "tests.faults.inside", "steps", str(STEPS)))
    figure("steps", f"{told['steps']:,}, with {told['conflicts']} texts kept aside")
    none("texts unreachable", told["unreachable"])


def in_browsers(folder: Path) -> None:
    heading("Browsers that die: real Chromium, tab closed, browser closed, kill -9")
    came = browsers.run(folder, BROWSERS)
    ends = ", ".join(f"{number} {browsers.SAID[end]}" for end, number in came.ends.items())
    figure("browsers", f"{came.ends.total()} in {came.seconds:.0f} s: {ends}")
    figure("typed", f"{came.typed:,} characters")
    figure("told to be in the journal at the end", f"{came.journalled:,} characters")
    none("of them, or of acknowledged ones, lost", came.lost)
    figure("typed after that and gone, most in one", f"{came.late} in all, {came.latest}")
    figure("saves acknowledged", f"{came.acknowledged:,}")
    none("acknowledged texts not among the revisions", came.unkept)
    none("doubled", came.doubled)
    none("texts kept aside, with one device only", came.conflicts)
