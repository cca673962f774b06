"""Saved filters move to `accounts`, where every room keeps its own; no row and no identity is lost either way."""

from django.db import migrations

MOVE = """
    INSERT INTO accounts_savedfilter (id, owner_id, place, name, query, office, at)
    SELECT id, owner_id, 'declarations', name, query, office, at FROM declarations_savedview
"""
COUNT_ON = """
    SELECT setval(pg_get_serial_sequence('accounts_savedfilter', 'id'),
                  greatest((SELECT coalesce(max(id), 0) FROM accounts_savedfilter), 1))
"""
MOVE_BACK = """
    INSERT INTO declarations_savedview (id, owner_id, name, query, office, at)
    SELECT id, owner_id, name, query, office, at FROM accounts_savedfilter WHERE place = 'declarations'
"""
TAKE_AWAY = "DELETE FROM accounts_savedfilter WHERE place = 'declarations'"
COUNT_BACK = """
    SELECT setval(pg_get_serial_sequence('declarations_savedview', 'id'),
                  greatest((SELECT coalesce(max(id), 0) FROM declarations_savedview), 1))
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0007_late_proofs"), ("accounts", "0004_saved_filters")]

    operations = [
        migrations.RunSQL([MOVE, COUNT_ON], [MOVE_BACK, TAKE_AWAY, COUNT_BACK]),
        migrations.DeleteModel(name="SavedView"),
    ]
