"""videos as a Django app."""

from django.apps import AppConfig


class VideosConfig(AppConfig):
    """See the map in projects."""

    name = "projects.videos"
    label = "videos"

    def ready(self) -> None:
        """Fill the slots of the rooms below; passages follow their words, their revisions stay."""
        from projects.images import destinations
        from projects.writing import after_move, after_revision, pointing
        from projects.writing.models.anchored import go_along, keep_places
        from studio.lib.slots import register

        from . import places, slots
        from .models import Passage

        after_revision.follow(keep_places(Passage))
        after_move.follow(go_along(Passage))

        register("scene_margin", slots.scene_margin)
        register("scene_foot", slots.scene_foot)
        register("tools_waiting", slots.tools_waiting)
        register("cell_waits", slots.cell_waits)
        register("thread_beads", slots.thread_beads)
        register("entry_foot", slots.thread_films)
        register("image_margin", places.image_margin)
        register("image_caption", places.image_caption)
        destinations.register("shot", places.shot_pictures)
        destinations.register("concept", places.concept_pictures)
        pointing.register(Passage.numbers_in)
