"""Codes that name a field of the declaration are longer than sixteen characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tariff", "0006_required_documents")]
    operations = [
        migrations.AlterField(model_name="codevalue", name="code", field=models.CharField(max_length=40)),
    ]
