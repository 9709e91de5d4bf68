"""Words of tools in templates."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.tools.matrix import UNTRIED, Cell
from projects.tools.models import Capability, Trial

register = template.Library()


@register.filter
def day(value: date) -> str:
    """A day, with its year only when that is not this one."""
    this_year = value.year == timezone.localdate().year
    return date_format(value, "MONTH_DAY_FORMAT" if this_year else "SHORT_DATE_FORMAT")


@register.simple_tag
def cell_label(cell: Cell, capability: Capability) -> str:
    """What a cell says to those who do not see it."""
    tried = cell.state != UNTRIED
    state = Trial.State(cell.state).label if tried else pgettext("a tool", "Untried")
    words = {"tool": cell.tool, "capability": capability, "state": state}
    if cell.due:
        return _("%(tool)s, %(capability)s: %(state)s, test again") % words
    return _("%(tool)s, %(capability)s: %(state)s") % words
