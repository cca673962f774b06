"""Cases of verification: their certificates, story, letters, what followed, and the random draws."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("origin", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="is_refused",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=6)),
                ("tax_code", models.CharField(max_length=14)),
                ("trader_name", models.CharField(blank=True, max_length=300)),
                ("agreement", models.CharField(max_length=12)),
                ("country", models.CharField(max_length=2)),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("exporter", models.CharField(blank=True, max_length=300)),
                ("why", models.CharField(max_length=6)),
                ("doubts", models.JSONField()),
                ("state", models.CharField(max_length=10)),
                ("answer", models.CharField(blank=True, max_length=12)),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=32)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["office", "-opened_at"], name="verifications_of_office"),
                    models.Index(fields=["tax_code", "-opened_at"], name="verifications_of_trader"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("addressee", models.CharField(max_length=300)),
                ("contact", models.CharField(max_length=300)),
                ("words", models.TextField(blank=True)),
                ("languages", models.JSONField()),
                ("answer_by", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=32)),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_by", models.CharField(blank=True, max_length=32)),
                (
                    "verification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="origin.verification"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=32)),
                ("words", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                (
                    "verification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="origin.verification"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VerificationDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64)),
                ("propensity", models.DecimalField(decimal_places=5, max_digits=6)),
                ("source", models.TextField()),
                ("seed", models.CharField(max_length=64)),
                ("value", models.DecimalField(decimal_places=12, max_digits=12)),
                ("picked", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drawn", to="origin.certificate"
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="origin.verification",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consequence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64)),
                ("what", models.CharField(max_length=12)),
                ("details", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "verification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consequences",
                        to="origin.verification",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("verification", "subject"), name="one_consequence")],
            },
        ),
        migrations.CreateModel(
            name="Verified",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_open", models.BooleanField(default=True)),
                ("refused", models.JSONField(default=list)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="origin.certificate",
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="origin.verification",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_open", True)), fields=("certificate",), name="one_open_verification"
                    ),
                    models.UniqueConstraint(fields=("verification", "certificate"), name="one_certificate_of_case"),
                ],
            },
        ),
    ]
