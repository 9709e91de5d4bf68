"""Addresses."""

app_name = "images"
urlpatterns: list[object] = []
