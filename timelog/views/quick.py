"""Quick add: one line, read back before it is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from studio.lib.htmx import render
from timelog.entry_form import EntryForm
from timelog.models import TimeEntry
from timelog.overlap import Stretch
from timelog.quick import Known, Meaning, Understood, read, said
from timelog.state import Hours
from timelog.views.entries import done
from timelog.views.overlaps import Asked, written
from timelog.views.week import time_page

LONGEST_LINE = 500
REMEMBERED = 300  # entries whose notes tell which words are of which kind


@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """GET reads a line back; POST keeps it when it is plain, and else asks.

    The last `line` counts: an answer to a question is a button with the whole line.
    """
    hours = Hours.of(request)
    sent = request.POST if request.method == "POST" else request.GET
    line = (sent.getlist("line") or [""])[-1].replace("\x00", "")[:LONGEST_LINE]
    understood = understand(line, hours, sent.get("kind", ""))
    context: dict[str, Any] = {"hours": hours, "line": line}
    if request.method == "POST" and understood.plain:
        try:
            return keep(request, understood, hours)
        except Asked as asked:
            # Said anew, so that the answer means the same tomorrow as it does now.
            context |= {"line": again(understood, line, hours), "ways": asked.ways}
    if line.strip():
        context |= {"quick": understood, "questions": questions(understood)}
    if request.headers.get("HX-Target") == "parsed":
        return render(request, "timelog/_quick_read.html", context)
    form = EntryForm(initial={"day": hours.today})
    status = 422 if request.method == "POST" else 200
    return time_page(request, form, status=status, more=context)


def questions(understood: Understood) -> list[dict[str, Any]]:
    """What is asked: about what, and each answer with its line."""
    return [
        {"about": doubt.about, "answers": [answer(line, meant) for line, meant in doubt.choices]}
        for doubt in understood.doubts
    ]


def answer(line: str, meant: Meaning) -> dict[str, Any]:
    """One answer: a day, a stretch or a length."""
    if isinstance(meant, tuple):
        return {"line": line, "start": meant[0], "end": meant[1]}
    return {"line": line, "day" if isinstance(meant, date) else "seconds": meant}


def understand(line: str, hours: Hours, kind: str = "") -> Understood:
    """What `line` says; `kind`, an id, is the answer to which kind."""
    understood = read(line, known(hours), timezone.now(), hours.days)
    chosen = next((each.pk for each in hours.choices if str(each.pk) == kind), None)
    if understood.guessed and chosen is not None:
        return replace(understood, kind=chosen, guessed=False)
    return understood


def known(hours: Hours) -> Known:
    """The kinds one can choose, by all their names, and what was written of them lately."""
    kinds = {}
    for kind in hours.choices:
        names = {kind.name, kind.key}
        for language in ("en", "zh-hans"):
            with override(language):
                names.add(kind.said)
        kinds[kind.pk] = (tuple(name for name in names if name), kind.family)
    past: dict[str, int] = {}
    usual = None
    for key, note in TimeEntry.objects.latest_notes(REMEMBERED):
        usual = usual or key
        for word in note.lower().split():
            past.setdefault(word, key)
    return Known(kinds, past, usual)


def again(understood: Understood, line: str, hours: Hours) -> str:
    """The line with its day and hours written out, where that reads the same."""
    plain = said(understood)
    read_again = understand(plain, hours, str(understood.kind))
    same = (read_again.start, read_again.end, read_again.seconds, read_again.note)
    was = (understood.start, understood.end, understood.seconds, understood.note)
    return plain if same == was else line


def keep(request: HttpRequest, understood: Understood, hours: Hours) -> HttpResponse:
    """Write the entry, unless it shares time with others and it was not said what to do."""
    kind = next(each for each in hours.choices if each.pk == understood.kind)
    assert understood.day is not None and understood.seconds is not None
    fields = {
        "kind": kind,
        "day": understood.day,
        "seconds": understood.seconds,
        "note": understood.note[:LONGEST_LINE],
    }
    stretch = None
    if understood.start and understood.end:
        stretch = Stretch(understood.start, understood.end, 0, hours.days.zone_name)
    change = written(fields, stretch, request.POST.get("overlap", ""), hours)
    return done(request, _("Added."), change, understood.day)
