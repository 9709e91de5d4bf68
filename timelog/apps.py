"""The hours as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def begin(**_: Any) -> None:
    """Writing first, film craft second, detours named; and two milestones of film craft."""
    from timelog.models import Kind, Milestone

    if Kind.objects.exists():
        return
    for family in Kind.Family.values:
        Kind.objects.create(key=family, family=family)
    craft = Kind.objects.get(key="video")
    for hours in (2000, 10000):
        Milestone.objects.create(hours=hours).kinds.add(craft)


class TimelogConfig(AppConfig):
    """Measures the work, which does not know that it is timed."""

    name = "timelog"

    def ready(self) -> None:
        from studio.lib.slots import register
        from timelog import costs, slots, traces

        for trace in traces.FIRST:
            traces.register(trace)
        post_migrate.connect(begin, sender=self)
        register("shell_clock", slots.part("clock"))
        register("shell_running", slots.part("running"))
        register("shell_foot", slots.menu)
        register("today_clock", slots.part("timer"))
        register("today_horizon", slots.today_horizon)
        register("scene_margin", costs.of_scene)
        register("chapter_margin", costs.of_chapter)
        register("image_margin", costs.of_image)
        register("shot_margin", costs.of_shot)
        register("concept_margin", costs.of_concept)
