"""Addresses of worlds and of their bible."""

from django.urls import path

from . import views

app_name = "worlds"
urlpatterns = [
    path("worlds/", views.world_list, name="world_list"),
    path("worlds/new/", views.world_new, name="world_new"),
    path("worlds/<int:pk>/", views.world, name="world"),
    path("worlds/<int:pk>/edit/", views.world_edit, name="world_edit"),
    path("worlds/<int:pk>/entries/new/", views.entry_new, name="entry_new"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("entries/<int:pk>/picture/", views.entry_picture, name="entry_picture"),
    path("entries/<int:pk>/edit/", views.entry_edit, name="entry_edit"),
]
