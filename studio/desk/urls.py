"""Addresses over all rooms."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("search/", views.search, name="search"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:pk>/retry/", views.job_retry, name="job_retry"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
]
