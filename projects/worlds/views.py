"""Pages of worlds and of their bible."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studio.lib.htmx import render

from .forms import EntryForm, WorldForm
from .models import Entry, World

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def world_list(request: HttpRequest) -> HttpResponse:
    """All worlds; the only one opens at once, unless ?all is asked for."""
    worlds = list(World.objects.with_entry_count())
    if len(worlds) == 1 and "all" not in request.GET:
        return redirect("worlds:world", worlds[0].pk)
    return render(request, "worlds/world_list.html", {"here": "world", "worlds": worlds})


@require_form
def world_new(request: HttpRequest) -> HttpResponse:
    """Begin a world."""
    form = WorldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        messages.success(request, _("%s begun.") % made.title)
        return redirect("worlds:world", made.pk)
    context = {"here": "world", "form": form}
    return render(request, "worlds/world_new.html", context, status=422 if form.is_bound else 200)


@require_safe
def world(request: HttpRequest, pk: int) -> HttpResponse:
    """A world: its books, its bible, its threads."""
    found = get_object_or_404(World, pk=pk)
    kind = request.GET.get("kind", "")
    entries = list(found.entries.without_body().with_covers())
    indexed = [entry for entry in entries if entry.kind != Entry.Kind.THREAD]
    tabs = [(key, label, sum(entry.kind == key for entry in indexed)) for key, label in Entry.TABS]
    kind = kind if any(key == kind and number for key, _label, number in tabs) else ""
    context = {
        "here": "world",
        "world": found,
        "kind": kind,
        "tabs": [("", _("All"), len(indexed)), *tabs],
        "entries": [entry for entry in indexed if kind in ("", entry.kind)],
        "threads": [entry for entry in entries if entry.kind == Entry.Kind.THREAD],
    }
    return render(request, "worlds/world.html", context, parts=("bible",))


@require_form
def world_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a world's names."""
    found = get_object_or_404(World, pk=pk)
    form = WorldForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("worlds:world", found.pk)
    context = {"here": "world", "world": found, "form": form}
    return render(request, "worlds/world_edit.html", context, status=422 if form.is_bound else 200)


@require_form
def entry_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down one more thing that is true; ?kind says what sort."""
    found = get_object_or_404(World, pk=pk)
    kind = request.GET.get("kind", "")
    first = {"kind": kind if kind in Entry.Kind.values else Entry.Kind.PERSON}
    form = EntryForm(request.POST or None, instance=Entry(world=found), initial=first)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        messages.success(request, _("%s is in the bible.") % made.title)
        return redirect("worlds:entry", made.pk)
    context = {"here": "world", "world": found, "form": form}
    return render(request, "worlds/entry_new.html", context, status=422 if form.is_bound else 200)


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry of the bible."""
    found = get_object_or_404(Entry.objects.with_names().with_covers(), pk=pk)
    context = {"here": "world", "world": found.world, "entry": found}
    return render(request, "worlds/entry.html", context)


@require_form
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry."""
    found = get_object_or_404(Entry.objects.with_names(), pk=pk)
    form = EntryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("worlds:entry", found.pk)
    context = {"here": "world", "world": found.world, "entry": found, "form": form}
    return render(request, "worlds/entry_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def entry_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the entry a picture of its own, and go where its versions are added."""
    found = get_object_or_404(Entry, pk=pk)
    return redirect("images:image", found.begin_picture().pk)
