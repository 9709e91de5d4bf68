"""What is on the public page, chosen piece by piece."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studio.lib.htmx import render
from studio.public.composition import Card, Page
from studio.public.forms import OwnMilestoneForm, choices_of
from studio.public.models import Letter, NotReady, Piece, Publication, new_public_id
from studio.public.offers import Counter, Offer
from studio.public.tongues import LANGUAGES

from .progress import NAMES, card_of, frame


@require_safe
def publish(request: HttpRequest) -> HttpResponse:
    """Every piece, and how it stands."""
    return publish_page(request, OwnMilestoneForm())


def publish_page(request: HttpRequest, form: OwnMilestoneForm) -> HttpResponse:
    """The list, with the form for a milestone of one's own."""
    counter = Counter()
    letters = Publication.objects.live().filter(kind="letter").count()
    context = {
        "here": "public",
        "offers": counter.offers,
        "public": sum(offer.live is not None for offer in counter.offers) + letters,
        "changed": sum(offer.state == "changed" for offer in counter.offers),
        "letters": letters,
        "lang": language_of(request),
        "drafts": Letter.objects.here().count(),
        "form": form,
    }
    return render(request, "public/publish.html", context, status=422 if form.is_bound else 200)


def offered(name: str) -> Offer:
    """The piece, or 404."""
    offer = Counter().find(name)
    if offer is None:
        raise Http404
    return offer


def language_of(request: HttpRequest) -> str:
    """In which language a preview is asked for: the studio's, if not said."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    mine = get_language() or "en"
    return mine if mine in LANGUAGES else "en"


@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, name: str) -> HttpResponse:
    """Choose what it shows; what would be published stands beside what is public now."""
    offer = offered(name)
    form = choices_of(offer, request.POST or None)
    if request.method == "POST" and form is not None:
        if not form.is_valid():
            return piece_page(request, offer, form, status=422)
        offer.piece.options = form.options
        offer.piece.save()
        messages.success(request, _("Saved. The public page is as it was."))
        return redirect(f"{reverse('public:piece', args=[name])}?lang={language_of(request)}")
    return piece_page(request, offer, form)


def piece_page(
    request: HttpRequest, offer: Offer, form: Any, error: str = "", status: int = 200
) -> HttpResponse:
    """One piece: its choices and both states."""
    lang = language_of(request)
    draft = [draft_of(offer)] if offer.facts is not None else []
    now = [card_of(offer.live)] if offer.live else []
    context = {
        "here": "public",
        "offer": offer,
        "form": form,
        "draft": shown(draft, lang, "-draft"),
        "now": shown(now, lang, "-now"),
        "lang": lang,
        "html_lang": LANGUAGES[lang],
        "languages": LANGUAGES,
        "error": error,
    }
    return render(request, "public/piece.html", context, status=status)


def shown(cards: list[Card], lang: str, side: str) -> str:
    """The section a piece stands in, in the language of the preview; `side` keeps ids apart."""
    if not cards:
        return ""
    context = {
        "page": Page(cards),
        "kind": cards[0].kind,
        "lang": lang,
        "html_lang": LANGUAGES[lang],
        "side": side,
    }
    with translation.override(lang):
        return render_to_string("public/_piece.html", context)


def draft_of(offer: Offer) -> Card:
    """The piece as it would be published, as the page takes it."""
    assert offer.facts is not None
    return Card(offer.kind, offer.facts, offer.piece.public_id, standing=offer.state)


@require_POST
def piece_publish(request: HttpRequest, name: str) -> HttpResponse:
    """Make it public as it is now."""
    offer = offered(name)
    if offer.facts is None:
        raise Http404
    try:
        copy = offer.piece.publish(offer.facts)
    except NotReady as error:
        return piece_page(request, offer, choices_of(offer), str(error), status=422)
    if offer.live is None:
        undo = reverse("public:piece_withdraw", args=[name])
    else:
        undo = reverse("public:publication_restore", args=[offer.live.pk])
    messages.success(request, _("Published."), extra_tags="" if copy == offer.live else undo)
    return redirect("public:publish")


@require_POST
def piece_withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Take it from the public page."""
    kept = get_object_or_404(Piece, name=name)
    live = Publication.objects.live().filter(public_id=kept.public_id).first()
    if live is not None:
        live.withdraw()
        undo = reverse("public:publication_restore", args=[live.pk])
        messages.success(request, _("Withdrawn."), extra_tags=undo)
    return redirect("public:publish")


@require_POST
def piece_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Drop a milestone of one's own that is not public."""
    kept = get_object_or_404(Piece, name=name, name__startswith="milestone-own")
    if Publication.objects.live().filter(public_id=kept.public_id).exists():
        messages.error(request, _("This milestone is public. Withdraw it first."))
    else:
        kept.delete()
        messages.success(request, _("Removed."))
    return redirect("public:publish")


@require_POST
def milestone_new(request: HttpRequest) -> HttpResponse:
    """A milestone in the author's own words."""
    form = OwnMilestoneForm(request.POST)
    if not form.is_valid():
        return publish_page(request, form)
    made = Piece.objects.create(name=f"milestone-own-{new_public_id()}", options=form.options)
    messages.success(request, _("Added. It is private until you publish it."))
    return redirect("public:piece", made.name)


@require_POST
def publication_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an earlier copy back: how publishing and withdrawing are undone."""
    copy = get_object_or_404(Publication, pk=pk)
    copy.restore()
    messages.success(request, _("It is public as it was."))
    if copy.kind == "letter":
        one = Letter.objects.filter(public_id=copy.public_id).first()
        if one is not None:
            return redirect("public:letter", one.pk)
    return redirect("public:publish")


@require_safe
def publish_preview(request: HttpRequest) -> HttpResponse:
    """The whole page as it would be with every piece published; only the author sees it."""
    lang = language_of(request)
    letters = Publication.objects.live().filter(kind="letter")
    cards = [draft_of(offer) for offer in Counter().offers if offer.facts is not None]
    page = Page([*cards, *(card_of(copy) for copy in letters)])
    with translation.override(lang):
        context = {
            **frame(request, lang, "progress"),
            "page": page,
            "preview": True,
            "languages": NAMES,
        }
        return render(request, "public/progress.html", context)
