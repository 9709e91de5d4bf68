"""On its own: PostgreSQL alters no table whose rows were changed in the same transaction."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("writing", "0007_pack"),
    ]

    operations = [migrations.RemoveField(model_name="revision", name="text")]
