"""Words worked: today against its target, the year, each book."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.writing.forms import DailyForm
from projects.writing.models import Effort
from projects.writing.worked import Aim, Daily, by_book, settings, unit_in_use, year_of
from studio.lib.htmx import render


@require_http_methods(["GET", "HEAD", "POST"])
def worked(request: HttpRequest) -> HttpResponse:
    """What was written by hand, and the target of a day."""
    days, kept = settings()
    aim = Aim.read(kept, unit_in_use())
    form = DailyForm(request.POST or None, initial={**aim._asdict(), "target": aim.target or None})
    if request.method == "POST" and form.is_valid():
        form.aim.keep()
        messages.success(request, _("Saved."))
        return redirect("writing:worked")
    today = days.today()
    year = year_of(Effort.objects.all(), aim.unit, today)
    context = {
        "here": "writing",
        "form": form,
        "year": year,
        "daily": Daily(year.daily, aim.target, aim.unit),
        "books": by_book(aim.unit, today),
        "unit": aim.unit,
    }
    return render(request, "writing/worked.html", context, status=422 if form.is_bound else 200)
