"""What changed from one version to another, in words: for the page and for those who hear it."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from projects.images.making import Making
from studio.lib.templatetags.studio import gap

LOUD = 10.0  # a floor, ΔE, that hides what anyone would see
FEW = 3  # areas whose places are named
MOVED, SCALED, TURNED, GRADED = 0.1, 0.0005, 0.02, 1.0  # from here on it is worth a word


def where(region: dict[str, float]) -> str:
    """In which of nine parts of the frame the middle of a region lies."""
    column = min(2, int(3 * (region["x"] + region["w"] / 2)))
    row = min(2, int(3 * (region["y"] + region["h"] / 2)))
    return _places()[row][column]


def _places() -> list[list[str]]:
    return [
        [_("upper left"), _("top"), _("upper right")],
        [_("left"), _("centre"), _("right")],
        [_("lower left"), _("bottom"), _("lower right")],
    ]


def share(value: float) -> str:
    """A share of the frame: "12 %", "0.4 %"."""
    percent = 100 * value
    if 0 < percent < 0.1:
        return _("less than 0.1 %")
    return _("%(number)s %%") % {"number": number(percent, 0 if percent >= 10 else 1)}


def number(value: float, places: int) -> str:
    """A number as the language writes it."""
    return str(number_format(round(value, places), places))


def listed(words: Iterable[str]) -> str:
    """ "a, b and c", each once."""
    found = list(dict.fromkeys(words))
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s and %(last)s") % {"first": in_a_row(found[:-1]), "last": found[-1]}


def in_a_row(words: Iterable[str]) -> str:
    """ "a, b, c"."""
    return pgettext("between names", ", ").join(words)


def sentence(numbers: tuple[int, int], state: str, result: dict[str, Any], making: Making) -> str:
    """All that is to be said of versions `numbers` (the older and the newer), a sentence each."""
    said = [summary(numbers, state, result)]
    if state in {"first", "ready"}:
        said += [registered(result), graded(result)]
    said += [made(making), unseen(state, result)]
    return gap().join(each for each in said if each)


def summary(numbers: tuple[int, int], state: str, result: dict[str, Any]) -> str:
    """ "v4 against v3: 2 areas, 12 % of the frame, lower left and centre." """
    pair = _("v%(new)d against v%(old)d") % {"old": numbers[0], "new": numbers[1]}
    return _("%(pair)s: %(what)s.") % {"pair": pair, "what": found(state, result)}


def found(state: str, result: dict[str, Any]) -> str:
    """What was found, without its full stop."""
    if state == "unable":
        return _("one of the two cannot be read")
    if state == "different":
        return _("another framing or another picture, so no areas are told")
    if state == "working":
        return _("the changed areas are being found")
    regions = result["regions"]
    if not regions and state == "ready":
        return unchanged(result)
    if not regions:
        return _("no change at first sight")
    words = ngettext("%(count)d area", "%(count)d areas", len(regions)) % {"count": len(regions)}
    places = listed(where(each) for each in regions[:FEW])
    most = _("%(areas)s, %(share)s of the frame, %(places)s")
    if len(regions) > FEW:
        most = _("%(areas)s, %(share)s of the frame, the largest %(places)s")
    return most % {"areas": words, "share": share(result["share"]), "places": places}


def unchanged(result: dict[str, Any]) -> str:
    """That nothing was found, and where much may hide under the noise of the pair, only that."""
    floor = (result.get("floor") or {}).get("distance", 0)
    if floor < LOUD:
        return _("no part was changed")
    return _("so unlike all over that no area stands out")


def registered(result: dict[str, Any]) -> str:
    """ "Moved 3.4 px, scaled 1.0 %." """
    told = result.get("registration")
    if not told:
        return ""
    far = (told["dx"] ** 2 + told["dy"] ** 2) ** 0.5
    words = []
    if far >= MOVED:
        words.append(_("moved %(number)s px") % {"number": number(far, 1)})
    if abs(told["scale"] - 1) >= SCALED:
        words.append(_("scaled %(number)s %%") % {"number": number(100 * (told["scale"] - 1), 1)})
    if abs(told["rotation"]) >= TURNED:
        words.append(_("turned %(number)s°") % {"number": number(told["rotation"], 1)})
    if not words:
        return ""
    return _("Laid over one another first: %(what)s.") % {"what": in_a_row(words)}


def graded(result: dict[str, Any]) -> str:
    """What was done to the tones of the whole."""
    grade = result.get("grade")
    if not grade or grade["distance"] < GRADED:
        return ""
    tones = (
        (grade["lightness"], _("lighter"), _("darker")),
        (grade["a"], _("redder"), _("greener")),
        (grade["b"], _("yellower"), _("bluer")),
    )
    words = [more if value > 0 else less for value, more, less in tones if abs(value) >= GRADED]
    how = listed(words) or _("other tones")
    return _("The whole was graded, ΔE %(number)s: %(how)s.") % {
        "number": number(grade["distance"], 1),
        "how": how,
    }


def made(making: Making) -> str:
    """What the files say of their making: "Seed changed; prompt +3 −1 words." """
    if not making.is_compared:
        return ""
    words = [_("%(what)s changed") % {"what": change.name} for change in making.changes[:FEW]]
    more, less = prompt_words(making)
    if more or less:
        words.append(_("prompt +%(more)d −%(less)d words") % {"more": more, "less": less})
    return _("%(what)s.") % {"what": _("; ").join(words)} if words else ""


def prompt_words(making: Making) -> tuple[int, int]:
    """How many words the prompt gained and lost."""
    counts = {"insert": 0, "delete": 0}
    for words in making.prompts[:1]:
        for span in words.spans:
            if span.kind in counts:
                counts[span.kind] += max(1, len(span.text.split())) if span.text.strip() else 0
    return counts["insert"], counts["delete"]


def unseen(state: str, result: dict[str, Any]) -> str:
    """What cannot be seen on this pair."""
    floor = result.get("floor")
    if state in {"first", "ready"} and floor and not floor["pixels"]:
        return _("All else is the same to the last bit.")
    if state == "first":
        return _("This is a first look; the two are being laid over one another.")
    if state != "ready" or not floor:
        return ""
    return _("Changes below ΔE %(distance)s or under %(pixels)d px are not seen.") % {
        "distance": number(floor["distance"], 1),
        "pixels": floor["pixels"],
    }
