import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classification", "0003_declared_lines"),
    ]

    operations = [
        migrations.DeleteModel(name="PrecedentMet"),
        migrations.CreateModel(
            name="PrecedentMet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=64)),
                ("line", models.IntegerField()),
                ("office", models.CharField(max_length=6)),
                ("tax_code", models.CharField(blank=True, max_length=14)),
                ("on", models.DateField()),
                ("declared", models.CharField(max_length=8)),
                ("description", models.TextField()),
                ("agrees", models.BooleanField()),
                ("named", models.BooleanField()),
                ("own", models.BooleanField()),
                ("likeness", models.FloatField()),
                ("at", models.DateTimeField()),
                ("live", models.BooleanField(default=True)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("words", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("judged_by", models.CharField(blank=True, max_length=32)),
                (
                    "precedent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="met", to="classification.precedent"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("agrees", False), ("live", True), ("outcome", "")),
                        fields=["office", "-id"],
                        name="precedents_contradicted",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "line", "precedent"), name="one_meeting_of_line")
                ],
            },
        ),
    ]
