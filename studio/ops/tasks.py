"""Slow work over all rooms."""

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.ops.demo.tell import is_empty, publish, tell
from studio.store.models import called, progress


@task(priority=-5)
@called(_("The sample story"))
def tell_story() -> None:
    """Fill an empty studio; the public page follows when the previews are made."""
    if is_empty():
        tell(report=progress)
        publish_story.enqueue()


@task(priority=-10)
@called(_("The sample public page"))
def publish_story() -> None:
    """Publish what the story has; tried again while previews are still being made."""
    publish()
