"""python -m bench [NAME…] [--postgres]: run the benches, all when none is named.

Prints each figure with its limit and OK or OVER. It ends with an error only when a bench could not
be run: what is asserted stands in tests.
"""

import importlib
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

NAMES = (
    *("today", "board", "library", "scene", "faults", "storage", "diff", "anchors", "hours"),
    *("public", "weight", "upload", "pictures", "difference", "viewer", "forecast", "notes"),
    *("clock", "watch"),
)


def main() -> int:
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    options = parser.parse_args()
    unknown = [name for name in options.name if name not in NAMES]
    if unknown:
        parser.error(f"no bench is called {unknown[0]}; there are {', '.join(NAMES)}")
    if options.postgres and "DATABASE_URL" not in os.environ:
        from tests import cluster

        return cluster.main([sys.executable, "-m", "bench", "--postgres", *options.name])
    if not options.postgres:
        os.environ.pop("DATABASE_URL", None)
    if len(options.name) == 1:
        return run_one(options.name[0], options.postgres)
    # Each in a process of its own: some set Django up for a studio that is gone afterwards.
    command = [sys.executable, "-m", "bench", *["--postgres"] * options.postgres]
    codes = [subprocess.call([*command, name]) for name in options.name or NAMES]
    return int(any(codes))


def run_one(name: str, postgres: bool) -> int:
    """Print the figures of one bench."""
    print(f"On {'PostgreSQL' if postgres else 'SQLite'}, {os.cpu_count()} processors.", flush=True)
    with tempfile.TemporaryDirectory(prefix=f"throughline-bench-{name}-") as home:
        importlib.import_module(f"bench.{name}").run(Path(home))
    return 0


if __name__ == "__main__":
    sys.exit(main())
