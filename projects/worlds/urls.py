"""Addresses."""

app_name = "worlds"
urlpatterns: list[object] = []
