"""What is told of a picture's making, whatever tool told it: plain, clean and of a bounded size."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from math import isfinite
from typing import Any, NamedTuple

SCHEMA = 1  # of the JSON that is kept; another one is not read, but made anew from the file
MOST_JSON = 8 * 1024 * 1024  # characters; graphs with pictures pasted into them are long
MOST_PROMPT = 20_000
MOST_NAME = 300
MOST_EXTRAS = 40
MOST_LORAS = 40
MOST_PROMPTS = 20
MOST_PARENTS = 40
MOST_STEPS = 200
MOST_NUMBER = 2**64

_TEXTS = {
    "tool": 100,
    "tool_version": 100,
    "prompt": MOST_PROMPT,
    "negative": MOST_PROMPT,
    "model": MOST_NAME,
    "sampler": 100,
    "scheduler": 100,
}
_WHOLES = ("seed", "steps", "width", "height")
# What no database takes in a text: NUL and halves of a character; and what no page shows.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Lora(NamedTuple):
    """A small model laid over the large one, and how strongly."""

    name: str
    weight: float | None = None


class Step(NamedTuple):
    """One entry of an editor's own history: what was done, when (as written), with what."""

    action: str
    when: str = ""
    agent: str = ""


@dataclass(frozen=True)
class Recipe:
    """How a picture was made, as far as its file tells; make it with `Recipe.of`.

    `others` are prompts of further passes over the same picture, `parents` names of the picture
    files it was made from, `kinds` what became of each ("edit", "reference", "upscale"; "unused"
    for one that was loaded for nothing and is no parent), `extras` what else the tool wrote, under
    the tool's own words, and `sources` the places in the file where all that stood.
    """

    tool: str = ""
    tool_version: str = ""
    prompt: str = ""
    negative: str = ""
    others: tuple[str, ...] = ()
    model: str = ""
    loras: tuple[Lora, ...] = ()
    seed: int | None = None
    sampler: str = ""
    scheduler: str = ""
    steps: int | None = None
    cfg: float | None = None
    width: int | None = None
    height: int | None = None
    parents: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    history: tuple[Step, ...] = ()
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, tool: str, **said: Any) -> "Recipe":
        """A recipe of values of any type, each brought into its own or left out."""
        said["tool"] = tool
        clean: dict[str, Any] = {
            name: text(said.get(name), most) for name, most in _TEXTS.items() if name in said
        }
        clean |= {name: whole(said.get(name)) for name in _WHOLES}
        clean["cfg"] = decimal(said.get("cfg"))
        clean["others"] = _distinct(said.get("others"), MOST_PROMPTS, MOST_PROMPT)
        clean["parents"] = _distinct(said.get("parents"), MOST_PARENTS, MOST_NAME)
        clean["sources"] = _distinct(said.get("sources"), 10, 100)
        clean["loras"] = tuple(_loras(said.get("loras")))[:MOST_LORAS]
        clean["history"] = tuple(_steps(said.get("history")))[-MOST_STEPS:]
        clean["extras"] = _extras(said.get("extras"))
        clean["kinds"] = _kinds(said.get("kinds"))
        return cls(**clean)

    @classmethod
    def from_json(cls, kept: Any) -> "Recipe | None":
        """What `as_json` gave; None when it is nothing or of another schema."""
        if not isinstance(kept, dict) or kept.get("schema") != SCHEMA:
            return None
        names = {each.name for each in fields(cls)}
        said = {name: value for name, value in kept.items() if name in names}
        return cls.of(**({"tool": ""} | said))

    def as_json(self) -> dict[str, Any]:
        """What it says, without what it does not say."""
        said = {name: value for name, value in asdict(self).items() if value not in ("", None)}
        filled = {name: value for name, value in said.items() if value or value == 0}
        # Tuples become lists now, so that what is kept equals what is read back.
        plain: dict[str, Any] = json.loads(json.dumps({"schema": SCHEMA} | filled))
        return plain

    @property
    def says_anything(self) -> bool:
        """Whether there is something to show."""
        return any(value or value == 0 for value in vars(self).values())

    @property
    def is_generated(self) -> bool:
        """Whether it tells of words, a model or a seed; a file of an editor tells of none."""
        return bool(self.prompt or self.model) or self.seed is not None

    @property
    def prompts(self) -> list[str]:
        """All words that were given to the tool, the main prompt first."""
        return [each for each in (self.prompt, *self.others, self.negative) if each]

    def filled_from(self, other: "Recipe") -> "Recipe":
        """This one, with `other` where it says nothing."""
        gaps = {
            name: value
            for name, value in vars(other).items()
            if vars(self)[name] in ("", None, ()) and value not in ("", None, ())
        }
        gaps["extras"] = dict(other.extras) | dict(self.extras)
        gaps["kinds"] = dict(other.kinds) | dict(self.kinds)
        gaps["sources"] = tuple(dict.fromkeys([*self.sources, *other.sources]))
        return replace(self, **gaps)


