"""The process in which pictures are decoded: limited, alone, worth nothing to an attacker.

Run as a script by `child`, in an interpreter without site or environment (40 ms to start):

    decode_child.py ROOTS check PATH [recipe]
    decode_child.py ROOTS tell PATH
    decode_child.py ROOTS make PATH FOLDER NAMES

Writes one JSON object a line. `projects.images.renditions` says which; and {"refused": reason}.
"""

import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

MEMORY = 512 * 1024 * 1024  # for the picture, above what the interpreter itself takes
SECONDS = {"check": 30, "tell": 30, "make": 120}
MOST_WRITTEN = 2 * 1024**3


def say(answer: dict[str, Any]) -> None:
    """One line to the parent."""
    print(json.dumps(answer), flush=True)


def limit(seconds: int) -> None:
    """Bound memory, processor time and what may be written; no core is left behind."""
    page = os.sysconf("SC_PAGE_SIZE")
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * page
    for what, most in (
        (resource.RLIMIT_AS, taken + MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(job: str, path: str, *rest: str) -> None:
    """Do one job."""
    # Imported before the limit is set, so that the limit is the picture's alone.
    from projects.images import picture, renditions

    for name in ("Png", "Jpeg", "Mpo", "WebP", "Avif", "Gif", "Tiff"):
        import_module(f"PIL.{name}ImagePlugin")
    limit(SECONDS[job])
    try:
        if job == "check":
            whole = picture.decoded(Path(path))
            say({"facts": picture.facts_of(whole)._asdict()})
            if rest:
                say(renditions.recipe(Path(path), whole, renditions.halves_of(whole)))
        elif job == "tell":
            whole = picture.decoded(Path(path))
            say(renditions.recipe(Path(path), whole, renditions.halves_of(whole)))
        else:
            folder, names = rest
            for answer in renditions.make(Path(path), Path(folder), set(names.split(","))):
                say(answer)
        say({"end": True})
    except picture.Refusal as refusal:
        say({"refused": str(refusal)})
    except MemoryError:
        say({"large": True, "end": True})


if __name__ == "__main__":
    sys.path[:0] = json.loads(sys.argv[1])
    main(*sys.argv[2:])
