"""Addresses of tools and tests."""

from datetime import date

from django.urls import path, register_converter

from . import views


class Day:
    """A day as 2026-11-20."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The day; a ValueError (the 31st of June) is a 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As it is written."""
        return value.isoformat()


register_converter(Day, "day")

app_name = "tools"
urlpatterns = [
    path("tools/", views.tools, name="tools"),
    path("tools/<int:tool_pk>/<int:capability_pk>/", views.cell, name="cell"),
    # Tests.
    path("tools/<int:tool_pk>/<int:capability_pk>/trials/", views.trial_new, name="trial_new"),
    path("trials/<int:pk>/", views.trial, name="trial"),
    path("trials/<int:pk>/edit/", views.trial_edit, name="trial_edit"),
    path("trials/<int:pk>/delete/", views.trial_delete, name="trial_delete"),
    path("trials/<int:pk>/bring-back/", views.trial_bring_back, name="trial_bring_back"),
    path("trials/<int:pk>/again/<day:day>/", views.trial_again, name="trial_again"),
    # Their columns and rows.
    path("tools/arrange/", views.arrange, name="arrange"),
    path("tools/begin/", views.begin, name="begin"),
    path("tools/new/", views.tool_new, name="tool_new"),
    path("tools/<int:pk>/edit/", views.tool_edit, name="tool_edit"),
    path("tools/<int:pk>/place/", views.tool_place, name="tool_place"),
    path("tools/<int:pk>/remove/", views.tool_remove, name="tool_remove"),
    path("tools/undo/<str:token>/", views.tool_bring_back, name="tool_bring_back"),
    path("capabilities/new/", views.capability_new, name="capability_new"),
    path("capabilities/<int:pk>/edit/", views.capability_edit, name="capability_edit"),
    path("capabilities/<int:pk>/place/", views.capability_place, name="capability_place"),
    path("capabilities/<int:pk>/remove/", views.capability_remove, name="capability_remove"),
    path(
        "capabilities/undo/<str:token>/",
        views.capability_bring_back,
        name="capability_bring_back",
    ),
]
