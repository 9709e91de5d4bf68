"""What a person fills in at the door and in the settings."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from projects.worlds.models import World
from studio.accounts.models import User
from studio.lib.cjk_font import NoFont, font_file
from studio.store.days import DAY_STARTS_AT
from studio.store.models import Setting
from studio.store.models.job import new_job
from timelog.forgotten import PATIENCE, PATIENCES
from timelog.models import Intention
from timelog.silences import AFTER

# Each language in its own words, whatever the page speaks.
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
THEMES = [("", _("System")), ("light", _("Light")), ("dark", _("Dark"))]
SAMPLE_STORY = "studio.ops.tasks.tell_story"
TOO_WEAK = {
    "password_too_short": _("Use at least 10 characters; a few words are easy to keep."),
    "password_too_common": _("That one stands on every list of guesses. Take another."),
    "password_too_similar": _("That is too close to the name. Take another."),
}


def passphrase_field(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    """A field whose text never comes back in the page and is taken as it was typed."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "input"})
    return forms.CharField(label=label, strip=False, max_length=1000, widget=widget, **more)


def check_strength(passphrase: str, user: User) -> None:
    """Refuse a weak one in our own words."""
    try:
        validate_password(passphrase, user)
    except ValidationError as error:
        raise ValidationError(
            [
                ValidationError(TOO_WEAK.get(each.code or "", each.messages[0]), code=each.code)
                for each in error.error_list
            ]
        ) from None


