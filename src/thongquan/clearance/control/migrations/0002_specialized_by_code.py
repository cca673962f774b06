"""A specialized inspection is asked by the code of its condition."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("control", "0001_checks_and_inspections"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="specializedinspection",
            name="one_open_specialized_inspection",
        ),
        migrations.AddField(
            model_name="specializedinspection",
            name="code",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddConstraint(
            model_name="specializedinspection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("result_at__isnull", True)),
                fields=("declaration", "kind", "code"),
                name="one_open_specialized_inspection",
            ),
        ),
    ]
