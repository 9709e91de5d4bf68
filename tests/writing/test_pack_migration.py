"""What was kept in full before is packed, measured and summed up; the way back loses nothing."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = [("writing", "0005_standing")], [("writing", "0008_without_text")]
TEXTS = ["晶格并不发光。\n", "晶格并不发光。\n它允许光。\n", "晶格并不发光。\n它只是允许光。\n"]


def migrated(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    beside = [("worlds", name) for app, name in executor.loader.graph.leaf_nodes("worlds")]
    return executor.loader.project_state(target + beside).apps


@pytest.fixture
def forward_again():
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def tell(apps):
    """A scene of three states, the last one brought in, and one that was kept aside."""
    get = apps.get_model
    world = get("worlds", "World").objects.create(title="The Computational Universe")
    book = get("writing", "Book").objects.create(world=world, title="寂静晶格", position=1)
    chapter = get("writing", "Chapter").objects.create(book=book, title="一", position=1)
    scene = get("writing", "Scene").objects.create(
        chapter=chapter, position=1, text=TEXTS[2], head=3
    )
    kinds = ["typed", "typed", "import", "conflict"]
    for number, text in enumerate([*TEXTS, "手机上写的。"], 1):
        get("writing", "Revision").objects.create(
            scene=scene,
            number=number,
            base=number - 1 or None,
            kind=kinds[number - 1],
            text=text,
            created=timezone.now(),
            zishu=7,
            words=6,
            chars=7,
        )


@pytest.mark.usefixtures("forward_again")
def test_old_revisions_are_packed_and_measured_and_come_back():
    tell(migrated(BEFORE))
    apps = migrated(AFTER)
    rows = list(apps.get_model("writing", "Revision").objects.order_by("number"))
    said = [(row.kept_zishu, row.deleted_zishu, row.inserted_zishu) for row in rows]
    assert said == [(0, 0, 7), (7, 0, 5), (12, 0, 2), (0, 14, 6)]
    effort = apps.get_model("writing", "Effort").objects.get()
    assert (effort.inserted_zishu, effort.deleted_zishu) == (12, 0)
    back = migrated(BEFORE).get_model("writing", "Revision")
    texts = list(back.objects.order_by("number").values_list("text", flat=True))
    assert texts == [*TEXTS, "手机上写的。"]
