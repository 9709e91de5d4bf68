"""What the writing room shows of the voice."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from projects.voice.models import Reading
from projects.voice.wording import sentences_beside_home
from projects.writing.models import Scene


def scene_margin(request: HttpRequest, scene: Scene) -> str:
    """One line on the voice of the chapter, from its last reading; one query."""
    found = Reading.objects.select_related("profile__book").defer("lengths", "intervals", "marks")
    reading = found.filter(chapter=scene.chapter_id).first()
    if reading is None:
        return ""
    home, book = reading.profile.home, reading.profile.book
    context = {
        "scene": scene,
        "reading": reading,
        "home": home,
        "within": home.within(reading.distance, reading.measure) if home else None,
        "beside": sentences_beside_home(home, reading.figures, book.title) if home else "",
        # Only of this scene: what the others are now would take another query.
        "is_stale": scene.head > 0 and [scene.pk, scene.head] not in reading.heads,
    }
    return render_to_string("voice/_scene_margin.html", context, request)
