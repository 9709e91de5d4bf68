"""A film's shots in pages. In Python, since a template takes ten times as long for a strip, and
Today shows one at every look."""

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.template.defaultfilters import floatformat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.videos.cards import Card
from projects.videos.models import Passage
from studio.lib.addresses import address

register = template.Library()
NONE_YET = '<i class="none"></i>' * 3


@register.simple_tag
def strip(shots: Iterable[Card]) -> SafeString:
    """{% strip shots %}: each frame as wide as its seconds."""
    frames = "".join(frame(card) for card in shots)
    said = escape(_("Shots in true time"))
    return mark_safe(  # noqa: S308 (all that is not ours is escaped)
        f'<ol class="strip scroll" tabindex="0" aria-label="{said}">{frames}</ol>'
    )


@register.simple_tag
def dots(card: Card) -> SafeString:
    """{% dots card %}: one dot a version."""
    marks = "".join(f'<i class="{dot}"></i>' for dot in card.dots) or NONE_YET
    return mark_safe(  # noqa: S308 (only our own words)
        f'<span class="dots" role="img" aria-label="{escape(in_words(card))}">{marks}</span>'
    )


@register.simple_tag
def into(passage: Passage) -> str:
    """{% into passage %}: the address of quoted words in their scene, marked by the browser."""
    if passage.scene is None:
        return ""
    chapter = address("writing:chapter", passage.scene.chapter_id)
    lines = [line.strip() for line in (passage.words or passage.quote).splitlines() if line.strip()]
    # A comma parts the first words from the last, and a dash would mark what stands around them.
    ends = [quote(line, safe="").replace("-", "%2D") for line in dict.fromkeys(lines)]
    words = ",".join(ends[:1] + ends[1:][-1:])
    return f"{chapter}#scene-{passage.scene_id}:~:text={words}"


def frame(card: Card) -> str:
    """One shot of the strip: to its versions when there is something to choose or look back at."""
    chosen = card.image is not None and (card.choice is not None or len(card.dots) > 1)
    url = (
        address("images:image_compare", card.image or 0)
        if chosen
        else address("videos:shot", card.shot)
    )
    picture = length = ""
    if card.thumb:
        source = address("images:rendition", card.thumb, "256")
        picture = f'<img src="{source}" alt="" loading="lazy" width="480" height="201">'
    if card.state == "choosing":
        said = _("%(s)s s") % {"s": floatformat(card.seconds)}
        length = f'<span class="n">{escape(said)}</span>'
    current = ' aria-current="true"' if card.now else ""
    return (
        f'<li class="sec-{card.step}"{current}><a href="{url}"><div class="frame">{picture}</div>'
        f'<div class="cap"><span class="n">{card.number:02d}<span class="sr"> '
        f"{escape(card.title)}</span></span>{length}</div>{dots(card)}</a></li>"
    )


def in_words(card: Card) -> str:
    """The dots as they are said."""
    number = len(card.dots)
    if not number:
        return _("No version yet")
    if not card.picked:
        words = ngettext(
            "%(counter)s version, none picked", "%(counter)s versions, none picked", number
        )
        return words % {"counter": number}
    words = ngettext(
        "%(counter)s version, v%(pick)s picked", "%(counter)s versions, v%(pick)s picked", number
    )
    return words % {"counter": number, "pick": card.picked}
