"""The database refuses to change a note but for its withdrawal; presence is not written to the log of the server."""

from django.db import migrations

REFUSAL = """
CREATE FUNCTION casework_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL
       OR (NEW.id, NEW.declaration_id, NEW.office, NEW.text, NEW.salt, NEW.written_by, NEW.written_at)
          IS DISTINCT FROM
          (OLD.id, OLD.declaration_id, OLD.office, OLD.text, OLD.salt, OLD.written_by, OLD.written_at) THEN
        RAISE EXCEPTION 'notes stay as they were written' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSAL, "DROP FUNCTION casework_refuse_change()"),
        migrations.RunSQL(
            "CREATE TRIGGER notes_stay BEFORE UPDATE OR DELETE ON casework_note "
            "FOR EACH ROW EXECUTE FUNCTION casework_refuse_change()",
            "DROP TRIGGER notes_stay ON casework_note",
        ),
        migrations.RunSQL("ALTER TABLE casework_presence SET UNLOGGED", "ALTER TABLE casework_presence SET LOGGED"),
    ]
