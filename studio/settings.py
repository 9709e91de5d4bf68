"""Settings, read from the environment; a wrong value stops the start with a sentence."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from studio.lib import env

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")

# --- where things lie -------------------------------------------------------------------------
STUDIO_DATA = env.folder("STUDIO_DATA", BASE_DIR / "data")
STUDIO_DERIVED = STUDIO_DATA / "derived"
SITE_URL = env.web_address("SITE_URL")
BIND = env.address("BIND", "127.0.0.1:8000")
WORKERS = env.whole("WORKERS", 2, 1, 16)
WEB_PROCESSES = env.whole("WEB_PROCESSES", 2, 1, 16)


def secret_key() -> str:
    """The key from the environment, from a file, or made once and kept beside the data."""
    value = env.text("SECRET_KEY")
    if value:
        return value
    given = env.text("SECRET_KEY_FILE")
    path = Path(given) if given else STUDIO_DATA / "secret_key"
    try:
        if not given and not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        value = path.read_text().strip()
    except FileExistsError:  # another process was first
        value = path.read_text().strip()
    except OSError as error:
        raise env.BadSetting(
            f"The secret key cannot be read from {path} ({error.strerror}); "
            "make that file readable or set SECRET_KEY."
        ) from None
    if len(value) < 32:
        raise env.BadSetting(
            f"The secret key in {path} is too short; write at least 32 random characters there."
        )
    return value


SECRET_KEY = secret_key()
DEBUG = env.flag("STUDIO_DEBUG")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = sorted(
    {"localhost", "127.0.0.1", "[::1]", *env.names("ALLOWED_HOSTS")}
    | ({_site.hostname} if _site.hostname else set())
    | ({BIND[0]} if BIND[0] not in {"0.0.0.0", "::"} else set())  # noqa: S104 (a comparison)
)
if "*" in ALLOWED_HOSTS:
    raise env.BadSetting("ALLOWED_HOSTS is “*”; name the hosts the studio answers to.")

# --- the house --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "studio.accounts",
    "studio.desk",
    "studio.public",
    "studio.ops",
    "timelog",
    "projects.videos",
    "projects.voice",
    "projects.writing",
    "projects.worlds",
    "projects.images",
    "projects.tools",
    "studio.store",
    "studio.lib",
    "template_partials",
    "django_htmx",
    "django_tasks",
    "allauth",
    "allauth.account",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "studio.lib.middleware.HouseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "studio.lib.middleware.Language",
    "studio.accounts.middleware.Door",
    "studio.accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "studio.desk.middleware.Shell",
]
ROOT_URLCONF = "studio.urls"
WSGI_APPLICATION = "studio.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.contrib.humanize.templatetags.humanize",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the database -----------------------------------------------------------------------------
_url = env.text("DATABASE_URL", f"sqlite:///{STUDIO_DATA / 'studio.sqlite3'}")
_scheme = _url.partition("://")[0]
if _scheme not in {"sqlite", "postgres", "postgresql"}:
    raise env.BadSetting(
        "DATABASE_URL cannot be read; write it as postgres://name:password@host:5432/studio "
        "or sqlite:////folder/studio.sqlite3."
    )
DATABASES = {"default": environ.Env.db_url_config(_url)}
_database = DATABASES["default"]
ON_SQLITE = _database["ENGINE"] == "django.db.backends.sqlite3"
if ON_SQLITE:
    # FULL, not NORMAL: NORMAL loses acknowledged commits at a power cut, and FULL costs nothing
    # that can be measured here. IMMEDIATE, since a transaction that reads first and writes later
    # fails with "database is locked" when another one was quicker.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    _database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    _database["CONN_HEALTH_CHECKS"] = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "studio_cache",
    }
}
TASKS = {"default": {"BACKEND": "studio.store.backend.JobBackend", "QUEUES": ["default"]}}

# --- who may come in --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]
ACCOUNT_ADAPTER = "studio.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# By network first: five wrong tries from anywhere must not lock the owner out for good.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/ip,60/h/key"}
SECURE = _site.scheme == "https"
SESSION_COOKIE_NAME = "__Host-sid" if SECURE else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # what ends TLS says who asks

# --- languages and time -----------------------------------------------------------------------
USE_I18N = True
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LANGUAGE_CODE = env.choice("STUDIO_LANGUAGE", "en", ("en", "zh-hans"))
LANGUAGE_IS_SET = bool(env.text("STUDIO_LANGUAGE"))  # then the browser is not asked
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "studio.lib.formats"
USE_TZ = True
TIME_ZONE = env.time_zone("STUDIO_TIME_ZONE")

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STUDIO_STATIC_ROOT", str(BASE_DIR / "build" / "static")))
# `serve` sets this for its children when the collected files are there; everything else (tests,
# runserver) takes the files as they lie in the tree.
STATIC_IS_BUILT = env.text("STUDIO_STATIC") == "built" and "collectstatic" not in sys.argv
_static = "CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STUDIO_DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": f"whitenoise.storage.{_static}"
        if STATIC_IS_BUILT or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_IS_BUILT
WHITENOISE_AUTOREFRESH = not STATIC_IS_BUILT
FILE_UPLOAD_TEMP_DIR = STUDIO_DATA / "spool"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # a whole book pasted into one form
DATA_UPLOAD_MAX_NUMBER_FILES = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("STUDIO_LOG_LEVEL", "WARNING").upper()},
}
