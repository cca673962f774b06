"""Office hours and days off by decision: rows of law like the others, which never change."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("officehours", "holidayoverride")


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON tariff_{table} "
        "FOR EACH ROW EXECUTE FUNCTION tariff_refuse_change()",
        f"DROP TRIGGER never_changes ON tariff_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tariff", "0004_release_conditions"),
    ]

    operations = [
        migrations.CreateModel(
            name="HolidayOverride",
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
                ("day", models.DateField()),
                ("office", models.CharField(blank=True, max_length=8)),
                ("kind", models.CharField(max_length=8)),
                ("windows", models.JSONField(default=list)),
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
                        fields=("day", "office", "valid_from"),
                        name="one_live_holidayoverride",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("source", models.TextField()),
                ("verified", models.BooleanField()),
                ("repealed", models.BooleanField(default=False)),
                ("content", models.CharField(max_length=32)),
                ("office", models.CharField(blank=True, max_length=8)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("windows", models.JSONField(default=list)),
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
                        fields=("office", "weekday", "valid_from"),
                        name="one_live_officehours",
                    )
                ],
            },
        ),
        *(trigger(table) for table in TABLES),
    ]
