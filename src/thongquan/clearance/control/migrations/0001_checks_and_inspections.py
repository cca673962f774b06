"""Document checks, goods inspections with their findings and signatures, samples, duty."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("declarations", "0003_story"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.SmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=32)),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("note", models.TextField(blank=True)),
                ("concluded_at", models.DateTimeField(null=True)),
                ("concluded_by", models.CharField(blank=True, max_length=32)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="document_checks",
                        to="declarations.declaration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CheckPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=24)),
                ("place", models.PositiveSmallIntegerField()),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("line", models.PositiveSmallIntegerField(null=True)),
                ("declared", models.CharField(blank=True, max_length=500)),
                ("found", models.CharField(blank=True, max_length=500)),
                ("note", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(null=True)),
                ("saved_by", models.CharField(blank=True, max_length=32)),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="control.documentcheck"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DutyTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=6)),
                ("officer", models.CharField(max_length=32)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("entered_by", models.CharField(max_length=32)),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_by", models.CharField(blank=True, max_length=32)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["office", "ends_at"], name="duty_of_office")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="duty_period"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.SmallIntegerField()),
                ("office", models.CharField(max_length=6)),
                ("drawn_on", models.DateField()),
                ("assigned_at", models.DateTimeField()),
                ("assigned_by", models.CharField(max_length=32)),
                ("first", models.BooleanField(default=False)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("concluded_at", models.DateTimeField(null=True)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="declarations.declaration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InspectedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveSmallIntegerField()),
                ("agrees", models.BooleanField()),
                ("quantity", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("unit", models.CharField(blank=True, max_length=8)),
                ("packages", models.PositiveIntegerField(null=True)),
                ("net_weight_kg", models.DecimalField(decimal_places=3, max_digits=16, null=True)),
                ("gross_weight_kg", models.DecimalField(decimal_places=3, max_digits=16, null=True)),
                ("note", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=32)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="control.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.SmallIntegerField()),
                ("line", models.PositiveSmallIntegerField(null=True)),
                ("kind", models.CharField(max_length=12)),
                ("declared", models.CharField(blank=True, max_length=500)),
                ("found", models.CharField(blank=True, max_length=500)),
                ("unit", models.CharField(blank=True, max_length=8)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=32)),
                (
                    "check_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="control.documentcheck",
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="declarations.declaration",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="control.inspection",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("officer", models.CharField(max_length=32)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("replaced_by", models.CharField(blank=True, max_length=32)),
                ("reason", models.TextField(blank=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="control.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveSmallIntegerField()),
                ("seals", models.JSONField(default=list)),
                ("question", models.CharField(blank=True, max_length=500)),
                ("laboratory", models.CharField(max_length=200)),
                ("is_complex", models.BooleanField(default=False)),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.CharField(max_length=32)),
                ("kept_until", models.DateField()),
                ("due_on", models.DateField()),
                ("result", models.CharField(blank=True, max_length=8)),
                ("found", models.CharField(blank=True, max_length=500)),
                ("paper", models.CharField(blank=True, max_length=60)),
                ("result_at", models.DateTimeField(null=True)),
                ("result_by", models.CharField(blank=True, max_length=32)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="samples", to="control.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("officer", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("void_at", models.DateTimeField(null=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="control.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SpecializedInspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24)),
                ("agency", models.CharField(max_length=200)),
                ("lines", models.JSONField(default=list)),
                ("requested_at", models.DateTimeField()),
                ("requested_by", models.CharField(max_length=32)),
                ("result", models.CharField(blank=True, max_length=8)),
                ("paper", models.CharField(blank=True, max_length=60)),
                ("note", models.TextField(blank=True)),
                ("result_at", models.DateTimeField(null=True)),
                ("result_by", models.CharField(blank=True, max_length=32)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="specialized",
                        to="declarations.declaration",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="documentcheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("concluded_at__isnull", True)),
                fields=("declaration",),
                name="one_open_document_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkpoint",
            constraint=models.UniqueConstraint(fields=("check_of", "code"), name="one_point_per_code"),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["office", "concluded_at"], name="inspections_of_office"),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("concluded_at__isnull", True)), fields=("declaration",), name="one_open_inspection"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedline",
            constraint=models.UniqueConstraint(fields=("inspection", "line"), name="one_measure_per_line"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["declaration", "kind"], name="findings_of_declaration"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("inspection__isnull", True), ("check_of__isnull", True), _connector="XOR"),
                name="finding_of_one_check",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["officer", "until"], name="inspections_of_officer"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("inspection", "officer"),
                name="one_live_assignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void_at__isnull", True)),
                fields=("inspection", "officer"),
                name="one_live_signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="specializedinspection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("result_at__isnull", True)),
                fields=("declaration", "kind"),
                name="one_open_specialized_inspection",
            ),
        ),
    ]
