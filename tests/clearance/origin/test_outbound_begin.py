"""An application for an export certificate begun from a lodged export: page, list, API, once, within one's scope."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.clearance.origin.test_outbound_doors import API, PAGE, post
from tests.world import ENTERPRISE, World, as_json, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Outbound
from thongquan.clearance.origin.operations.outbound_answers import cancel_outbound
from thongquan.clearance.origin.operations.outbound_begin import begin_outbound
from thongquan.clearance.origin.queries.outbound import outbound_file
from thongquan.rules.codes import Code


def lodged_export(customs: World, *, origin: str = "VN", **changes: Any) -> str:
    """The number of a lodged export of the demo enterprise."""
    document = import_document()
    assert document.invoice is not None
    lines = tuple(
        replace(one, origin=origin, description=f"{one.description}#&{origin}", schedule=None, choices=())
        for one in document.lines[:2]
    )
    amount = sum((one.value or 0 for one in lines), 0)
    export = replace(
        document,
        flow="export",
        regime="B11",
        lines=lines,
        arrival_on=None,
        unloading_place=None,
        export_country=None,
        departure_on=localdate(now()) + timedelta(days=1),
        destination_country="CN",
        loading_place="VNHNG",
        invoice=replace(document.invoice, incoterm="FOB", amount=amount),
        bills_of_lading=(),
    )
    body = as_json(replace(export, **changes))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["number"])


def test_one_click_on_the_declaration_begins_it_and_the_next_opens_it(customs: World) -> None:
    number = lodged_export(customs)
    trader = customs.client("declarant")
    address = f"/origin/outbound/begin/{number}"
    assert address in trader.get(f"/declarations/{number}/").content.decode()
    assert address in trader.get(PAGE).content.decode()
    answer = trader.post(address)
    row = Outbound.objects.get()
    assert answer.headers["Location"] == f"{PAGE}{row.pk}/"
    assert (row.agreement, row.form, row.office, row.tax_code) == ("ACFTA", "E", "15BB", ENTERPRISE)
    kept = outbound_file(actor=customs.actor("declarant"), outbound=row.pk, at=now()).application
    assert (kept.declaration, kept.destination, kept.vehicle) == (number, "CN", "桂FA1234")
    assert [(line.hs, line.fob is not None) for line in kept.lines] == [("080810", True), ("071290", True)]
    assert "#&" not in kept.lines[0].description
    assert trader.post(address).headers["Location"] == f"{PAGE}{row.pk}/"
    assert Outbound.objects.count() == 1
    assert address not in trader.get(PAGE).content.decode()
    shown = trader.get(f"/declarations/{number}/").content.decode()
    assert f"{PAGE}{row.pk}/" in shown
    cancel_outbound(actor=customs.actor("declarant"), outbound=row.pk, words="Nhầm", at=now())
    assert trader.post(address).headers["Location"] != f"{PAGE}{row.pk}/"


def test_a_program_begins_one_and_may_name_the_agreement(customs: World) -> None:
    number = lodged_export(customs)
    status, made = post(customs.api("declarant"), API, {"declaration": number, "application": {"agreement": "RCEP"}})
    assert status == 201
    assert Outbound.objects.get(pk=made["id"]).agreement == "RCEP"
    status, told = post(customs.api("declarant"), API, {"declaration": "999999999999"})
    assert status == 404, told


def test_goods_of_others_and_a_country_without_agreement_are_told(customs: World) -> None:
    actor, at = customs.actor("declarant"), now()
    with pytest.raises(Refused) as refused:
        begin_outbound(actor=actor, declaration=lodged_export(customs, origin="CN"), at=at)
    assert [one.code for one in refused.value.faults] == [Code.TQ_ORI_135]
    far = lodged_export(customs, destination_country="BR", own_reference="BR-1")
    with pytest.raises(Refused) as refused:
        begin_outbound(actor=actor, declaration=far, at=at)
    assert [(one.code, one.value) for one in refused.value.faults] == [(Code.TQ_ORI_134, "BR")]
    page = customs.client("declarant").post(
        f"/origin/outbound/begin/{far}", follow=True, headers={"accept-language": "en"}
    )
    assert "reaches the country of destination" in page.content.decode()


def test_an_import_begins_nothing(customs: World) -> None:
    body = as_json(import_document())
    number = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json").json()
    with pytest.raises(NotFound):
        begin_outbound(actor=customs.actor("declarant"), declaration=number["number"], at=now())
    page = customs.client("declarant").get(f"/declarations/{number['number']}/").content.decode()
    assert "outbound/begin" not in page


def test_a_stranger_begins_nothing(customs: World) -> None:
    number = lodged_export(customs)
    assert Client(SERVER_NAME="127.0.0.1").post(f"/origin/outbound/begin/{number}").status_code in (302, 403)
    assert not Outbound.objects.exists()


def test_a_neighbor_begins_nothing_and_an_officer_prepares_nothing(customs: World) -> None:
    number = lodged_export(customs)
    with pytest.raises(NotFound):
        begin_outbound(actor=system_actor("x", enterprises=["9999900099"]), declaration=number, at=now())
    officer = customs.client("clearance_officer")
    assert officer.post(f"/origin/outbound/begin/{number}").status_code == 403
    assert "outbound/begin" not in officer.get(f"/declarations/{number}/").content.decode()
    assert not Outbound.objects.exists()


def test_the_body_is_documented() -> None:
    described = msgspec.json.decode(Client(SERVER_NAME="127.0.0.1").get("/api/v1/openapi.json").content)
    assert "declaration" in described["components"]["schemas"]["OutboundBody"]["properties"]
