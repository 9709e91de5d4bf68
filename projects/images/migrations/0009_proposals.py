from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def name_stems(apps: Any, schema_editor: Any) -> None:
    """Files that are there already are found by their names, too."""
    from projects.images.grouping import read_name, title_key

    versions = apps.get_model("images", "Version").objects
    rows = []
    for version in versions.only("filename").iterator(1000):
        version.stem = title_key(read_name(version.filename).stem)
        rows.append(version)
    versions.bulk_update(rows, ["stem"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("images", "0008_picks"),
        ("store", "0002_where_else_originals_lie"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="confidence",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="likeness",
            field=models.CharField(blank=True, editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name="version",
            name="perhaps",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="perhaps_of",
                to="images.image",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="stem",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=255),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(
                condition=models.Q(("grouping", "proposed")),
                fields=["-id"],
                name="proposed_versions",
            ),
        ),
        migrations.RunPython(name_stems, migrations.RunPython.noop),
    ]
