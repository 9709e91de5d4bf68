"""Tags of the house: icons, seals, slots, the import map, durations."""

from collections.abc import Hashable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from studio.lib import slots
from studio.lib.han_dates import han_day, han_weekday
from studio.lib.icons import SEALS, icon_svg
from studio.lib.importmap import importmap_script, preloads
from studio.lib.kept import kept_part
from studio.lib.sentence import Sentence
from studio.lib.styles import stylesheet_links
from studio.lib.text import is_chinese

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """{% icon "pen" %}, or {% icon "pen" "s" %} for the small one."""
    return mark_safe(icon_svg(name, f"icon {size}".strip()))  # noqa: S308 (from our own set)


@register.simple_tag
def seal(glyph: str = "ding", size: str = "", label: str = "", path: str = "") -> SafeString:
    """A seal; `label` says it to a screen reader where no words do; `path` is the author's own."""
    hidden = mark_safe('aria-hidden="true"')
    said = format_html('role="img" aria-label="{}"', label) if label else hidden
    return format_html(
        '<span class="seal {}" {}><svg viewBox="0 0 24 24"><path d="{}"/></svg></span>',
        size,
        said,
        path or SEALS[glyph],
    )


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, thing: Any = None) -> SafeString:
    """What higher apps have to say here: {% slot "scene_margin" scene %}."""
    return slots.render(name, context["request"], thing)


@register.simple_tag
def kept(name: str, **given: Hashable) -> SafeString:
    """{% kept "parts/_rooms.html" here=here %}: an include that knows no more than it is given."""
    return kept_part(name, given)


@register.simple_tag
def importmap() -> SafeString:
    """Where each of our modules lies; allowed by its hash in the policy."""
    return importmap_script()


@register.simple_tag
def modules(name: str) -> SafeString:
    """Ask at once for a module and all that it imports: {% modules "elements/compare-view" %}."""
    return preloads(name)


@register.simple_tag
def stylesheets(*name: str) -> SafeString:
    """The styles every page needs, or a page's own: {% stylesheets "pages/compare" %}."""
    return stylesheet_links(*name)


@register.filter
def hours(seconds: float | None, room: str = "") -> str:
    """9600 -> "2 h 40"; under an hour, "40 min". In "little" room Chinese says 2:40."""
    minutes = round((seconds or 0) / 60)
    if room == "little" and page_is_chinese():
        return f"{minutes // 60}:{minutes % 60:02d}"
    if minutes < 60:
        return _("%(m)d min") % {"m": minutes}
    if minutes % 60 == 0:
        return _("%(h)s h") % {"h": f"{minutes // 60:,}"}
    return _("%(h)s h %(m)02d") % {"h": f"{minutes // 60:,}", "m": minutes % 60}


@register.filter
def clock(seconds: float | None) -> str:
    """2538 -> "0:42:18"; under an hour when given as a film's length it still reads 0:42:18."""
    whole = int(seconds or 0)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


@register.filter
def film_time(seconds: float | None) -> str:
    """78 -> "1:18", in Chinese 1 分 18 秒."""
    whole = round(float(seconds or 0))
    if whole < 60:
        return _("0:%(s)02d") % {"s": whole}
    return _("%(m)d:%(s)02d") % {"m": whole // 60, "s": whole % 60}


# --- words and days ---------------------------------------------------------------------------
@register.filter
def lang(text: str) -> str:
    """The language an author's words are in, for the attribute of that name."""
    return "zh-Hans" if is_chinese(str(text)) else "en"


def page_is_chinese() -> bool:
    """Whether the page speaks Chinese."""
    return (get_language() or "").startswith("zh")


@register.filter
def said(sentence: str) -> str:
    """A sentence of a module that knows no language, in the reader's."""
    if not isinstance(sentence, Sentence):
        return _(sentence) if sentence else ""
    if not sentence.values:
        return _(sentence.form)
    values = {
        name: said(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return _(sentence.form) % values


@register.simple_tag
def gap() -> str:
    """The space between two sentences; Chinese has none."""
    return "" if page_is_chinese() else " "


@register.filter(expects_localtime=True)
def long_day(day: date) -> str:
    """The day as a headline: Thursday 19 November, 十一月十九日 星期四."""
    if page_is_chinese():
        return f"{han_day(day)}\u3000{han_weekday(day)}"
    return date_format(day, "l j F")


@register.filter(expects_localtime=True)
def short_month(day: date, more: str = "") -> str:
    """The month beside a chart: Nov, 11月; with "year", Nov 2026, 2026年11月."""
    if page_is_chinese():
        return f"{day.year}年{day.month}月" if more == "year" else f"{day.month}月"
    return date_format(day, "M Y" if more == "year" else "M")


@register.filter
def short_weekday(day: date) -> str:
    """The day of the week beside a chart: Mon, 一."""
    if page_is_chinese():
        return "一二三四五六日"[day.weekday()]
    return date_format(day, "D")


@register.filter(expects_localtime=True)
def when(moment: datetime) -> str:
    """How long ago, as a person says it: today 23:40, yesterday 23:40, 19 Nov, 19 Nov 2025."""
    today = timezone.localtime().date()
    if moment.date() == today:
        return _("today %(time)s") % {"time": date_format(moment, "TIME_FORMAT")}
    if moment.date() == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": date_format(moment, "TIME_FORMAT")}
    this_year = moment.year == today.year
    return date_format(moment, "MONTH_DAY_FORMAT" if this_year else "SHORT_DATE_FORMAT")
