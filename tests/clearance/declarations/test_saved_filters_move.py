"""Saved filters of declarations stay what they were when they move to the room of accounts, and back."""

from __future__ import annotations

from django.core.management import call_command

from tests.world import World
from thongquan.base.accounts.operations.saved_filters import save_filter
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations.saved_views import save_view

ROWS = "SELECT id, name, query, office FROM {} ORDER BY id"


def test_no_filter_and_no_identity_is_lost_either_way(customs: World) -> None:
    actor, at = customs.actor("team_leader"), now()
    kept = [
        save_view(actor=actor, name=name, query=f"queue={name}", office=office, at=at)
        for name, office in (("Của tôi", ""), ("Của đội", "15BB"))
    ]
    save_filter(actor=actor, place="origin.certificates", name="Của tôi", query="queue=doubted", office="", at=at)
    before = customs.run_sql(ROWS.format("accounts_savedfilter") + " LIMIT 2")
    assert [row[0] for row in before] == kept
    call_command("migrate", "declarations", "0007_late_proofs", verbosity=0)
    assert customs.run_sql(ROWS.format("declarations_savedview")) == before
    assert customs.run_sql("SELECT place FROM accounts_savedfilter") == [("origin.certificates",)]
    customs.run_sql("DELETE FROM accounts_savedfilter")
    call_command("migrate", "declarations", verbosity=0)
    assert customs.run_sql(ROWS.format("accounts_savedfilter")) == before
    assert save_view(actor=actor, name="Mới", query="", office="", at=at) > max(kept)
