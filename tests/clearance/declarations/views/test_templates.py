"""Templates: saved from what was lodged or drafted, kept clear of one shipment's papers, shared, begun from."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.clearance.declarations.views.test_drafts import begun, lodged
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.formats.again import OF_ONE_SHIPMENT, anew
from thongquan.clearance.declarations.formats.content import Content
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER
from thongquan.clearance.declarations.models import Draft, Template
from thongquan.clearance.declarations.operations import templates as operations

LIST = "/declarations/templates/"
CONTENT = Content(
    "import",
    {"trader.tax_code": ENTERPRISE, "invoice.number": "A-1", "invoice.amount": "10", "arrival_on": "2026-01-05"},
    [{"hs": "08081000", "quantity": "5", "unit_price": "2", "value": "10", "certificate.number": "E1"}],
)


def saved(client: Client, **data: Any) -> str:
    """Address of a template just saved."""
    return str(client.post(f"{LIST}save", {"name": "Táo Fuji", **data})["location"])


def test_what_belongs_to_one_shipment_is_cleared_and_told() -> None:
    again = anew(CONTENT)
    assert again.cleared == ("invoice.number", "arrival_on", "lines.certificate.number")
    assert again.content.fields == {"trader.tax_code": ENTERPRISE, "invoice.amount": "10"}
    assert again.content.lines == [{"hs": "08081000", "quantity": "5", "unit_price": "2", "value": "10"}]
    assert len(again.labels) == 3
    assert set(OF_ONE_SHIPMENT) <= set(HEADER)
    dates = {key for key, field in HEADER.items() if field.kind == "date" and not key.startswith("permits")}
    assert dates <= set(OF_ONE_SHIPMENT), "a date of an earlier shipment is never copied"


def test_quantities_and_prices_stay_or_go_as_chosen() -> None:
    bare = anew(CONTENT, quantities=False, prices=False)
    assert bare.content.lines == [{"hs": "08081000"}]
    assert "invoice.amount" in bare.cleared
    priced = anew(CONTENT, quantities=False)
    assert priced.content.lines == [{"hs": "08081000", "unit_price": "2"}]
    assert {"lines.quantity", "lines.value"} <= set(priced.cleared)
    assert all(key.removeprefix("lines.") in COLUMNS or key in HEADER for key in bare.cleared)


def test_a_lodged_declaration_becomes_a_template_and_a_draft_again(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    assert "Táo tươi" in client.get(f"/declarations/{number}/").content.decode()
    where = saved(client, number=number)
    page = client.get(where).content.decode()
    assert "Táo tươi giống Fuji" in page
    assert "12.000" in page
    assert "Táo Fuji" in client.get(LIST).content.decode()
    answer = client.post(where, {"quantities": "1"})
    draft = client.get(answer["location"]).content.decode()
    assert "Táo tươi giống Fuji" in draft
    assert "GX-2611-001" not in draft
    stored = Draft.objects.latest("id").content
    assert stored["lines"][0]["quantity"]
    assert "unit_price" not in stored["lines"][0], "prices were not to be kept"
    assert "arrival_on" not in stored["fields"]
    assert timezone.localdate(now()).isoformat() not in str(stored)


def test_a_draft_is_saved_renamed_shared_and_deleted(customs: World) -> None:
    client = customs.client("broker")
    draft = begun(client).strip("/").split("/")[-1]
    where = saved(client, draft=draft)
    row = Template.objects.get()
    client.post(f"{where}change", {"act": "rename", "name": "Mỗi tuần"})
    row.refresh_from_db()
    assert row.name == "Mỗi tuần"
    client.post(f"{where}change", {"act": "rename", "name": "  "})
    row.refresh_from_db()
    assert row.name == "Mỗi tuần"
    client.post(f"{where}change", {"act": "delete"})
    assert not Template.objects.exists()


def test_a_name_is_used_once_and_templates_have_an_end(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = customs.actor("broker")

    def save(name: str, content: Content = CONTENT, *, shared: bool = False) -> None:
        operations.save_template(actor=actor, name=name, content=content, shared=shared, at=now())

    save("Táo")
    for name in ("", "x" * 61, " Táo "):
        with pytest.raises(Refused) as refused:
            save(name)
        assert refused.value.faults[0].code == "TQ-VIE-010"
    with pytest.raises(Refused) as refused:
        save("Khác", Content("import", {}, []), shared=True)
    assert refused.value.faults[0].code == "TQ-VIE-012"
    monkeypatch.setattr(operations, "MOST_TEMPLATES", 1)
    with pytest.raises(Refused) as refused:
        save("Lê")
    assert refused.value.faults[0].code == "TQ-VIE-011"


def test_the_api_lists_and_starts(customs: World) -> None:
    where = saved(customs.client("broker"), number=lodged(customs.client("broker")))
    template = where.strip("/").split("/")[-1]
    api = customs.api("broker")
    (row,) = api.get("/api/v1/declarations/templates/").json()["templates"]
    assert (row["name"], row["tax_code"], row["lines"]) == ("Táo Fuji", ENTERPRISE, 5)
    answer = api.post(f"/api/v1/declarations/templates/{template}/start?prices=false")
    assert answer.status_code == 201
    began = answer.json()
    assert began["document"]["lines"][0]["hs"] == "08081000"
    assert "lines.unit_price" in began["cleared"]
    assert Draft.objects.filter(pk=began["draft"]).exists()
    texts = api.get("/api/v1/declarations/").json()["declarations"]
    assert texts[0]["state_text"]


def test_a_stranger_reaches_no_template(customs: World) -> None:
    where = saved(customs.client("broker"), number=lodged(customs.client("broker")))
    template = where.strip("/").split("/")[-1]
    nobody, officer = Client(), customs.client("clearance_officer")
    for path in (LIST, where):
        assert "login" in nobody.get(path)["location"]
        assert officer.get(path).status_code == 403
    for path in (f"{LIST}save", f"{where}change"):
        assert "login" in nobody.post(path)["location"]
        assert officer.post(path).status_code == 403
    assert nobody.get("/api/v1/declarations/templates/").status_code == 401
    program = customs.api("clearance_officer")
    assert program.get("/api/v1/declarations/templates/").status_code == 403
    assert program.post(f"/api/v1/declarations/templates/{template}/start").status_code == 403


def test_a_neighbor_sees_what_is_shared_only_within_the_firm_and_while_the_mandate_stands(customs: World) -> None:
    """The declarant's own template for the enterprise is none of the broker's, though the broker acts for it."""
    declarant, broker = customs.client("declarant"), customs.client("broker")
    where = saved(declarant, number=lodged(declarant), shared="1")
    assert Template.objects.get().firm == ENTERPRISE
    assert broker.get(where).status_code == 404
    assert broker.post(where).status_code == 404
    assert broker.post(f"{where}change", {"act": "delete"}).status_code == 404
    Template.objects.update(firm=operations.firm_of(customs.actor("broker"), ENTERPRISE, now()))
    assert broker.get(where).status_code == 200, "shared within the broker's firm"
    assert broker.post(f"{where}change", {"act": "delete"}).status_code == 404, "only its owner changes it"
    customs.run_sql("UPDATE accounts_mandate SET valid_to = valid_from + interval '1 second'")
    from_now = customs.client("broker")
    assert from_now.get(where).status_code in (403, 404)
