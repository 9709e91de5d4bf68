"""Settings, read from the environment; a wrong value stops the start with a sentence."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from studio.lib import database, env
from studio.lib.version import version_in

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(BASE_DIR / ".env")

VERSION = version_in(BASE_DIR / "CHANGELOG.md")

# --- where things lie -------------------------------------------------------------------------
STUDIO_DATA = env.folder("STUDIO_DATA", BASE_DIR / "data", BASE_DIR)
STUDIO_DERIVED = STUDIO_DATA / "derived"
SITE_URL = env.web_address("SITE_URL")
BIND = env.address("BIND", "127.0.0.1:8000")
WORKERS = env.whole("WORKERS", 2, 1, 16)
WEB_PROCESSES = env.whole("WEB_PROCESSES", 2, 1, 16)
SECRET_KEY = env.secret("SECRET_KEY", BASE_DIR)  # when it is not given: see the end
DEBUG = env.flag("STUDIO_DEBUG")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = sorted(
    {"localhost", "127.0.0.1", "[::1]", *env.hosts("ALLOWED_HOSTS")}
    | ({env.bracketed(_site.hostname)} if _site.hostname else set())
    | ({env.bracketed(BIND[0])} if BIND[0] not in env.EVERYWHERE else set())
)

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
    "studio.public.middleware.PublicSide",  # before whatever knows a visitor
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "studio.lib.middleware.Language",
    "studio.accounts.tokens.TokenDoor",
    "studio.accounts.middleware.Door",
    "studio.accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "studio.desk.middleware.Shell",
    "studio.desk.middleware.Upwards",
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
_url = env.text("DATABASE_URL")
DATABASES = {
    "default": database.read_url(_url, BASE_DIR)
    if _url
    else database.on_file(STUDIO_DATA / "studio.sqlite3")
}
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "studio_cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},  # wrong tries from many places push no count out
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
# By network first: one network alone (60 an hour) must not lock the owner out elsewhere.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/ip,100/h/key"}
SECURE = _site.scheme == "https"
SESSION_ENGINE = "studio.accounts.sessions"
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
STATIC_ROOT = BASE_DIR / env.text("STUDIO_STATIC_ROOT", "build/static")
# `serve` sets this for its children when the collected files are there; everything else (tests,
# runserver) takes the files as they lie in the tree.
STATIC_IS_BUILT = env.text("STUDIO_STATIC") == "built" and "collectstatic" not in sys.argv
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STUDIO_DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "studio.lib.collecting.CollectedFiles"
        if STATIC_IS_BUILT or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A second place for originals; the studio works without it. See studio/store/remote.py.
S3: dict[str, Any] = {
    "bucket": env.text("S3_BUCKET"),
    "endpoint": env.web_address("S3_ENDPOINT_URL"),
    "region": env.text("S3_REGION"),
    "key": env.text("S3_ACCESS_KEY_ID"),
    "secret": env.text("S3_SECRET_ACCESS_KEY"),
    "disk_budget": env.whole("DISK_BUDGET_MB", 0, 0, 100_000_000) * 1024 * 1024,
}
WHITENOISE_USE_FINDERS = not STATIC_IS_BUILT
WHITENOISE_AUTOREFRESH = not STATIC_IS_BUILT
FILE_UPLOAD_TEMP_DIR = STUDIO_DATA / "spool"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # a whole book pasted into one form
DATA_UPLOAD_MAX_NUMBER_FILES = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env.choice("STUDIO_LOG_LEVEL", "WARNING", env.LOG_LEVELS),
    },
}

# --- made last: a start that was refused above leaves nothing behind --------------------------
env.make_folder("STUDIO_DATA", STUDIO_DATA)
env.make_folder("STUDIO_DATA", FILE_UPLOAD_TEMP_DIR)
SECRET_KEY = SECRET_KEY or env.keep_secret(STUDIO_DATA / "secret_key")
