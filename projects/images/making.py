"""How a version was made, in the words of the page; beside another version, what changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from studio.lib import word_diff

from .models import Version
from .provenance import Change, Recipe, changes
from .provenance.difference import said, written
from .provenance.photoshop import named

LABELS = {
    "tool": gettext_noop("Tool"),
    "tool_version": gettext_noop("Version of the tool"),
    "model": gettext_noop("Model"),
    "lora": "LoRA",
    "seed": gettext_noop("Seed"),
    "steps": gettext_noop("Steps"),
    "cfg": "CFG",
    "sampler": gettext_noop("Sampler"),
    "scheduler": gettext_noop("Schedule"),
    "size": gettext_noop("Size asked for"),
}
# Where in the file it stood; all else is the name of a field of the file.
PLACES = {
    "hidden in the pixels": gettext_noop("hidden in the pixels"),
    "Content Credentials": gettext_noop("Content Credentials"),
}


class Fact(NamedTuple):
    """A line of the list."""

    label: str
    value: str


@dataclass(frozen=True)
class Words:
    """A prompt: as it is, and marked where it differs from that of another version."""

    label: str
    text: str
    spans: list[word_diff.Span] = field(default_factory=list)
    same_as: int | None = None


@dataclass(frozen=True)
class Making:
    """What the file of `version` says; `before` is the version it is compared with."""

    version: Version
    recipe: Recipe | None
    before: Version | None = None
    old: Recipe | None = None

    @classmethod
    def of(cls, version: Version, before: Version | None = None) -> "Making":
        """How `version` was made, beside `before` if that is another one that tells it."""
        other = before if before is not None and before.pk != version.pk else None
        return cls(version, version.how_made, other, other.how_made if other else None)

    @property
    def is_compared(self) -> bool:
        """Whether both were generated: what an editor does not write down did not change."""
        return all(each is not None and each.is_generated for each in (self.recipe, self.old))

    @property
    def is_silent(self) -> bool:
        """Whether its file says nothing, where that of the other one does."""
        waiting = self.version.reading == Version.Reading.WAITING
        return self.recipe is None and self.old is not None and not waiting

    @property
    def made_with(self) -> str:
        """The tool, and the editors after it, with their versions: "ComfyUI, then Photoshop"."""
        if self.recipe is None:
            return ""
        recipe = self.recipe
        agents = [f"{recipe.tool} {recipe.tool_version}".strip()]
        for agent, _steps in groupby(step.agent for step in recipe.history if step.agent):
            tool, version = named(agent)
            if tool == recipe.tool:
                continue
            words = f"{tool} {version}".strip()
            if words not in agents:
                agents.append(words)
        return _(", then ").join(agents)

    @property
    def prompts(self) -> list[Words]:
        """The prompt, those of further passes, and what was not wanted."""
        if self.recipe is None:
            return []
        recipe, old = self.recipe, self.old if self.is_compared else None
        found = [self.words(_("Prompt"), recipe.prompt, old.prompt if old else None)]
        found += [Words(_("Prompt of another pass"), other) for other in recipe.others]
        negative = old.negative if old else None
        found.append(self.words(_("Negative prompt"), recipe.negative, negative))
        return [each for each in found if each.text or each.spans]

    def words(self, label: str, text: str, old: str | None) -> Words:
        """A prompt beside that of the other version, if that has one."""
        if old is None or self.before is None or not (old or text):
            return Words(label, text)
        if old == text:
            return Words(label, text, same_as=self.before.number)
        numbers = {"old": self.before.number, "new": self.version.number}
        label = _("%(what)s, v%(old)d to v%(new)d") % {"what": label, **numbers}
        return Words(label, text, word_diff.compare(old, text))

    @property
    def changes(self) -> list[Change]:
        """What else changed, in words."""
        if self.recipe is None or self.old is None or not self.is_compared:
            return []
        return [
            Change(label(each.name), each.old, each.new) for each in changes(self.old, self.recipe)
        ]

    @property
    def facts(self) -> list[Fact]:
        """All that is not a prompt, a line each."""
        return list(self._facts(self.recipe)) if self.recipe else []

    def _facts(self, recipe: Recipe) -> Iterator[Fact]:
        if recipe.tool:
            yield Fact(_("Made with"), self.made_with)
        if recipe.model:
            yield Fact(label("model"), recipe.model)
        for lora in recipe.loras:
            yield Fact("LoRA", written(lora))
        for name in ("seed", "steps", "cfg", "sampler", "scheduler", "size"):
            if value := said(recipe, name):
                yield Fact(label(name), value)
        if recipe.parents:
            yield Fact(_("Made from"), ", ".join(recipe.parents))
        saves = [step for step in recipe.history if step.action == "saved"]
        if saves:
            words = ngettext("saved once", "saved %(count)d times", len(saves))
            words %= {"count": len(saves)}
            days = list(dict.fromkeys(filter(None, (day(step.when) for step in saves))))
            span = " – ".join(dict.fromkeys([days[0], days[-1]])) if days else ""
            yield Fact(
                _("Edited"),
                _("%(times)s, %(days)s") % {"times": words, "days": span} if span else words,
            )

    @property
    def extras(self) -> list[Fact]:
        """What else the tool wrote, under its own words, and where all of it stood."""
        if self.recipe is None:
            return []
        found = [Fact(name, value) for name, value in self.recipe.extras.items()]
        places = ", ".join(_(place) if place in PLACES else place for place in self.recipe.sources)
        return [*found, Fact(_("Read from"), places)] if places else found


def label(name: str) -> str:
    """A field in the words of the page; a tool's own word stays."""
    return _(LABELS[name]) if name in LABELS else name


def day(when: str) -> str:
    """The day of an instant as XMP writes it, or nothing."""
    try:
        found: datetime | None = parse_datetime(when)
    except ValueError:
        return ""
    return date_format(found, "DATE_FORMAT") if found else ""
