"""The page of the voice, and the two things that can be asked there."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.voice.forms import HomeForm
from projects.voice.models import Profile, language_of
from projects.voice.page import Page, books_of, chapters_with_words
from projects.writing.models import Chapter, Scene
from studio.lib.htmx import render


@require_safe
def voice(request: HttpRequest) -> HttpResponse:
    """One chapter beside home; ?chapter says which, else the one last worked in."""
    return voice_page(request)


def voice_page(
    request: HttpRequest, form: HomeForm | None = None, status: int = 200
) -> HttpResponse:
    """The page, with a form that was refused or a fresh one."""
    chapters = chapters_with_words()
    asked = request.GET.get("chapter") or request.POST.get("chapter") or ""
    chapter = next((each for each in chapters if str(each.pk) == asked), None)
    if chapter is None:
        chapter = last_worked(chapters)
    if chapter is None:
        return render(request, "voice/voice.html", {"here": "voice"}, parts=("reading", "state"))
    profiles = {each.language: each for each in Profile.objects.select_related("book")}
    language = language_of(chapter.book)
    page = Page.of(chapter, profiles.get(language))
    context = {
        "here": "voice",
        "page": page,
        "said": said(profiles),
        "books": [(book, own) for book, own in books_of(chapters) if language_of(book) == language],
        "languages": languages(chapters, chapter),
        "form": form or fresh_form(language, page.profile),
        # Only a whole page asks by itself: a part that fails would ask again and again.
        "asks": page.stale and not page.job and not request.headers.get("HX-Target"),
        "is_part": request.headers.get("HX-Target") == "state",
    }
    parts = ("reading", "state")
    return render(request, "voice/voice.html", context, parts=parts, status=status)


def said(profiles: dict[str, Profile]) -> list[tuple[str, str]]:
    """What the author says of the voice, (language, words): first in the page's own language."""
    codes = [("en", "en"), ("zh", "zh-Hans")]
    if (get_language() or "").startswith("zh"):
        codes.reverse()
    return [
        (code, profiles[key].said) for key, code in codes if key in profiles and profiles[key].said
    ]


def languages(chapters: Sequence[Chapter], shown: Chapter) -> list[tuple[str, Chapter]]:
    """(language, chapter to show there) where there are books in more than one."""
    found = {}
    for each in (shown, *reversed(chapters)):
        language = language_of(each.book)
        if each is shown or language != language_of(shown.book):
            found[language] = each
    return sorted(found.items()) if len(found) > 1 else []


def last_worked(chapters: Sequence[Chapter]) -> Chapter | None:
    """The chapter of the scene last worked in, if it has words, else the last there is."""
    scene = Scene.objects.filter(chars__gt=0).without_text().last_worked() if chapters else None
    if scene is None:
        return None
    return next((each for each in chapters if each.pk == scene.chapter_id), chapters[-1])


def fresh_form(language: str, profile: Profile | None) -> HomeForm:
    """The form as it stands."""
    initial = {"book": profile.book_id, "said": profile.said} if profile else {}
    return HomeForm(initial=initial, language=language)


@require_POST
def home(request: HttpRequest) -> HttpResponse:
    """Make a book home in its language."""
    form = HomeForm(request.POST)
    if not form.is_valid():
        return voice_page(request, form, status=422)
    profile = form.save()
    messages.success(request, _("%s is home.") % profile.book)
    return back_to(request)


@require_POST
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Have what has changed measured again."""
    get_object_or_404(Profile, pk=pk).ask()
    if request.headers.get("HX-Target") == "reading":
        return voice_page(request)
    if (
        request.headers.get("HX-Target") == "voice-line"
    ):  # the writing room, which shows no progress
        return HttpResponse(status=204)
    return back_to(request)


def back_to(request: HttpRequest) -> HttpResponseRedirect:
    """The page, with the chapter that was shown."""
    chapter = request.POST.get("chapter", "")
    answer = redirect("voice:voice")
    if chapter.isdigit() and chapter.isascii():
        answer = HttpResponseRedirect(f"{reverse('voice:voice')}?chapter={chapter}")
    return answer
