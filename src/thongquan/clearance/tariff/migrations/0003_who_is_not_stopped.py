"""Who is not stopped, and the points of document checks: rows of law like the others, which never change."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("controlexemption", "checklistitem")


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON tariff_{table} "
        "FOR EACH ROW EXECUTE FUNCTION tariff_refuse_change()",
        f"DROP TRIGGER never_changes ON tariff_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tariff", "0002_rows_never_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChecklistItem",
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
                ("code", models.CharField(max_length=24)),
                ("regime", models.CharField(blank=True, max_length=3)),
                ("flow", models.CharField(blank=True, max_length=6)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("shows", models.CharField(max_length=16)),
                ("finds", models.CharField(blank=True, max_length=12)),
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
                        fields=("regime", "flow", "code", "valid_from"),
                        name="one_live_checklistitem",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ControlExemption",
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
                ("by", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=16)),
                ("flow", models.CharField(blank=True, max_length=6)),
                ("documents", models.BooleanField(default=False)),
                ("goods", models.BooleanField(default=False)),
                ("random", models.BooleanField(default=False)),
                ("first", models.BooleanField(default=False)),
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
                        fields=("by", "key", "flow", "valid_from"),
                        name="one_live_controlexemption",
                    )
                ],
            },
        ),
        *(trigger(table) for table in TABLES),
    ]
