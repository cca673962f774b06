"""The law of origin: rows like the others, which never change."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = (
    *("agreement", "minordifference", "originbox", "origincriterion", "originform", "originissuer", "originterm"),
    *("productrule", "unitfactor"),
)


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON tariff_{table} "
        "FOR EACH ROW EXECUTE FUNCTION tariff_refuse_change()",
        f"DROP TRIGGER never_changes ON tariff_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tariff", "0007_longer_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
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
                ("code", models.CharField(max_length=12)),
                ("schedule", models.CharField(max_length=16)),
                ("proof", models.CharField(max_length=12)),
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
                        fields=("code", "valid_from"),
                        name="one_live_agreement",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MinorDifference",
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
                ("kind", models.CharField(max_length=16)),
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
                        fields=("kind", "valid_from"),
                        name="one_live_minordifference",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginBox",
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
                ("form", models.CharField(max_length=12)),
                ("box", models.CharField(max_length=12)),
                ("field", models.CharField(blank=True, max_length=32)),
                ("required", models.BooleanField(default=False)),
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
                        fields=("form", "box", "valid_from"),
                        name="one_live_originbox",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginCriterion",
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
                ("agreement", models.CharField(max_length=12)),
                ("criterion", models.CharField(max_length=12)),
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
                        fields=("agreement", "criterion", "valid_from"),
                        name="one_live_origincriterion",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginForm",
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
                ("agreement", models.CharField(max_length=12)),
                ("form", models.CharField(max_length=12)),
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
                        fields=("agreement", "form", "valid_from"),
                        name="one_live_originform",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginIssuer",
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
                ("agreement", models.CharField(max_length=12)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("code", models.CharField(max_length=40)),
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
                        fields=("agreement", "country", "code", "valid_from"),
                        name="one_live_originissuer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginTerm",
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
                ("agreement", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(max_length=40)),
                ("value", models.DecimalField(decimal_places=2, max_digits=12)),
                ("unit", models.CharField(max_length=24)),
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
                        fields=("agreement", "name", "valid_from"),
                        name="one_live_originterm",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("source", models.TextField()),
                ("verified", models.BooleanField()),
                ("repealed", models.BooleanField(default=False)),
                ("content", models.CharField(max_length=32)),
                ("agreement", models.CharField(max_length=12)),
                ("hs", models.CharField(blank=True, max_length=8)),
                ("rule", models.CharField(max_length=120)),
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
                        fields=("agreement", "hs", "valid_from"),
                        name="one_live_productrule",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitFactor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("source", models.TextField()),
                ("verified", models.BooleanField()),
                ("repealed", models.BooleanField(default=False)),
                ("content", models.CharField(max_length=32)),
                ("unit", models.CharField(max_length=3)),
                ("into", models.CharField(max_length=3)),
                ("factor", models.DecimalField(decimal_places=9, max_digits=20)),
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
                        fields=("unit", "into", "valid_from"),
                        name="one_live_unitfactor",
                    )
                ],
            },
        ),
        *(trigger(table) for table in TABLES),
    ]
