"""Papers of the customs file: rows of law like the others, which never change."""

import django.db.models.deletion
from django.db import migrations, models

TRIGGER = (
    "CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON tariff_requireddocument "
    "FOR EACH ROW EXECUTE FUNCTION tariff_refuse_change()"
)


class Migration(migrations.Migration):
    dependencies = [
        ("tariff", "0005_office_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequiredDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("source", models.TextField()),
                ("verified", models.BooleanField()),
                ("repealed", models.BooleanField(default=False)),
                ("content", models.CharField(max_length=32)),
                ("name_vi", models.TextField(blank=True)),
                ("name_en", models.TextField(blank=True)),
                ("name_zh", models.TextField(blank=True)),
                ("name_fr", models.TextField(blank=True)),
                ("flow", models.CharField(max_length=6)),
                ("regime", models.CharField(blank=True, max_length=3)),
                ("kind", models.CharField(max_length=16)),
                ("condition", models.CharField(max_length=16)),
                ("article", models.CharField(blank=True, max_length=100)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tariff.lawversion"
                    ),
                ),
                (
                    "withdrawn",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tariff.lawversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn__isnull", True)),
                        fields=("flow", "regime", "kind", "condition", "valid_from"),
                        name="one_live_requireddocument",
                    )
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER never_changes ON tariff_requireddocument"),
    ]
