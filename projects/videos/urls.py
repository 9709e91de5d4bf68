"""Addresses of concepts and shots."""

from django.urls import path

from . import views

app_name = "videos"
urlpatterns = [
    path("concepts/", views.concept_list, name="concept_list"),
    path("concepts/new/", views.concept_new, name="concept_new"),
    path("concepts/<int:pk>/", views.concept, name="concept"),
    path("concepts/<int:pk>/edit/", views.concept_edit, name="concept_edit"),
    path("concepts/<int:pk>/brief/", views.brief_edit, name="brief_edit"),
    path("concepts/<int:pk>/brief/revisions/", views.brief_revisions, name="brief_revisions"),
    path("briefs/<int:pk>/restore/", views.brief_restore, name="brief_restore"),
    path("concepts/<int:pk>/export/", views.concept_export, name="concept_export"),
    path("concepts/<int:pk>/move/", views.concept_move, name="concept_move"),
    path("stages/<int:pk>/undo/", views.stage_undo, name="stage_undo"),
    path("concepts/<int:pk>/shots/new/", views.shot_new, name="shot_new"),
    path("shots/<int:pk>/", views.shot, name="shot"),
    path("shots/<int:pk>/edit/", views.shot_edit, name="shot_edit"),
    path("shots/<int:pk>/images/new/", views.shot_image_new, name="shot_image_new"),
    path("passages/new/", views.passage_new, name="passage_new"),
    path("passages/<int:pk>/delete/", views.passage_delete, name="passage_delete"),
    path("passages/<int:pk>/requote/", views.passage_requote, name="passage_requote"),
    path("passages/<int:pk>/restore/", views.passage_restore, name="passage_restore"),
    path("threads/films/new/", views.thread_link, name="thread_link"),
    path("threads/films/<int:pk>/delete/", views.thread_unlink, name="thread_unlink"),
    path("waits/new/", views.wait_new, name="wait_new"),
    path("waits/<int:pk>/edit/", views.wait_edit, name="wait_edit"),
    path("waits/<int:pk>/take-up/", views.wait_take_up, name="wait_take_up"),
    path("waits/<int:pk>/dismiss/", views.wait_dismiss, name="wait_dismiss"),
    path("waits/<int:pk>/resume/", views.wait_resume, name="wait_resume"),
]
