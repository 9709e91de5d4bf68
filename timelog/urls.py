"""Addresses."""

app_name = "timelog"
urlpatterns: list[object] = []
