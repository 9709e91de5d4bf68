"""Slow work on the hours."""

from django.apps import apps
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from studio.lib.prepared import prepared
from studio.store.models import Job, about, called

SUBJECT = "forecast"


@task(priority=-5)
@called(_("The forecast of the hours"))
def make_forecast() -> None:
    """See what new entries went to; score what is due, and forecast what has changed."""
    # By name: the models ask for this, so importing them here would make a circle.
    import_string("timelog.linking.link_new")()
    apps.get_model("timelog", "Forecast").objects.make()


waiting = prepared(
    lambda: Job.objects.about(SUBJECT, 0).filter(state=Job.State.READY).values_list("pk")[:1]
)


def ask() -> bool:
    """Have the worker look whether there is something new; False when it will anyhow."""
    if waiting():
        return False
    with about(f"{SUBJECT}:0"):
        make_forecast.enqueue()
    return True


def ask_later() -> None:
    """The same for what is being changed.

    On PostgreSQL once it is kept: a job that waits now may be taken before. On SQLite nobody takes
    one while this transaction lasts, and with it the disk is waited for once, not twice.
    """
    if connection.vendor == "sqlite" and connection.in_atomic_block:
        ask()
    else:
        transaction.on_commit(ask)
