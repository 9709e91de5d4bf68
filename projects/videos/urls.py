"""Addresses."""

app_name = "videos"
urlpatterns: list[object] = []
