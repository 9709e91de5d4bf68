"""One page for the whole work."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.videos.models import Film, Shot, cards_of
from projects.writing.models import Scene
from projects.writing.worked import DAILY, daily
from studio.desk.waiting import waiting
from studio.lib.htmx import render
from studio.lib.prepared import prepared
from timelog.models import Intention
from timelog.state import Hours

films = prepared(lambda: Shot.objects.film_in_the_making())
frames = prepared(lambda film, first, end: Shot.objects.stretch(film, first, end).card_rows())
scenes = prepared(lambda day: Scene.objects.newest_work().with_work_of(day))
intentions = prepared(lambda: Intention.objects.standing())


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Continue writing; the clock; the concept in the making; what waits; why it began."""
    film = next((Film(*row) for row in films()), None)
    hours = Hours.of(request)
    scene = next(iter(scenes(hours.today)), None)
    shots = cards_of(frames(film.pk, *film.stretch)) if film else []
    context = {
        "here": "today",
        "now": timezone.now(),
        "intention": next(iter(intentions()), None),
        "scene": scene,
        "daily": daily(scene, hours.kept.get(DAILY)) if scene else None,
        "film": film,
        "shots": shots,
        "waiting": waiting(shots),
    }
    return render(request, "desk/today.html", context)