class SetUpForm(forms.Form):
    """The first page: who, which world, and why.

    A studio that came back from a backup knows its world and its reason; it asks for a key only.
    """

    why = forms.CharField(
        label=_("Why I started"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 1, "class": "sentence", "autofocus": True}),
        error_messages={"required": _("One sentence is enough. It can be changed later.")},
    )
    world = forms.CharField(
        label=_("Title of your world"),
        max_length=200,
        error_messages={"required": _("Give your world a name. It can be changed later.")},
    )
    other_title = forms.CharField(
        label=_("The same in another language"), max_length=200, required=False
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name your studio should call you by.")},
    )
    passphrase = passphrase_field(
        _("Passphrase"),
        "new-password",
        help_text=_("At least 10 characters. Nobody can send you a new one, so keep it well."),
        error_messages={"required": _("Choose a passphrase; it is the only key to the studio.")},
    )

    story = forms.BooleanField(label=_("Begin with the sample story"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.came_back = World.objects.exists()
        if self.came_back:
            for name in ("why", "world", "other_title", "story"):
                del self.fields[name]
            self.fields["name"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any] | None:
        """The passphrase must not be the name or the world."""
        given = super().clean() or {}
        if passphrase := given.get("passphrase"):
            name = given.get("name", "")
            titles = {given.get("world", "").casefold(), given.get("other_title", "").casefold()}
            if passphrase.strip().casefold() in titles:
                self.add_error("passphrase", _("That is the world's title. Take another."))
            try:
                check_strength(passphrase, User(username=sign_in_name(name), name=name))
            except ValidationError as error:
                self.add_error("passphrase", error)
        return given

    def save(self, language: str) -> User:
        """The owner, the world and the reason, all or nothing."""
        given = self.cleaned_data
        with transaction.atomic():
            user = User.objects.create_user(
                sign_in_name(given["name"]),
                password=given["passphrase"],
                name=given["name"],
                language=language,
                is_superuser=True,
            )
            if not self.came_back:
                World.objects.create(title=given["world"], other_title=given["other_title"])
                Intention.objects.say(given["why"])
            if given.get("story"):
                # By its name: commands over all rooms stand above this one.
                new_job(SAMPLE_STORY, [], {})
            user.zone = Setting.read("time.zone", "")
            user.save(update_fields=["zone"])
        return user


def sign_in_name(name: str) -> str:
    """What the account is called where a name without spaces is needed."""
    return slugify(name, allow_unicode=True)[:150] or "owner"


class SignInForm(LoginForm):  # type: ignore[misc]
    """With one account the passphrase is enough; with several, the name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = User.objects.filter(is_active=True).values_list("username", flat=True)[:2]
        self.only = names[0] if len(names) == 1 else ""
        self.fields["password"] = passphrase_field(
            _("Passphrase"),
            "current-password",
            error_messages={"required": _("Type the passphrase.")},
        )
        self.fields["remember"] = forms.BooleanField(
            label=_("Stay signed in on this device"), required=False, initial=True
        )
        if self.only:
            del self.fields["login"]
        else:
            self.fields["login"] = forms.CharField(
                label=_("Name"),
                max_length=150,
                widget=forms.TextInput(attrs={"autocomplete": "username"}),
                error_messages={"required": _("Write your name.")},
            )
            self.order_fields(["login", "password", "remember"])

    def clean_login(self) -> str:
        """The name on the page may be the account's or the person's."""
        given = self.cleaned_data["login"].strip()
        named = User.objects.filter(Q(username__iexact=given) | Q(name__iexact=given))
        found = named.order_by("pk").values_list("username", flat=True).first()
        return found or given

    def clean(self) -> dict[str, Any]:
        """Check both, and say the same whichever was wrong."""
        if self.only:
            self.cleaned_data["login"] = self.only
        given: dict[str, Any] = self.cleaned_data
        try:
            given = super().clean()
            if self.user and not self.user.is_active:
                raise ValidationError(self.mismatch())
        except ValidationError as error:
            if error.code == "username_password_mismatch":
                error = ValidationError(self.mismatch(), code=error.code)
            self.add_error("password", error)
        return given

    def mismatch(self) -> Any:
        """The generic sentence."""
        if self.only:
            return _("That is not the passphrase.")
        return _("This name and this passphrase do not belong together.")


class PassphraseForm(ChangePasswordForm):  # type: ignore[misc]
    """The passphrase of today, and the next one."""

    field_order = ["oldpassword", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = passphrase_field(
            _("Passphrase of today"),
            "current-password",
            error_messages={"required": _("Type the passphrase of today.")},
        )
        self.fields["password1"] = passphrase_field(
            _("New passphrase"),
            "new-password",
            help_text=_("At least 10 characters. Other devices are signed out."),
            error_messages={"required": _("Choose a new passphrase.")},
        )
        del self.fields["password2"]

    def clean_password1(self) -> str:
        """Strong enough, in our own words."""
        chosen: str = self.cleaned_data["password1"]
        check_strength(chosen, self.user)
        return chosen


class SettingsForm(forms.Form):
    """What a person changes while the studio runs."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name your studio should call you by.")},
    )
    why = forms.CharField(
        label=_("Why I started"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 1}),
        error_messages={"required": _("One sentence is enough.")},
    )
    other_why = forms.CharField(
        label=_("The same in another language"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    seal = forms.CharField(label=_("Seal"), max_length=1, required=False)
    language = forms.ChoiceField(label=_("Interface"), choices=LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Theme"), choices=THEMES, required=False, widget=forms.RadioSelect
    )
    without_keys = forms.BooleanField(label=_("No single-letter keys"), required=False)
    zone = forms.ChoiceField(label=_("Time zone"))
    day_starts_at = forms.TypedChoiceField(
        label=_("A day begins at"),
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(13)],
    )
    forgotten_after = forms.TypedChoiceField(
        label=_("Ask about the clock after"),
        coerce=int,
        choices=[(hours, format_lazy(_("{hours} h"), hours=hours)) for hours in PATIENCES],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in zones]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, user: User, theme: str, language: str) -> dict[str, Any]:
        """As things stand."""
        why = Intention.objects.current()
        kept = Setting.read_all("time.zone", "time.day_starts_at", AFTER)
        return {
            "name": user.name or user.username,
            "why": why.text if why else "",
            "other_why": why.other_text if why else "",
            "seal": World.objects.order_by("pk").values_list("seal", flat=True).first() or "",
            "language": language,
            "theme": theme,
            "without_keys": user.without_keys,
            "zone": kept.get("time.zone") or settings.TIME_ZONE,
            "day_starts_at": kept.get("time.day_starts_at", DAY_STARTS_AT),
            "forgotten_after": kept.get(AFTER, PATIENCE),
        }

    drawn = ""

    def clean_seal(self) -> str:
        """Draw the character, once; what cannot be drawn is refused with a sentence."""
        from studio.lib.seal import NotDrawn, outline  # what reads fonts takes a while to import

        character = str(self.cleaned_data["seal"]).strip()
        if character:
            try:
                self.drawn = outline(character, font_file())
            except (NotDrawn, NoFont) as error:
                raise ValidationError(str(error)) from None
        return character

    def save(self, user: User) -> None:
        """Keep it; a new reason leaves the earlier one in the history."""
        given = self.cleaned_data
        with transaction.atomic():
            user.name, user.language = given["name"], given["language"]
            user.theme = given["theme"]
            user.without_keys, user.zone = given["without_keys"], given["zone"]
            user.save(update_fields=["name", "language", "theme", "without_keys", "zone"])
            if world := World.objects.order_by("pk").first():
                world.seal, world.seal_path = given["seal"], self.drawn
                world.save(update_fields=["seal", "seal_path"])
            Intention.objects.say(given["why"], given["other_why"])
            Setting.write("time.zone", given["zone"])
            Setting.write("time.day_starts_at", given["day_starts_at"])
            Setting.write(AFTER, given["forgotten_after"])


class TokenForm(forms.Form):
    """What a key for a tool is called."""

    name = forms.CharField(
        max_length=80,
        error_messages={"required": _("Give it a name, so that you know later which to revoke.")},
    )
