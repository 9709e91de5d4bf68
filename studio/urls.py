"""The map of addresses: a table of contents."""

from django.urls import include, path

from studio.desk.views import healthz

urlpatterns = [
    # The roof: Today, find, settings; set-up and sign-in.
    path("", include("studio.desk.urls")),
    path("", include("studio.accounts.urls")),
    # What followers see, and what the author prepares for them.
    path("", include("studio.public.urls")),
    # The work.
    path("", include("projects.worlds.urls")),
    path("", include("projects.writing.urls")),
    path("", include("projects.voice.urls")),
    path("", include("projects.videos.urls")),
    path("", include("projects.images.urls")),
    path("", include("projects.tools.urls")),
    # The hours.
    path("", include("timelog.urls")),
    # For the machine that watches over it.
    path("healthz", healthz, name="healthz"),
]
