"""Keys for tools: made, shown once, revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from studio.accounts.forms import TokenForm
from studio.accounts.models import Token, User


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens; a new one's secret is on this one answer and nowhere else."""
    user = request.user
    assert isinstance(user, User)
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _token, secret = Token.objects.issue(user, form.cleaned_data["name"])
        form = TokenForm()
    context = {
        "here": "settings",
        "form": form,
        "secret": secret,
        "tokens": Token.objects.filter(user=user),
        "address": request.build_absolute_uri("/api/versions/"),
    }
    return render(request, "accounts/tokens.html", context, status=422 if form.is_bound else 200)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a token back; from now on it opens nothing."""
    found = Token.objects.filter(pk=pk).first()
    if found is not None:
        found.delete()
        messages.success(request, _("“%s” opens nothing any more.") % found.name)
    return redirect("accounts:tokens")
