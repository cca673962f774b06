from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("risk", "0003_registry_of_models")]

    operations = [
        migrations.CreateModel(
            name="VerifiedProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verification", models.BigIntegerField()),
                ("number", models.CharField(max_length=60)),
                ("agreement", models.CharField(max_length=12)),
                ("country", models.CharField(max_length=2)),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("exporter", models.CharField(blank=True, max_length=300)),
                ("tax_code", models.CharField(max_length=14)),
                ("by_chance", models.BooleanField()),
                ("wrong", models.BooleanField()),
                ("uses", models.JSONField(default=dict)),
                ("closed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["closed_at"], name="risk_proofs_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("verification", "number"), name="one_verdict_of_certificate")
                ],
            },
        ),
    ]
