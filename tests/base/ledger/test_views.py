"""Pages and downloads of the ledger: who sees what, and that the files handed out verify."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.base.ledger.shared import AT, seal, verified
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World, as_json, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.people import Nobody
from thongquan.base.ledger import operations, permissions
from thongquan.base.ledger.verification import verify_proof

JSON = "application/json"
MINE = f"enterprise:{ENTERPRISE}"
OTHERS = "enterprise:9999900099"


@pytest.fixture
def own_enterprise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room above that says: an enterprise's entries are for those who act for it."""
    scopes = {"enterprise": lambda actor, subject: subject.partition(":")[2] in actor.enterprises}
    monkeypatch.setattr(permissions, "_scopes", scopes)


def record(subject: str, *, action: str = "a.b") -> None:
    operations.record(action=action, subject=subject, actor="user:1", at=AT, details={"note": "Hữu Nghị"})


@pytest.mark.parametrize("role", ["auditor", "internal_control", "director", "administrator"])
def test_overseers_read_entries_heads_and_the_window(customs: World, role: str) -> None:
    record("declaration:1", action="declaration.lodged")
    seal()
    record("declaration:2", action="declaration.amended")
    answer = customs.client(role).get("/ledger/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "declaration.lodged" in page
    assert "declaration.amended" in page
    assert answer.context["window"].waiting >= 1
    assert answer.context["heads"][0].head.size >= 2


def test_entries_are_filtered_by_action_subject_and_state(customs: World) -> None:
    record("declaration:1", action="declaration.lodged")
    seal()
    record("declaration:2", action="declaration.amended")
    client = customs.client("auditor")

    def shown(query: str) -> set[str]:
        return {row.subject for row in client.get(f"/ledger/?{query}").context["found"].rows}

    assert shown("action=declaration.") == {"declaration:1", "declaration:2"}
    assert shown("action=declaration.&sealed=yes") == {"declaration:1"}
    assert "declaration:1" not in shown("sealed=no")
    assert shown("subject=declaration:2") == {"declaration:2"}
    assert shown("subject=declaration:none") == set()


def test_a_long_list_goes_on_where_the_page_ended(customs: World) -> None:
    for number in range(60):
        record(f"x:{number}", action="x.y")
    client = customs.client("auditor")
    first = client.get("/ledger/?action=x.").context["found"]
    assert len(first.rows) == 50
    second = client.get(f"/ledger/?action=x.&before={first.before}").context["found"]
    assert [row.subject for row in second.rows] == [f"x:{number}" for number in range(9, -1, -1)]
    assert second.before is None


@pytest.mark.parametrize("query", ["sealed=maybe", "before=zero", "before=-1", f"before={2**70}"])
def test_a_filter_that_cannot_be_read_is_told(customs: World, query: str) -> None:
    answer = customs.client("auditor").get(f"/ledger/?{query}")
    assert answer.status_code == 400
    assert answer.context["found"].rows == []
    assert "tq-errors" in answer.content.decode()


def test_the_list_refuses_a_stranger(customs: World) -> None:
    answer = Client().get("/ledger/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("role", ["declarant", "broker", "clearance_officer", "team_leader", "partner_agency"])
def test_the_list_refuses_a_neighbor_without_an_overseers_role(customs: World, role: str) -> None:
    assert customs.client(role).get("/ledger/").status_code == 403


def test_a_declarant_downloads_the_proof_of_what_is_theirs(customs: World, own_enterprise: None) -> None:
    record(MINE)
    seal()
    answer = customs.client("declarant").get(f"/ledger/proof/{MINE}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="proof-enterprise-{ENTERPRISE}.json"'
    report = verify_proof(answer.content)
    assert report.entries >= 1
    assert report.findings == []
    assert {entry["subject"] for entry in answer.json()["proofs"]} == {MINE}


@pytest.mark.parametrize("role", ["auditor", "internal_control", "director"])
def test_overseers_download_every_proof(customs: World, role: str) -> None:
    record("nobody:1")
    seal()
    assert verify_proof(customs.client(role).get("/ledger/proof/nobody:1/").content).entries == 1


def test_a_proof_refuses_a_stranger(customs: World, own_enterprise: None) -> None:
    record(MINE)
    assert Client().get(f"/ledger/proof/{MINE}/").status_code == 302


def test_a_proof_refuses_a_neighbor_of_another_enterprise(customs: World, own_enterprise: None) -> None:
    record(OTHERS)
    assert customs.client("declarant").get(f"/ledger/proof/{OTHERS}/").status_code == 404


@pytest.mark.parametrize("role", ["declarant", "clearance_officer", "administrator"])
def test_a_proof_of_what_no_room_speaks_for_is_refused_to_a_neighbor(customs: World, role: str) -> None:
    record("nobody:1")
    assert customs.client(role).get("/ledger/proof/nobody:1/").status_code == 404


def test_heads_are_for_everyone_even_a_stranger(customs: World) -> None:
    record("x:1")
    seal()
    record("x:2")
    signed = seal()
    assert signed is not None
    words = Client().get("/ledger/heads.json").json()
    assert words["heads"][-1] == json.loads(json.dumps(signed.words()))
    sizes = [head["size"] for head in words["heads"]]
    assert sizes == sorted(sizes)
    later = Client().get(f"/ledger/heads.json?after={sizes[0]}").json()["heads"]
    assert [head["size"] for head in later] == sizes[1:]


@pytest.mark.parametrize("after", ["x", "-1", str(2**70)])
def test_heads_after_what_is_no_size_are_refused(customs: World, after: str) -> None:
    answer = Client().get(f"/ledger/heads.json?after={after}")
    assert answer.status_code == 400
    assert answer.json()["faults"][0]["code"] == "TQ-FMT-018"


def test_nothing_is_posted_to_the_ledger(customs: World) -> None:
    client = customs.client("auditor")
    for address in ("/ledger/", "/ledger/heads.json", "/ledger/proof/x:1/"):
        assert client.post(address).status_code == 405


def lodged(customs: World) -> str:
    """A declaration lodged by the demo enterprise and sealed; its subject."""
    answer = customs.api("declarant").post("/api/v1/declarations/", as_json(import_document()), content_type=JSON)
    assert answer.status_code == 201, answer.content
    seal()
    return f"declaration:{answer.json()['number']}"


def test_a_declarant_proves_the_lodging_of_their_own_declaration(customs: World) -> None:
    subject = lodged(customs)
    answer = customs.client("declarant").get(f"/ledger/proof/{subject}/")
    assert answer.status_code == 200
    report = verify_proof(answer.content)
    assert (report.entries, report.waiting, report.findings) == (1, 0, [])
    assert answer.json()["proofs"][0]["action"] == "declaration.lodged"


def test_the_proof_of_a_declaration_is_refused_to_a_neighbor(customs: World) -> None:
    from thongquan.config.wiring import sees_declaration

    subject = lodged(customs)
    assert sees_declaration(system_actor("test", enterprises=[ENTERPRISE]), subject)
    assert not sees_declaration(system_actor("test", enterprises=[OTHER_ENTERPRISE]), subject)
    assert not sees_declaration(Nobody(), subject)
    assert customs.client("partner_agency").get(f"/ledger/proof/{subject}/").status_code == 404


def test_the_row_of_the_hot_statement_verifies_like_any_other(customs: World) -> None:
    """Lodging inserts its entry by hand-written SQL; the verifier recomputes its leaf."""
    lodged(customs)
    report = verified()
    assert report.entries >= 2
    assert report.findings == []
