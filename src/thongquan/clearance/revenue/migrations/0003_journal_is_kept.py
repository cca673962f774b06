"""The database itself refuses to change or take away what was posted: a mistake is corrected by another entry."""

from django.db import migrations

TABLES = ("revenue_journalentry", "revenue_posting")
REFUSAL = """
CREATE FUNCTION revenue_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION revenue_refuse_change()",
        f"DROP TRIGGER append_only ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("revenue", "0002_books")]
    operations = [
        migrations.RunSQL(REFUSAL, "DROP FUNCTION revenue_refuse_change()"),
        *(trigger(table) for table in TABLES),
    ]
