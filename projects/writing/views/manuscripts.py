"""Bring in a manuscript: choose files, look at what they are, then keep them."""

import shutil
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from projects.worlds.models import World
from projects.writing.bring_in import bring_in
from projects.writing.manuscript import Manuscript, Unreadable, read
from projects.writing.manuscript.files import Refused
from projects.writing.manuscript.report import rows
from projects.writing.manuscript.unpack import unpack
from studio.lib.htmx import render
from studio.store.uploads import Uploads, clean, lay

uploads = Uploads("manuscripts")


@require_http_methods(["GET", "HEAD", "POST"])
def manuscript_import(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: choose files. POST with files: what they are. POST with a token: keep them."""
    world = get_object_or_404(World, pk=pk)
    if request.method != "POST":
        return page(request, world)
    try:
        if "token" in request.POST:
            return keep(request, world, waiting(request.POST["token"]))
        source, token = receive(request)
        manuscript = read(source, key_of(source))
    except (Unreadable, Refused) as error:
        return page(request, world, error=str(error))
    if not manuscript.books and not manuscript.entries:
        return page(request, world, error=_("There is no text in these files."))
    return page(request, world, manuscript=manuscript, token=token)


def page(
    request: HttpRequest,
    world: World,
    *,
    manuscript: Manuscript | None = None,
    token: str = "",
    error: str = "",
) -> HttpResponse:
    """The page, with what was found or what is wrong."""
    context = {
        "here": "writing",
        "world": world,
        "manuscript": manuscript,
        "rows": list(rows(manuscript)) if manuscript else [],
        "token": token,
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "writing/manuscript_import.html", context, status=status)


def keep(request: HttpRequest, world: World, source: Path) -> HttpResponse:
    """Keep what was looked at, and go where the author can read it."""
    outcome = bring_in(read(source, key_of(source)), world)
    shutil.rmtree(source.parent, ignore_errors=True)
    added, aside = outcome.of("added"), outcome.of("kept aside")
    if added or outcome.of("changed"):
        words = ngettext("%(n)d piece brought in.", "%(n)d pieces brought in.", added)
        messages.success(request, words % {"n": added})
    else:
        messages.success(request, _("All of it was here already."))
    if aside:
        words = ngettext(
            "%(n)d text differs from yours; both are kept.",
            "%(n)d texts differ from yours; both are kept.",
            aside,
        )
        messages.warning(request, words % {"n": aside})
    if outcome.books:
        return redirect("writing:book", outcome.books[0].pk)
    return redirect("worlds:world", world.pk)


# --- what was sent --------------------------------------------------------------------------
def receive(request: HttpRequest) -> tuple[Path, str]:
    """Lay the uploaded files down; the path to read, and the token that finds it again."""
    files = request.FILES.getlist("files")
    if not files:
        raise Unreadable(_("Choose at least one file."))
    folder, token = uploads.begin()
    if len(files) == 1:
        return lay_one(files[0], folder), token
    name = clean(request.POST.get("title", "").strip() or _("Manuscript"))
    for file in files:
        lay(file, folder / name / clean(file.name or ""))
    return folder / name, token


def lay_one(file: "UploadedFile[bytes]", folder: Path) -> Path:
    """One file as it is, or an archive unpacked."""
    name = clean(file.name or "")
    path = lay(file, folder / name)
    if path.suffix.lower() != ".zip":
        return path
    inside = folder / Path(name).stem
    unpack(path, inside)
    path.unlink()
    # An archive of one folder is that folder.
    entries = list(inside.iterdir()) if inside.is_dir() else []
    if len(entries) == 1 and entries[0].is_dir():
        only = folder / "only"
        entries[0].rename(only)
        shutil.rmtree(inside)
        only.rename(inside)
    return inside


def waiting(token: str) -> Path:
    """The upload a token stands for."""
    source = uploads.find(token)
    if source is None:
        raise Unreadable(_("These files have waited too long; choose them again."))
    return source


def key_of(source: Path) -> str:
    """An upload is known by its name."""
    return f"upload:{source.name}"
