import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0005_queues"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("tax_code", models.CharField(blank=True, max_length=14)),
                ("firm", models.CharField(blank=True, max_length=14)),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("firm", ""), _negated=True), fields=["firm"], name="templates_of_firm"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("owner", "name"), name="one_template_of_a_name")],
            },
        ),
    ]
