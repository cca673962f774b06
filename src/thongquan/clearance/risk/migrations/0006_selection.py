from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0005_outcomes_and_trade"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeclarationScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12, unique=True)),
                ("office", models.CharField(max_length=6)),
                ("tax_code", models.CharField(blank=True, max_length=14)),
                ("at", models.DateTimeField()),
                ("mode", models.CharField(max_length=8)),
                ("model", models.CharField(max_length=32)),
                ("past", models.CharField(max_length=32)),
                ("line", models.PositiveSmallIntegerField()),
                ("probability", models.DecimalField(decimal_places=6, max_digits=8)),
                ("rank", models.DecimalField(decimal_places=6, max_digits=12)),
                ("duty_vnd", models.DecimalField(decimal_places=0, max_digits=20)),
                ("threshold", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("share", models.DecimalField(decimal_places=6, max_digits=8)),
                ("drawn", models.BooleanField(default=False)),
                ("opened", models.BooleanField(default=False)),
                ("would", models.BooleanField(default=False)),
                ("channel", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("vectors", models.BinaryField(default=bytes)),
            ],
            options={
                "indexes": [models.Index(fields=["office", "at"], name="risk_scores_of_office")],
            },
        ),
        migrations.CreateModel(
            name="NightPast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=32, unique=True)),
                ("at", models.DateTimeField()),
                ("lines", models.IntegerField()),
                ("outcomes", models.IntegerField()),
                ("features", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="OfficeHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=6)),
                ("begins_at", models.DateTimeField()),
                ("minutes", models.IntegerField()),
                ("mandatory_minutes", models.IntegerField()),
                ("minutes_each", models.IntegerField()),
                ("expected", models.DecimalField(decimal_places=2, max_digits=9)),
                ("exploration", models.DecimalField(decimal_places=3, max_digits=4)),
                ("trade_off", models.DecimalField(decimal_places=3, max_digits=4)),
                ("ranks", models.IntegerField()),
                ("threshold", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("share", models.DecimalField(decimal_places=6, max_digits=8)),
                ("capped", models.JSONField(default=list)),
                ("model", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("office", "begins_at"), name="one_hour_of_office"),
                ],
            },
        ),
    ]
