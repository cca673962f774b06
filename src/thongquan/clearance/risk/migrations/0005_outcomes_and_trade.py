"""Lines of trade and their outcomes, trainings, weeks of drift."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0004_verified_proofs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=8)),
                ("asked_by", models.CharField(max_length=32)),
                ("asked_at", models.DateTimeField()),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                ("version", models.CharField(blank=True, max_length=32)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("report", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12)),
                ("line", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=12)),
                ("known_at", models.DateTimeField()),
                ("found", models.BooleanField()),
                ("kinds", models.JSONField(default=list)),
                ("evaded_vnd", models.DecimalField(decimal_places=0, default=0, max_digits=20)),
            ],
            options={
                "indexes": [models.Index(fields=["known_at"], name="risk_outcomes_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "line", "source"), name="one_outcome_of_source")
                ],
            },
        ),
        migrations.CreateModel(
            name="TradeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12)),
                ("line", models.PositiveSmallIntegerField()),
                ("shape", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("imports", models.BooleanField()),
                ("coded", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(null=True), size=None)),
                (
                    "amounts",
                    django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(null=True), size=None),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at", "number", "line"], name="risk_trade_by_time")],
                "constraints": [models.UniqueConstraint(fields=("number", "line"), name="one_line_of_trade")],
            },
        ),
        migrations.CreateModel(
            name="DriftWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("told", models.JSONField()),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="weeks", to="risk.modelversion"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("model", "on"), name="one_drift_of_week")],
            },
        ),
    ]
