"""Conditions of release: rows of law like the others, which never change."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tariff", "0003_who_is_not_stopped"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReleaseCondition",
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
                ("name", models.CharField(max_length=24)),
                ("purposes", models.JSONField(default=list)),
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
                        fields=("name", "valid_from"),
                        name="one_live_releasecondition",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON tariff_releasecondition "
            "FOR EACH ROW EXECUTE FUNCTION tariff_refuse_change()",
            "DROP TRIGGER never_changes ON tariff_releasecondition",
        ),
    ]
