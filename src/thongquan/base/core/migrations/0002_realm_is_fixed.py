"""The realm of a database is written once."""

from django.db import migrations

FIXED = """
CREATE FUNCTION core_realm_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the realm of a database never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER realm_is_fixed BEFORE UPDATE OR DELETE ON core_realm
    FOR EACH ROW EXECUTE FUNCTION core_realm_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(FIXED, "DROP TRIGGER realm_is_fixed ON core_realm; DROP FUNCTION core_realm_is_fixed()")
    ]
