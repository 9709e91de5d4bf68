"""Addresses of the voice."""

from django.urls import path

from . import views

app_name = "voice"
urlpatterns = [
    path("voice/", views.voice, name="voice"),
    path("voice/home/", views.home, name="home"),
    path("voice/<int:pk>/measure/", views.measure, name="measure"),
]
