"""The settings of the studio and of the person."""

import shutil
from datetime import datetime
from typing import Any

from allauth.account.views import PasswordChangeView
from django.conf import settings as house
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from studio.accounts.cookies import remember
from studio.accounts.forms import THEMES, PassphraseForm, SettingsForm
from studio.accounts.models import User
from studio.store import remote
from studio.store.models import Setting
from timelog.models import Intention


def settings(request: HttpRequest) -> HttpResponse:
    """Name, reason, language, theme, time; and where everything lies."""
    user = request.user
    assert isinstance(user, User)
    theme_now: str = getattr(request, "theme", "")
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            form.save(user)
            with translation.override(user.language):
                messages.success(request, _("Saved."))
            response = redirect("accounts:settings")
            remember(response, "theme", user.theme)
            remember(response, "language", user.language)
            return response
    else:
        language = translation.get_language() or "en"
        form = SettingsForm(initial=SettingsForm.initial_of(user, theme_now, language))
    context = {
        "here": "settings",
        "form": form,
        "earlier": Intention.objects.exclude(until=None),
        "data": house.STUDIO_DATA,
        "remote": remote.state(),
        "backup": last_backup(),
        "room": shutil.disk_usage(house.STUDIO_DATA).free,
        "database": house.DATABASES["default"]["ENGINE"].rpartition(".")[2],
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings.html", context, status=status)


def last_backup() -> dict[str, Any] | None:
    """When the last archive was written and proven, where, and how large."""
    kept = Setting.read("storage.backup")
    return {**kept, "at": datetime.fromisoformat(kept["at"])} if kept else None


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the system has it; back to the page it was changed on."""
    user = request.user
    assert isinstance(user, User)
    chosen = request.POST.get("theme", "")
    user.theme = chosen if chosen in dict(THEMES) else ""
    user.save(update_fields=["theme"])
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    remember(response, "theme", user.theme)
    return response


class Passphrase(PasswordChangeView):  # type: ignore[misc]
    """A new passphrase; the library signs the other devices out."""

    form_class = PassphraseForm
    template_name = "accounts/passphrase.html"
    success_url = reverse_lazy("accounts:settings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The room it belongs to."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"here": "settings"}

    def form_valid(self, form: PassphraseForm) -> HttpResponse:
        """Changed; say so."""
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("The passphrase was changed."))
        return response

    def form_invalid(self, form: PassphraseForm) -> HttpResponse:
        """The same page with a sentence."""
        return self.render_to_response(  # type: ignore[no-any-return]
            self.get_context_data(form=form), status=422
        )


passphrase = Passphrase.as_view()
