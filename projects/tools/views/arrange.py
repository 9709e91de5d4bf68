"""Tools and capabilities by hand: name them, put them in order, retire them, remove them."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.tools.forms import CapabilityForm, ToolForm
from projects.tools.models import Capability, Tool
from studio.lib.htmx import render

UNDO = "tools.undo"
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def arrange(request: HttpRequest) -> HttpResponse:
    """All tools and capabilities, those no longer used among them."""
    return arrange_page(request)


def arrange_page(
    request: HttpRequest,
    *,
    tool_form: ToolForm | None = None,
    capability_form: CapabilityForm | None = None,
) -> HttpResponse:
    """The page, with one of its forms as it was sent."""
    context = {
        "here": "tools",
        "tools": Tool.objects.all(),
        "capabilities": list(Capability.objects.by_group()),
        "tool_form": tool_form or ToolForm(auto_id="tool_%s"),
        "capability_form": capability_form or CapabilityForm(auto_id="capability_%s"),
    }
    status = 422 if tool_form or capability_form else 200
    return render(request, "tools/arrange.html", context, parts=("arranged",), status=status)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with the short list of capabilities."""
    number = Capability.objects.begin()
    words = ngettext("%(n)d capability added.", "%(n)d capabilities added.", number)
    messages.success(request, words % {"n": number})
    return redirect("tools:arrange")


@require_POST
def tool_new(request: HttpRequest) -> HttpResponse:
    """Add a tool."""
    form = ToolForm(request.POST, auto_id="tool_%s")
    if not form.is_valid():
        return arrange_page(request, tool_form=form)
    return added(request, form.save())


@require_POST
def capability_new(request: HttpRequest) -> HttpResponse:
    """Add a capability."""
    form = CapabilityForm(request.POST, auto_id="capability_%s")
    if not form.is_valid():
        return arrange_page(request, capability_form=form)
    return added(request, form.save())


def added(request: HttpRequest, new: Tool | Capability) -> HttpResponse:
    """Back to the page, where the next one can be named."""
    messages.success(request, _("%s added.") % new)
    return redirect("tools:arrange")


@require_form
def tool_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a tool, note its new version, or retire it. Its tests stay."""
    found = get_object_or_404(Tool, pk=pk)
    form = ToolForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return saved(request, form)
    context = {"here": "tools", "tool": found, "form": form}
    return render(request, "tools/tool_edit.html", context, status=422 if form.is_bound else 200)


@require_form
def capability_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a capability, move it to another group, or retire it. Its tests stay."""
    found = get_object_or_404(Capability, pk=pk)
    form = CapabilityForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return saved(request, form)
    context = {"here": "tools", "capability": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "tools/capability_edit.html", context, status=status)


def saved(request: HttpRequest, form: ToolForm | CapabilityForm) -> HttpResponse:
    """Keep what was changed."""
    form.save()
    messages.success(request, _("Saved."))
    return redirect("tools:arrange")


@require_POST
def tool_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a tool one place."""
    return moved(request, get_object_or_404(Tool, pk=pk))


@require_POST
def capability_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a capability one place within its group."""
    return moved(request, get_object_or_404(Capability, pk=pk))


def moved(request: HttpRequest, row: Tool | Capability) -> HttpResponse:
    """Move it up or down."""
    row.move_by(-1 if request.POST.get("step") == "up" else 1)
    return redirect("tools:arrange")


@require_POST
def tool_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a tool that was named by mistake."""
    return removed(request, get_object_or_404(Tool, pk=pk), "tool")


@require_POST
def capability_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a capability that was named by mistake."""
    return removed(request, get_object_or_404(Capability, pk=pk), "capability")


def removed(request: HttpRequest, row: Tool | Capability, kind: str) -> HttpResponse:
    """Remove what nothing hangs on, and offer to bring it back."""
    try:
        token = signing.dumps(row.remove(), salt=f"{UNDO}.{kind}", compress=True)
    except ProtectedError:
        words = _("%s has tests, or something waits for it. Mark it as no longer used instead.")
        messages.error(request, words % row)
        return redirect(f"tools:{kind}_edit", row.pk)
    undo = reverse(f"tools:{kind}_bring_back", args=[token])
    messages.success(request, _("Removed."), extra_tags=undo)
    return redirect("tools:arrange")


@require_POST
def tool_bring_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo the removal of a tool."""
    return brought_back(request, Tool, token)


@require_POST
def capability_bring_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo the removal of a capability."""
    return brought_back(request, Capability, token)


def brought_back(
    request: HttpRequest, model: type[Tool] | type[Capability], token: str
) -> HttpResponse:
    """Make it again as it was."""
    salt = f"{UNDO}.{model._meta.model_name}"
    try:
        fields: dict[str, Any] = signing.loads(token, salt=salt, max_age=24 * 3600)
    except signing.BadSignature:
        messages.error(request, _("That can no longer be undone."))
    else:
        model.bring_back(fields)
        messages.success(request, _("It is back."))
    return redirect("tools:arrange")
