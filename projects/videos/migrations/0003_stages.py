"""Places on the board, and when each stage began."""

import django.db.models.deletion
from django.db import migrations, models

STAGES = [
    ("idea", "Idea"),
    ("brief", "Brief"),
    ("storyboard", "Storyboard"),
    ("images", "Images"),
    ("motion", "Motion"),
    ("edit", "Edit"),
    ("released", "Released"),
]


class Migration(migrations.Migration):
    dependencies = [("videos", "0002_wait")]

    operations = [
        migrations.AddField(
            model_name="concept",
            name="position",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(choices=STAGES, max_length=12, verbose_name="Stage"),
                ),
                ("since", models.DateTimeField()),
                (
                    "concept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="videos.concept",
                    ),
                ),
            ],
            options={"ordering": ["since", "pk"]},
        ),
    ]
