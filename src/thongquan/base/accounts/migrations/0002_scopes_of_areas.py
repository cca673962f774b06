"""Tokens made before each area of the API had scopes of its own keep what they could do."""

from typing import Any

from django.db import migrations

READING = ["files:read", "money:read", "questions:read", "control:read"]
ACTING = ["files:write", "money:write", "questions:write", "control:write"]


def widen(apps: Any, schema_editor: Any) -> None:
    for token in apps.get_model("accounts", "ApiToken").objects.filter(revoked_at=None):
        reads, acts = "declarations:read" in token.scopes, "declarations:lodge" in token.scopes
        token.scopes = sorted({*token.scopes, *(READING if reads else []), *(ACTING if acts else [])})
        token.save(update_fields=["scopes"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(widen, migrations.RunPython.noop)]
