"""Set-up, sign-in, sign-out."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters

from studio.accounts import setup_code
from studio.accounts.cookies import remember
from studio.accounts.forms import LANGUAGES, SetUpForm, SignInForm
from studio.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("passphrase", "code")
@login_not_required
def welcome(request: HttpRequest) -> HttpResponse:
    """The set-up page, for whoever holds the one-time code; gone once there is an owner."""
    if User.objects.exists():
        raise Http404
    code = request.POST.get("code") or request.GET.get("code", "")
    if setup_code.tried_too_often():
        return render(request, "429.html", status=429)
    if not code or not setup_code.check(code):
        status = 403 if code else 200
        return render(request, "accounts/door.html", {"wrong": bool(code)}, status=status)
    language = spoken(request)
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return begin(request, form, code, language)
    with translation.override(language):
        context = {"form": form, "code": code, "languages": LANGUAGES, "language": language}
        status = 422 if form.is_bound else 200
        response = render(request, "accounts/welcome.html", context, status=status)
    remember(response, "language", language)
    return response


def begin(request: HttpRequest, form: SetUpForm, code: str, language: str) -> HttpResponse:
    """Spend the code, make the owner and what belongs to them, and go to work."""
    with transaction.atomic():
        if not setup_code.spend(code) or User.objects.exists():
            raise Http404
        user = form.save(language)
    login(request, user, BACKEND)
    response = redirect("desk:today")
    remember(response, "language", language)
    return response


def spoken(request: HttpRequest) -> str:
    """The language that was asked for on the page, else the one the request came in."""
    chosen = request.POST.get("language") or request.GET.get("language", "")
    return chosen if chosen in dict(LANGUAGES) else (translation.get_language() or "en")


class SignIn(LoginView):  # type: ignore[misc]
    """Sign-in by the library: its limits, its timing, its session; our page."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the library's links to pages that this house does not have."""
        return super(LoginView, self).get_context_data(**kwargs)  # type: ignore[no-any-return]

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """In; with the light and the words this person chose."""
        response: HttpResponse = super().form_valid(form)
        if isinstance(form.user, User):
            remember(response, "theme", form.user.theme)
            remember(response, "language", form.user.language)
        return response

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """The same page with a sentence; nothing changed."""
        often = form.has_error("password", "too_many_login_attempts")
        return self.render_to_response(  # type: ignore[no-any-return]
            self.get_context_data(form=form), status=429 if often else 422
        )


class SignOut(LogoutView):  # type: ignore[misc]
    """Sign-out, by POST; GET asks first."""

    template_name = "accounts/sign_out.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Out; pictures kept by the browser go too. Unsaved words in its storage stay."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


sign_in = SignIn.as_view()
sign_out = SignOut.as_view()
