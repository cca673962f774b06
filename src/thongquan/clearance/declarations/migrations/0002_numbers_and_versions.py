"""Number sequences of each flow, and versions and their lines that never change once written."""

from django.db import migrations

SEQUENCES = """
CREATE SEQUENCE declarations_import_number;
CREATE SEQUENCE declarations_export_number;
"""
NEVER = """
CREATE FUNCTION declarations_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of declarations are written once (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON declarations_version
    FOR EACH ROW EXECUTE FUNCTION declarations_never_change();
CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON declarations_line
    FOR EACH ROW EXECUTE FUNCTION declarations_never_change();
"""
UNDO_NEVER = """
DROP TRIGGER never_change ON declarations_version;
DROP TRIGGER never_change ON declarations_line;
DROP FUNCTION declarations_never_change();
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SEQUENCES, "DROP SEQUENCE declarations_import_number; DROP SEQUENCE declarations_export_number"
        ),
        migrations.RunSQL(NEVER, UNDO_NEVER),
    ]
