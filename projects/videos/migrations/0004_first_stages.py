"""What stands on the board keeps its order and the day it came there."""

from typing import Any

from django.db import migrations, models


def begin(apps: Any, schema_editor: Any) -> None:
    """By number; since the day that is known."""
    concepts = apps.get_model("videos", "Concept").objects
    concepts.update(position=models.F("number"))
    change = apps.get_model("videos", "StageChange")
    change.objects.bulk_create(
        change(concept_id=pk, stage=stage, since=since)
        for pk, stage, since in concepts.values_list("pk", "stage", "stage_since")
    )


class Migration(migrations.Migration):
    dependencies = [("videos", "0003_stages")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
