"""The database itself refuses to change what the ledger says."""

from django.db import migrations

TABLES = ("ledger_entry", "ledger_leaf", "ledger_node", "ledger_key", "ledger_head")
REFUSAL = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
SIZES = "ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_sizes CHECK (octet_length(leaf) = 32 AND octet_length(salt) = 16)"


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()",
        f"DROP TRIGGER append_only ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_ledger")]
    operations = [
        migrations.RunSQL(REFUSAL, "DROP FUNCTION ledger_refuse_change()"),
        migrations.RunSQL(SIZES, "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_sizes"),
        *(trigger(table) for table in TABLES),
    ]
