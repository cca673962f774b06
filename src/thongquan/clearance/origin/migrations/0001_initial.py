"""Certificates of origin, their lines with balance, uses, checks and story."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=12)),
                ("form", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=40)),
                ("folded", models.CharField(max_length=40)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("goods_print", models.CharField(blank=True, max_length=32)),
                ("country", models.CharField(max_length=2)),
                ("issued_on", models.DateField(null=True)),
                ("exporter", models.CharField(blank=True, max_length=300)),
                ("office", models.CharField(max_length=6)),
                ("tax_code", models.CharField(max_length=14)),
                ("trader_name", models.CharField(blank=True, max_length=300)),
                ("state", models.CharField(max_length=12)),
                ("content", models.JSONField()),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=32)),
                ("grade", models.CharField(blank=True, max_length=8)),
                ("checked_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="certificates_by_keys"),
                    models.Index(fields=["goods_print"], name="certificates_by_goods"),
                    models.Index(fields=["office", "-registered_at"], name="certificates_of_office"),
                    models.Index(fields=["tax_code", "-registered_at"], name="certificates_of_trader"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("folded", "country"),
                        name="one_live_certificate",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=32)),
                ("grade", models.CharField(max_length=8)),
                ("findings", models.JSONField()),
                ("outcomes", models.JSONField()),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="origin.certificate"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=32)),
                ("words", models.TextField(blank=True)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="origin.certificate"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("hs", models.CharField(blank=True, max_length=8)),
                ("description", models.TextField(blank=True)),
                ("criterion", models.CharField(blank=True, max_length=24)),
                ("quantity", models.DecimalField(decimal_places=6, max_digits=24)),
                ("unit", models.CharField(blank=True, max_length=3)),
                ("used", models.DecimalField(decimal_places=6, default=0, max_digits=24)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="origin.certificate"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64)),
                ("line", models.IntegerField()),
                ("quantity", models.DecimalField(decimal_places=6, max_digits=24)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=32)),
                ("given_back_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="origin.item"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("certificate", "number"), name="one_item_of_number"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("used__gte", 0), ("used__lte", models.F("quantity"))), name="never_overdrawn"
            ),
        ),
        migrations.AddIndex(
            model_name="use",
            index=models.Index(condition=models.Q(("given_back_at", None)), fields=["subject"], name="uses_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_back_at", None)), fields=("item", "subject", "line"), name="one_live_use"
            ),
        ),
    ]
