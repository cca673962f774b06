"""Pre-registering and splitting on the pages."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.structs import replace

from tests.clearance.declarations.filled import posted
from tests.world import ENTERPRISE, World, as_json, import_document
from thongquan.clearance.declarations.queries import branches_of, stand_of
from thongquan.rules.document import Document


def many(count: int) -> Document:
    """So many lines that all look alike."""
    document = import_document()
    line = replace(document.lines[0], net_weight_kg=Decimal(10), gross_weight_kg=None)
    lines = tuple(replace(line, number=number) for number in range(1, count + 1))
    assert document.invoice is not None
    amount = sum((one.value or Decimal(0) for one in lines), Decimal(0))
    return replace(document, lines=lines, invoice=replace(document.invoice, amount=amount))


def begun(client: Client) -> str:
    return str(client.post("/declarations/new/", {"flow": "import", "trader": ENTERPRISE})["location"])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_draft_is_pre_registered_changed_and_registered(customs: World) -> None:
    client = customs.client("declarant")
    draft = begun(client)
    assert "preregister" in text_of(client.get(draft))
    half = posted(import_document()) | {"lines[0].hs": ""}
    kept = client.post(f"{draft}preregister", half)
    address = kept.headers["Location"]
    number = re.sub(r"\D", "", address)
    assert number in text_of(client.get("/declarations/preregistered/"))
    refused = client.post(address, {"do": "register"})
    assert refused.status_code == 422
    assert "TQ-DEC-001" in text_of(refused)
    change = client.post(address, {"do": "change"}).headers["Location"]
    assert "readonly" not in text_of(client.get(change))
    assert client.post(f"{change}preregister", posted(import_document())).headers["Location"] == address
    done = client.post(address, {"do": "register"})
    assert done.headers["Location"] == f"/declarations/{number}/"
    assert client.get(address).headers["Location"] == f"/declarations/{number}/"
    assert stand_of(actor=customs.actor("declarant"), number=number).version == 0


def test_without_a_trader_nothing_is_kept(customs: World) -> None:
    client = customs.client("broker")
    draft = str(client.post("/declarations/new/", {"flow": "import"})["location"])
    refused = client.post(f"{draft}preregister", {"language": "vi"})
    assert refused.status_code in (403, 422)
    assert customs.run_sql("SELECT count(*) FROM declarations_preregistration") == [(0,)]


def test_the_form_offers_the_split_and_makes_it(customs: World) -> None:
    client = customs.client("declarant")
    draft, typed = begun(client), posted(many(60))
    refused = client.post(f"{draft}lodge", typed)
    assert refused.status_code == 422
    assert 'name="split"' in text_of(refused)
    done = client.post(f"{draft}lodge", typed | {"split": "1"})
    number = re.sub(r"\D", "", done.headers["Location"])
    branches = branches_of(number)
    assert [one.lines for one in branches] == [50, 10]
    page = text_of(client.get(done.headers["Location"]))
    assert all(one.number in page for one in branches)


def test_a_file_is_split_where_the_box_is_ticked(customs: World) -> None:
    client, content = customs.client("declarant"), as_json(many(60))

    def sent(**more: str) -> Any:
        file = SimpleUploadedFile("to-khai.json", content, "application/json")
        return client.post("/declarations/upload/", {"file": file, "do": "lodge", **more})

    refused = sent()
    assert "TQ-DEC-005" in text_of(refused)
    assert 'name="split" value="1" checked' in text_of(refused)
    done = sent(split="1")
    assert len(branches_of(re.sub(r"\D", "", done.headers["Location"]))) == 2


def test_a_stranger_and_a_neighbor_do_not_see_pre_registered_data(customs: World) -> None:
    client = customs.client("declarant")
    address = client.post(f"{begun(client)}preregister", posted(import_document())).headers["Location"]
    assert customs.client("clearance_officer").get(address).status_code == 403
    assert customs.client("partner_agency").get(address).status_code == 403
    assert Client(SERVER_NAME="127.0.0.1").get(address).status_code == 302
    assert customs.client("clearance_officer").get("/declarations/preregistered/").status_code == 403
