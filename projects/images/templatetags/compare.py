"""What the compare page hands its script; and how versions were made."""

import json
from typing import Any

from django import template

from projects.images import change_words
from projects.images.making import Making
from projects.images.models import Version

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """JSON for a data attribute; the template escapes it."""
    return json.dumps(value, separators=(",", ":"))


@register.filter
def making(version: Version) -> Making:
    """How a version was made, beside no other."""
    return Making.of(version)


@register.filter
def percent(value: float) -> str:
    """A relative length as SVG writes it."""
    return f"{100 * value:.3f}%"


@register.filter
def frame_share(value: float) -> str:
    """A share of the frame in words: "12 %"."""
    return change_words.share(value)
