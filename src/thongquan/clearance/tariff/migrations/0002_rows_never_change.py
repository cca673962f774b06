"""The database itself refuses to change a row of law: it may only be marked, once, as withdrawn."""

from django.db import migrations

TABLES = (
    *("node", "tariffcell", "schedule", "regime", "regimetax", "parameter", "codevalue", "office", "gate"),
    *("condition", "exchangerate", "vagueterm", "unitalias"),
)
REFUSAL = """
CREATE FUNCTION tariff_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_id IS NULL AND NEW.withdrawn_id IS NOT NULL
       AND to_jsonb(NEW) - 'withdrawn_id' = to_jsonb(OLD) - 'withdrawn_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a row of law never changes: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON tariff_{table} "
        "FOR EACH ROW EXECUTE FUNCTION tariff_refuse_change()",
        f"DROP TRIGGER never_changes ON tariff_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("tariff", "0001_law")]
    operations = [
        migrations.RunSQL(REFUSAL, "DROP FUNCTION tariff_refuse_change()"),
        *(trigger(table) for table in TABLES),
    ]
