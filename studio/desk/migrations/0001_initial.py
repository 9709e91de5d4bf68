"""Places, and the table of their tokens."""

from django.db import migrations, models

from studio.desk.words import drop_table, make_table


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("target", models.BigIntegerField()),
                ("is_title", models.BooleanField()),
                ("start", models.PositiveIntegerField(default=0)),
                ("stamp", models.CharField(max_length=32)),
            ],
            options={"indexes": [models.Index(fields=["kind", "target"], name="place_of_a_thing")]},
        ),
        migrations.RunPython(make_table, drop_table),
    ]
