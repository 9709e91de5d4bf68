"""Kinds of work, the weekly aims, and hours carried over."""

from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studio.lib.htmx import render
from timelog.forms import AimsForm, BalanceForm, KindForm, LevelForm, MilestoneForm
from timelog.models import Forecast, Kind, OpeningBalance
from timelog.state import Hours

UNDO = "timelog.undo.balance"


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """What the hours are made of: kinds, aims, what was carried over, milestones."""
    return kinds_page(request)


def kinds_page(
    request: HttpRequest,
    *,
    kind_form: KindForm | None = None,
    aims_form: AimsForm | None = None,
    balance_form: BalanceForm | None = None,
    milestone_form: MilestoneForm | None = None,
    level_form: LevelForm | None = None,
) -> HttpResponse:
    """The page, with one of its forms as it was sent."""
    hours = Hours.of(request)
    context = {
        "here": "time",
        "hours": hours,
        "balances": OpeningBalance.objects.select_related("kind"),
        "kind_form": kind_form or KindForm(auto_id="kind_%s"),
        "aims_form": aims_form or aims_form_of(hours),
        "balance_form": balance_form
        or BalanceForm(auto_id="balance_%s", initial={"as_of": hours.today}),
        "milestone_form": milestone_form or MilestoneForm(auto_id="milestone_%s"),
        "level_form": level_form or LevelForm(auto_id="level_%s", initial={"began": hours.level}),
    }
    bound = kind_form or aims_form or balance_form or milestone_form or level_form
    return render(request, "timelog/kinds.html", context, status=422 if bound else 200)


@require_POST
def kind_new(request: HttpRequest) -> HttpResponse:
    """Add a kind."""
    form = KindForm(request.POST, instance=Kind(key=uuid4().hex[:12]), auto_id="kind_%s")
    if not form.is_valid():
        return kinds_page(request, kind_form=form)
    form.save()
    messages.success(request, _("Added."))
    return redirect("timelog:kinds")


@require_http_methods(["GET", "HEAD", "POST"])
def kind_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a kind, change how it counts, or retire it. Its hours stay."""
    kind = get_object_or_404(Kind, pk=pk)
    form = KindForm(request.POST or None, instance=kind, initial={"name": kind.said})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("timelog:kinds")
    context = {"here": "time", "form": form, "kind": kind}
    return render(request, "timelog/kind_edit.html", context, status=422 if form.is_bound else 200)


def aims_form_of(hours: Hours, data: object = None) -> AimsForm:
    """The aims as they stand, or as they were sent."""
    return AimsForm(data, kinds=hours.choices, writing=hours.aim, auto_id="aims_%s")


@require_http_methods(["GET", "HEAD", "POST"])
def aims(request: HttpRequest) -> HttpResponse:
    """Say what a week is meant to be."""
    if request.method != "POST":
        return redirect(f"{reverse('timelog:kinds')}#aims")
    form = aims_form_of(Hours.of(request), request.POST)
    if not form.is_valid():
        return kinds_page(request, aims_form=form)
    Kind.objects.aim(form.cleaned_data["writing"], form.lengths())
    messages.success(request, _("Saved."))
    return redirect("timelog:kinds")


@require_http_methods(["GET", "HEAD", "POST"])
def level(request: HttpRequest) -> HttpResponse:
    """Say since when the hours come as they do now; an empty day means since the first."""
    if request.method != "POST":
        return redirect(f"{reverse('timelog:kinds')}#level")
    form = LevelForm(request.POST, auto_id="level_%s")
    if not form.is_valid():
        return kinds_page(request, level_form=form)
    Forecast.objects.begin_level(form.cleaned_data["began"])
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('timelog:kinds')}#level")


@require_http_methods(["GET", "HEAD", "POST"])
def balance(request: HttpRequest) -> HttpResponse:
    """Carry hours over."""
    if request.method != "POST":
        return kinds_page(request)
    form = BalanceForm(request.POST, auto_id="balance_%s")
    if not form.is_valid():
        return kinds_page(request, balance_form=form)
    form.save()
    messages.success(request, _("Carried over."))
    return redirect("timelog:kinds")


@require_POST
def balance_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was carried over, and offer to bring it in again."""
    removed = get_object_or_404(OpeningBalance, pk=pk).remove()
    token = signing.dumps(removed, salt=UNDO, compress=True)
    undo = reverse("timelog:balance_bring_back", args=[token])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect("timelog:kinds")


@require_POST
def balance_bring_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo that."""
    try:
        OpeningBalance.bring_back(signing.loads(token, salt=UNDO, max_age=24 * 3600))
    except (signing.BadSignature, Kind.DoesNotExist):
        messages.error(request, _("That can no longer be undone."))
    else:
        messages.success(request, _("It is back."))
    return redirect("timelog:kinds")
