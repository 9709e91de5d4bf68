"""The public side: copies, and nothing but copies."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from studio.public.composition import Card, Page
from studio.public.feeds import atom, letter_in
from studio.public.middleware import not_there
from studio.public.models import Publication, PublicMedia
from studio.public.printed import Print, answer, root_of
from studio.public.tongues import LANGUAGES

HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
FOREVER = "public, max-age=31536000, immutable"
NAMES = {"en": "English", "zh-hans": "中文"}
EARLIER = 8  # letters named on the front page besides the newest


class Gone(Exception):
    """It was public, and has been withdrawn."""


@login_not_required
@require_safe
def progress(request: HttpRequest, lang: str) -> HttpResponse:
    """The page."""

    def make() -> Print:
        page = page_now()
        context = {**frame(request, lang, "progress"), "page": page}
        return printed("public/progress.html", context, last_change())

    return answer(request, make)


@login_not_required
@require_safe
def progress_letters(request: HttpRequest, lang: str) -> HttpResponse:
    """Every letter there is."""

    def make() -> Print:
        context = {**frame(request, lang, "progress_letters"), "page": page_now()}
        return printed("public/progress_letters.html", context, last_change())

    return answer(request, make)


@login_not_required
@require_safe
def progress_letter(request: HttpRequest, lang: str, public_id: str) -> HttpResponse:
    """One letter."""

    def make() -> Print:
        page = page_now()
        card = next((one for one in page.letters if one.public_id == public_id), None)
        if card is None:
            known = Publication.objects.filter(public_id=public_id, kind="letter").exists()
            raise Gone if known else Http404
        said = letter_in(card, LANGUAGES[lang])
        spoken = [code for code, name in LANGUAGES.items() if name in card.payload["texts"]]
        own = lang if lang in spoken else spoken[0]
        addresses = {code: address("progress_letter", code, public_id) for code in spoken}
        context = {
            **frame(request, lang, "progress_letter", public_id),
            "here": addresses[own],
            "alternates": [(LANGUAGES[code], found) for code, found in addresses.items()],
            "page": page,
            "card": card,
            "said": said,
        }
        return printed("public/progress_letter.html", context, card.updated)

    try:
        return answer(request, make)
    except Gone:
        return not_there(request, 410)


@login_not_required
@require_safe
def progress_feed(request: HttpRequest, lang: str) -> HttpResponse:
    """The Atom feed; there is none before something was published."""

    def make() -> Print:
        authority = Publication.objects.authority()
        changed = last_change()
        if changed is None:
            raise Http404
        with translation.override(lang):
            text = atom(page_now(), lang, root_of(request), authority, changed)
        return Print.of(text, ATOM, changed)

    return answer(request, make)


@login_not_required
@require_safe
def progress_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture, as long as something that is public shows it."""
    copies = Publication.objects.live().filter(media=OuterRef("pk"))
    media = PublicMedia.objects.filter(name=name).annotate(stands=Exists(copies)).first()
    if media is None:
        raise Http404
    if not getattr(media, "stands", False):
        return not_there(request, 410)
    if not media.lay_out():
        raise Http404
    etag = f'"{name.partition(".")[0][:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag)
    if response is None:
        response = FileResponse(media.path.open("rb"), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = FOREVER
    return response


# --- what they share ----------------------------------------------------------------------------
def page_now() -> Page:
    """All that is public, in one query."""
    return Page(card_of(copy) for copy in Publication.objects.live())


def card_of(copy: Publication, standing: str = "public") -> Card:
    """A copy as the page takes it."""
    return Card(
        copy.kind,
        copy.payload,
        copy.public_id,
        copy.tag,
        copy.since,
        copy.published_at,
        standing,
    )


def last_change() -> datetime | None:
    """When the page last changed."""
    return Publication.objects.last_change()


def frame(request: HttpRequest, lang: str, name: str, *args: str) -> dict[str, Any]:
    """What every public page needs: its language, and its address in both."""
    there = next(code for code in LANGUAGES if code != lang)
    return {
        "lang": lang,
        "html_lang": LANGUAGES[lang],
        "root": root_of(request),
        "here": address(name, lang, *args),
        "turned": (LANGUAGES[there], address(name, there, *args), NAMES[there]),
        "alternates": [(LANGUAGES[code], address(name, code, *args)) for code in LANGUAGES],
        "home": address("progress", lang),
        "letters": address("progress_letters", lang),
        "feed": address("progress_feed", lang),
        "earlier": EARLIER,
    }


def address(name: str, lang: str, *args: str) -> str:
    """Where a public page lies in one language."""
    more = {"public_id": args[0]} if args else {}
    return reverse(f"public:{name}", kwargs={"lang": lang, **more})


def printed(template: str, context: dict[str, Any], modified: datetime | None) -> Print:
    """The page in its own language."""
    with translation.override(context["lang"]):
        return Print.of(render_to_string(template, context), HTML, modified)
