"""How the templates of the hours say a range of days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timelog.spans import Span

register = template.Library()


@register.filter
def when(span: Span) -> str:
    """ "between November 2029 and February 2032, most likely November 2030", or less."""

    def day(which: date | None) -> str:
        return date_format(which, span.form) if which else ""

    days = {"first": day(span.first), "middle": day(span.middle), "last": day(span.last)}
    if not span.first:
        return _("not in sight")
    if not span.middle:
        return _("not before %(first)s") % days
    if not span.last:
        return _("not before %(first)s, most likely %(middle)s") % days
    if span.is_short:
        return _("about %(day)s") % {"day": days["middle"]}
    return _("between %(first)s and %(last)s, most likely %(middle)s") % days


@register.filter
def wall(instant: datetime, zone: str = "") -> str:
    """What the clock on the wall said: "22:10", in the entry's own zone."""
    local = timezone.localtime(instant, ZoneInfo(zone) if zone else None)
    return f"{local:%H:%M}"
