"""Versions of the model of risk with their proposals, story and alarms."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0002_ties_cases_and_treatment"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=32, unique=True)),
                ("role", models.CharField(max_length=10)),
                ("mode", models.CharField(default="shadow", max_length=8)),
                ("source", models.CharField(max_length=8)),
                ("world", models.CharField(blank=True, max_length=60)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("lines", models.IntegerField()),
                ("found", models.IntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("settings", models.JSONField(default=dict)),
                ("measures", models.JSONField(default=dict)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=32)),
                ("seated_at", models.DateTimeField(null=True)),
                ("seated_by", models.CharField(blank=True, max_length=32)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=8)),
            ],
            options={
                "indexes": [models.Index(fields=["-registered_at"], name="risk_models_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("role", "champion")),
                        fields=("role",),
                        name="one_champion_of_risk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "challenger",
                                    "shadow",
                                    "champion",
                                    "retired",
                                ],
                            )
                        ),
                        name="model_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mode__in",
                                [
                                    "shadow",
                                    "informed",
                                    "active",
                                ],
                            )
                        ),
                        name="model_mode",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ModelEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=32)),
                ("words", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="risk.modelversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModelProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.CharField(max_length=8)),
                ("mode", models.CharField(max_length=8)),
                ("why", models.TextField()),
                ("proposed_by", models.CharField(max_length=32)),
                ("proposed_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("decided_by", models.CharField(blank=True, max_length=32)),
                ("decided_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="risk.modelversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("model",), name="one_open_proposal_of_model"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ModelAlarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trouble", models.CharField(max_length=8)),
                ("told", models.JSONField(default=dict)),
                ("instead", models.CharField(blank=True, max_length=32)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=32)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alarms", to="risk.modelversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("model", "trouble"),
                        name="one_open_alarm_of_model",
                    )
                ],
            },
        ),
    ]
