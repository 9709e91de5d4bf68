"""Addresses of the hours."""

from django.urls import path

from . import views

app_name = "timelog"
urlpatterns = [
    path("time/", views.time, name="time"),
    path("time/running/", views.running, name="running"),
    path("time/running/stop/", views.stop, name="stop"),
    path("time/quick/", views.quick, name="quick"),
    path("time/entries/new/", views.entry_new, name="entry_new"),
    path("time/entries/<int:pk>/", views.entry, name="entry"),
    path("time/entries/<int:pk>/edit/", views.entry_edit, name="entry_edit"),
    path("time/entries/<int:pk>/delete/", views.entry_delete, name="entry_delete"),
    path("time/undo/<str:token>/", views.entry_bring_back, name="entry_bring_back"),
    path("time/import/", views.time_import, name="time_import"),
    path("time/import/<uuid:token>/", views.time_import_state, name="time_import_state"),
    path("time/export/<str:format>/", views.time_export, name="time_export"),
    path("time/batches/<uuid:batch>/delete/", views.batch_delete, name="batch_delete"),
    path("time/kinds/", views.kinds, name="kinds"),
    path("time/kinds/new/", views.kind_new, name="kind_new"),
    path("time/kinds/<int:pk>/edit/", views.kind_edit, name="kind_edit"),
    path("time/forecast/", views.forecast, name="forecast"),
    path("time/level/", views.level, name="level"),
    path("time/aims/", views.aims, name="aims"),
    path("time/balance/", views.balance, name="balance"),
    path("time/balance/<int:pk>/delete/", views.balance_delete, name="balance_delete"),
    path("time/balance/undo/<str:token>/", views.balance_bring_back, name="balance_bring_back"),
    path("time/milestones/new/", views.milestone_new, name="milestone_new"),
    path("time/milestones/<int:pk>/edit/", views.milestone_edit, name="milestone_edit"),
    path("time/milestones/<int:pk>/delete/", views.milestone_delete, name="milestone_delete"),
    path(
        "time/milestones/undo/<str:token>/",
        views.milestone_bring_back,
        name="milestone_bring_back",
    ),
]
