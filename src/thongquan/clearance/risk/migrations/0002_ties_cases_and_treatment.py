"""Ties of declarations, cases of analysts, and how groups are treated."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_copies_compliance_and_profiles")]

    operations = [
        migrations.CreateModel(
            name="TreatmentReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
                ("content", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="RiskCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("question", models.CharField(max_length=600)),
                ("picked", models.JSONField(default=dict)),
                ("offices", models.JSONField(default=list)),
                ("state", models.CharField(max_length=8)),
                ("owner", models.CharField(max_length=32)),
                ("opened_by", models.CharField(max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("handed", models.CharField(blank=True, max_length=8)),
                ("handed_at", models.DateTimeField(null=True)),
                ("look_at", models.CharField(blank=True, max_length=300)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("conclusion", models.CharField(blank=True, max_length=600)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-id"], name="risk_cases_by_state")],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=32)),
                ("words", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="risk.riskcase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TreatmentAlarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                ("evidence", models.JSONField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("kind", "key"), name="one_open_treatment_alarm"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12)),
                ("office", models.CharField(max_length=6)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="risk.riskcase"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["number"], name="risk_items_by_number")],
                "constraints": [models.UniqueConstraint(fields=("case", "number"), name="one_item_of_case")],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=200)),
                (
                    "lodged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="risk.lodged"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "key"], name="risk_ties_by_key")],
                "constraints": [models.UniqueConstraint(fields=("lodged", "kind", "key"), name="one_tie")],
            },
        ),
    ]
