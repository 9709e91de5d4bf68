"""Letters, on the author's side: written, looked at, published, withdrawn."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studio.lib.htmx import render
from studio.public import letter_text
from studio.public.composition import Card
from studio.public.feeds import letter_in
from studio.public.forms import LetterForm
from studio.public.models import Letter, NotReady, Publication
from studio.public.models.letter import FIELDS, Elsewhere
from studio.public.models.publication import digest
from studio.public.tongues import LANGUAGES

from .progress import card_of

MOST = 4 * 1024 * 1024  # bytes of one save


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """All letters, drafts among them."""
    letters = list(Letter.objects.here())
    copies = {copy.public_id: copy for copy in Publication.objects.live().filter(kind="letter")}
    rows = [(one, standing(one, copies.get(one.public_id))) for one in letters]
    context = {
        "here": "public",
        "rows": [(one, state, copies.get(one.public_id)) for one, state in rows],
        "published": bool(copies),
    }
    return render(request, "public/letter_list.html", context)


def standing(letter: Letter, live: Publication | None) -> str:
    """private, public, or changed since it was published."""
    if live is None:
        return "private"
    return "public" if live.source == digest(letter.facts) else "changed"


@require_POST
def letter_new(request: HttpRequest) -> HttpResponse:
    """Begin one, in the language of the studio."""
    language = LANGUAGES.get(get_language() or "en", "en")
    return redirect("public:letter_edit", Letter.objects.create(language=language).pk)


def found(pk: int) -> Letter:
    """The letter, or 404."""
    return get_object_or_404(Letter, pk=pk, removed=None)


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be published, beside what is public now."""
    return letter_page(request, found(pk))


def letter_page(request: HttpRequest, one: Letter, error: str = "") -> HttpResponse:
    """The page of one letter, with a sentence when it cannot be published."""
    live = Publication.objects.live().filter(public_id=one.public_id).first()
    draft = Card("letter", one.facts)
    state = standing(one, live)
    context = {
        "here": "public",
        "letter": one,
        "state": state,
        "live": live,
        "draft": [letter_in(draft, lang) for lang in draft.payload["texts"]],
        "standing": [letter_in(card_of(live), lang) for lang in live.payload["texts"]]
        if live and state == "changed"
        else [],
        "copies": [copied(*text) for text in one.texts],
        "lang": "en" if one.language == "en" else "zh-hans",
        "error": error,
    }
    return render(request, "public/letter.html", context, status=422 if error else 200)


def copied(lang: str, title: str, body: str) -> dict[str, str]:
    """The letter to be taken elsewhere: as text, as Markdown, as HTML."""
    html = letter_text.html(body, lang == "zh-Hans")
    return {
        "lang": lang,
        "text": f"{title}\n\n{letter_text.plain(body)}\n",
        "markdown": f"# {title}\n\n{body}\n",
        "html": f"<h1>{escape(title)}</h1>\n{html}\n",
    }


@require_http_methods(["GET", "HEAD", "POST", "PUT"])
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor. PUT saves from its script, POST from its form; GET answers JSON when asked."""
    one = found(pk)
    if request.method == "PUT":
        return put(request, one)
    if request.method == "POST":
        return post(request, one)
    if request.accepts("text/html"):
        return editor(request, one, LetterForm(instance=one))
    return JsonResponse({"revision": one.edition, "text": text_of(one)})


def text_of(one: Letter) -> str:
    """All that the author writes, as the script keeps it: one text."""
    return json.dumps(one.fields, ensure_ascii=False, separators=(",", ":"))


def put(request: HttpRequest, one: Letter) -> HttpResponse:
    """A save by the script, in the words of the scenes' editor (docs/decisions)."""
    body = request.read(MOST + 1)
    if len(body) > MOST:
        return JsonResponse({"error": _("The letter is too long.")}, status=413)
    try:
        said = json.loads(body)
        fields, base = dict(json.loads(said["text"])), int(said["base"])
    except (ValueError, TypeError, KeyError, AttributeError):
        sentence = _("This is not a save: it needs text, base and key.")
        return JsonResponse({"error": sentence}, status=400)
    form = LetterForm(fields, instance=Letter(pk=one.pk))
    if not form.is_valid():
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"error": sentence}, status=422)
    outcome = one.write(written(form), base)
    if isinstance(outcome, Elsewhere):
        now = outcome.letter
        theirs = {"revision": now.edition, "text": text_of(now), "yours": 0}
        return JsonResponse(theirs, status=409)
    saved_at = one.updated.isoformat()
    return JsonResponse({"revision": one.edition, "head": one.edition, "saved_at": saved_at})


def post(request: HttpRequest, one: Letter) -> HttpResponse:
    """A save by the form; one that comes late shows both texts, and keeps the one in the form."""
    form = LetterForm(request.POST, instance=Letter(pk=one.pk))
    base = request.POST.get("base", "")
    if not form.is_valid() or not base.isdecimal():
        return editor(request, one, form, status=422)
    outcome = one.write(written(form), int(base))
    if isinstance(outcome, Elsewhere):
        return editor(request, outcome.letter, form, elsewhere=outcome.letter, status=409)
    if "look" in request.POST:
        return redirect("public:letter", one.pk)
    messages.success(request, _("Saved."))
    return redirect("public:letter_edit", one.pk)


def written(form: LetterForm) -> dict[str, str]:
    """What the author wrote."""
    return {name: form.cleaned_data[name] for name in FIELDS}


def editor(
    request: HttpRequest,
    one: Letter,
    form: LetterForm,
    elsewhere: Letter | None = None,
    status: int = 200,
) -> HttpResponse:
    """The room in which a letter is written."""
    context: dict[str, Any] = {
        "here": "public",
        "letter": one,
        "form": form,
        "elsewhere": elsewhere,
        "live": Publication.objects.live().filter(public_id=one.public_id).exists(),
    }
    return render(request, "public/letter_edit.html", context, status=status)


@require_POST
def letter_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it public as it is now."""
    one = found(pk)
    before = Publication.objects.live().filter(public_id=one.public_id).first()
    try:
        copy = one.publish()
    except NotReady as error:
        return letter_page(request, one, str(error))
    if before is None:
        undo = reverse("public:letter_withdraw", args=[pk])
    else:
        undo = reverse("public:publication_restore", args=[before.pk])
    messages.success(request, _("Published."), extra_tags="" if copy == before else undo)
    return redirect("public:letter", pk)


@require_POST
def letter_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it from the public page; its address answers 410 from now on."""
    one = get_object_or_404(Letter, pk=pk)
    live = Publication.objects.live().filter(public_id=one.public_id).first()
    if live is not None:
        live.withdraw()
        undo = reverse("public:publication_restore", args=[live.pk])
        messages.success(request, _("Withdrawn."), extra_tags=undo)
    return redirect("public:letter", pk)


@require_POST
def letter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft away."""
    one = found(pk)
    try:
        one.remove()
    except NotReady as error:
        return letter_page(request, one, str(error))
    undo = reverse("public:letter_bring_back", args=[pk])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect("public:letter_list")


@require_POST
def letter_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    get_object_or_404(Letter, pk=pk).bring_back()
    messages.success(request, _("It is back."))
    return redirect("public:letter", pk)
