"""One page for the whole work."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.videos.cards import running_time
from projects.videos.models import Shot
from projects.writing.models import Scene
from studio.desk.waiting import waiting
from studio.lib.htmx import render
from timelog.models import Intention


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Continue writing; the clock; the concept in the making; what waits; why it began."""
    scene = Scene.objects.last_worked()
    shots = Shot.objects.of_the_concept_in_the_making().cards()
    context = {
        "here": "today",
        "now": timezone.now(),
        "intention": Intention.objects.current(),
        "scene": scene,
        "shots": shots,
        "picked": sum(card.state == "picked" for card in shots),
        "running_time": running_time(shots),
        "waiting": waiting(shots),
    }
    return render(request, "desk/today.html", context)
