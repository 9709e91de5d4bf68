"""What is found out of a file before it is taken."""

from typing import Any

from projects.images import child
from projects.images.reasons import sentence
from studio.store.spool import Incoming


class Refused(Exception):
    """A file that was not taken; the text says why, as a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return sentence(self.reason)


def looked_at(incoming: Incoming, patient: bool = False, *, recipe: bool) -> dict[str, Any]:
    """Fields of a version as the limited child tells them; {} when it takes too long to wait for.

    A `patient` caller waits for the end; with `recipe` it is read how the picture was made and
    how it looks, too. Raises Refused.
    """
    incoming.flush()
    seconds = child.MAKE_SECONDS if patient else child.CHECK_SECONDS
    try:
        answer = child.check(incoming.path, seconds, recipe=recipe)
    except (child.TooSlow, child.Interrupted):
        return {}
    if "refused" in answer:
        raise Refused(answer["refused"])
    said: dict[str, Any] = answer.get("facts", {})
    names = ("format", "width", "height")
    facts: dict[str, Any] = {name: said[name] for name in names if name in said}
    if "recipe" in answer:
        facts |= {"recipe": answer["recipe"], "recipe_readers": answer["readers"]}
        facts |= {"inside": answer["inside"], "likeness": written(answer.get("likeness"))}
    return facts


def written(likeness: int | None) -> str:
    """A fingerprint as it is kept: 16 hexadecimal digits, or nothing."""
    return "" if likeness is None else f"{likeness:016x}"