def text(value: Any, most: int = MOST_NAME) -> str:
    """Text, number or truth as clean text of at most `most` characters; else nothing."""
    if isinstance(value, float):
        value = f"{value:.6g}"
    elif isinstance(value, int):
        value = str(value) if abs(value) < 10**20 else ""
    if not isinstance(value, str):
        return ""
    return _UNWANTED.sub("", value[: most * 2].replace("\r\n", "\n")).strip()[:most].rstrip()


def whole(value: Any) -> int | None:
    """A whole number from nothing to 2**64, also when it was written as text; else None."""
    number = decimal(value) if not isinstance(value, int) else value
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 40:
        number = int(value)  # a float would round a long seed
    if number is None or isinstance(value, bool) or number != int(number):
        return None
    return int(number) if 0 <= number < MOST_NUMBER else None


def decimal(value: Any) -> float | None:
    """A number, also when it was written as text; None when it is none or has no end."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value[:40] if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return round(number, 6) if isfinite(number) and abs(number) < MOST_NUMBER else None


def parsed(words: str) -> Any:
    """The value of the JSON text `words`; None where it is no JSON, too long or too deep."""
    if len(words) > MOST_JSON:
        return None
    try:
        return json.loads(words, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def mapping(value: Any) -> dict[str, Any]:
    """`value` where it is a JSON object or its text; else an empty one."""
    value = parsed(value) if isinstance(value, str) else value
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    """`value` where it is a list or a tuple; else an empty list."""
    return list(value) if isinstance(value, list | tuple) else []


def base_name(value: Any) -> str:
    """The last part of a path of either kind of system."""
    return re.split(r"[\\/]", text(value))[-1]


def _distinct(value: Any, most: int, longest: int) -> tuple[str, ...]:
    clean = (text(each, longest) for each in rows(value)[: most * 4])
    return tuple(dict.fromkeys(each for each in clean if each))[:most]


def _loras(value: Any) -> Iterable[Lora]:
    for each in rows(value)[: MOST_LORAS * 4]:
        name, weight, *_ = [*rows(each), None, None]
        if clean := base_name(name):
            yield Lora(clean, decimal(weight))


def _steps(value: Any) -> Iterable[Step]:
    for each in rows(value)[-MOST_STEPS:]:
        words = [text(one, 200) for one in rows(each)[:3]]
        if any(words):
            yield Step(*words)


def _kinds(value: Any) -> dict[str, str]:
    known = {"edit", "reference", "upscale", "unused"}
    named = list(mapping(value).items())[:MOST_PARENTS]
    return {key: kind for name, kind in named if (key := text(name)) and text(kind) in known}


def _extras(value: Any) -> dict[str, str]:
    clean = {}
    for name, said in list(mapping(value).items())[: MOST_EXTRAS * 4]:
        words = text(said, 500)
        if words and (key := text(name, 60)):
            clean[key] = words
    return dict(list(clean.items())[:MOST_EXTRAS])
