"""Modules that a page needs together, as one file: one request, and fewer bytes than apart.

Only collected files are joined; a tree that is worked in serves each module as it lies. In the
joined file each module keeps a scope of its own, and what it exports the file exports, so that
the import map may name the file for each of them.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

# Each is joined with all it imports at once, but for what an earlier one has or other pages need.
# The first is on every page, so that nobody loads it for the sake of a part of it.
ROOTS = ("main", "elements/compare-view", "lib/compare-controls")
IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"((?:lib|elements)/[\w-]+)";\n', re.M)
EXPORT = re.compile(r"^export ((?:async )?(?:class|const|function\*?) (\w+))", re.M)


class CannotJoin(Exception):
    """A module is written in a way that joining would change."""


def folder() -> Path:
    """Where our modules lie: `lib/camera` is lib/camera.js in it."""
    return Path(settings.BASE_DIR) / "static" / "js"


def names() -> list[str]:
    """The names of all modules of ours."""
    files = (path.relative_to(folder()) for path in folder().rglob("*.js"))
    return sorted(path.with_suffix("").as_posix() for path in files)


def source(name: str) -> str:
    """A module as it lies in the tree."""
    return (folder() / f"{name}.js").read_text(encoding="utf-8")


def needed(*wanted: str) -> list[str]:
    """Modules and all that they import at once, each after what it imports itself."""
    found: list[str] = []

    def take(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise CannotJoin(f"{name} imports itself by way of others")
        if name not in found:
            for _, each in IMPORT.findall(source(name)):
                take(each, (*above, name))
            found.append(name)

    for name in wanted:
        take(name, ())
    return found


@cache
def places() -> dict[str, str]:
    """Of each module that is joined, the root whose file it is in."""
    ours = needed(*ROOTS)
    of_others = needed(*(name for name in names() if name not in ours))
    everywhere, *roots = ROOTS
    found = dict.fromkeys(needed(everywhere), everywhere)
    for root in roots:
        for name in needed(root):
            if name not in of_others:
                found.setdefault(name, root)
    return found


def joined(root: str) -> str:
    """A root with the modules that are joined to it, in one text."""
    inside = [name for name in needed(root) if places().get(name) == root]
    from_outside: dict[str, tuple[str, str]] = {}  # the name here -> module, the name there
    exported: set[str] = set()
    parts = []
    for name in inside:
        text = source(name)
        renamed = []
        for listed, origin in IMPORT.findall(text):
            for here, there in imported(listed):
                if origin not in inside:
                    if from_outside.setdefault(here, (origin, there)) != (origin, there):
                        raise CannotJoin(f"{here} is imported from two modules")
                elif here != there:
                    renamed.append(f"const {here} = {there};\n")
        given = [each for _, each in EXPORT.findall(text)]
        body = EXPORT.sub(r"\1", IMPORT.sub("", text))
        if re.search(r"^(?:export|import) ", body, re.M):
            raise CannotJoin(f"{name} imports or exports in a form of its own")
        if twice := exported.intersection(given):
            raise CannotJoin(f"{name} exports what another does: {', '.join(sorted(twice))}")
        exported.update(given)
        parts.append(scoped(given, "".join(renamed) + body))
    if both := exported.intersection(from_outside):
        raise CannotJoin(f"{', '.join(sorted(both))} of two modules")
    return "".join([*imports(from_outside), *parts])


def imports(wanted: dict[str, tuple[str, str]]) -> list[str]:
    """The lines that import names: {the name here: (module, the name there)}."""
    listed: dict[str, list[str]] = {}
    for here, (origin, there) in wanted.items():
        listed.setdefault(origin, []).append(here if here == there else f"{there} as {here}")
    return [f'import {{ {", ".join(each)} }} from "{name}";\n' for name, each in listed.items()]


def scoped(given: list[str], body: str) -> str:
    """A module's body in a scope of its own, that gives what it exports."""
    if not given:
        return f"(() => {{\n{body}}})();\n"
    listed = f"{{ {', '.join(given)} }}"
    return f"export const {listed} = (() => {{\n{body}return {listed};\n}})();\n"


def imported(listed: str) -> list[tuple[str, str]]:
    """`a, b as c` as [("a", "a"), ("c", "b")]: the name here, and there."""
    pairs = [each.split(" as ") for each in map(str.strip, listed.split(",")) if each]
    return [(pair[-1].strip(), pair[0].strip()) for pair in pairs]
