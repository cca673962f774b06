"""Drafts and the form: saved as typed, checked, lodged, with every fault at its field."""

from __future__ import annotations

from typing import Any

from django.test import Client
from msgspec.structs import replace

from tests.clearance.declarations.filled import posted
from tests.world import ENTERPRISE, World, import_document

HTMX = {"hx-request": "true"}


def begun(client: Client, **more: str) -> str:
    """The address of a new draft."""
    answer = client.post("/declarations/new/", {"flow": "import", "trader": ENTERPRISE, **more})
    assert answer.status_code == 302
    return str(answer["location"])


def test_a_draft_begins_with_what_is_known(customs: World) -> None:
    client = customs.client("declarant")
    page = client.get(begun(client)).content.decode()
    assert f'value="{ENTERPRISE}"' in page
    assert "Công ty TNHH Xuất nhập khẩu Bình Minh" in page


def test_what_is_typed_is_saved_and_shown_again(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    answer = client.post(f"{url}save", posted(import_document()), headers=HTMX)
    assert answer.status_code == 200
    assert "tq-saved" in answer.content.decode()
    page = client.get(url).content.decode()
    assert "GX-2611-001" in page
    assert "Táo tươi giống Fuji, đóng thùng 10 kg" in page
    assert "GX-2611-001" in client.get("/declarations/drafts/").content.decode()


def test_half_a_number_is_kept_as_typed(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    client.post(f"{url}save", {"invoice.amount": "12,5,", "language": "vi"}, headers=HTMX)
    assert 'value="12,5,"' in client.get(url).content.decode()


def test_an_ended_session_is_told_to_the_script_and_not_swapped(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    client.logout()
    assert client.post(f"{url}save", {}, headers=HTMX).status_code == 401
    assert client.post(f"{url}save", {}).status_code == 302


def test_rows_change_without_script(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    texts = posted(import_document())
    for action, count in (("add", 5), ("copy:0", 6), ("remove:1", 4), ("remove:77", 5), ("nonsense", 5)):
        answer = client.post(f"{url}save", {**texts, "rows": action})
        assert answer.status_code == 302
        assert answer["location"].endswith("#lines")
        filled = client.get(url).content.decode().count('value="CN"') - 1
        assert filled == count, action


def test_a_check_tells_duties_and_never_the_channel(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    for headers in (HTMX, {}):
        page = client.post(f"{url}check", posted(import_document()), headers=headers).content.decode()
        assert "dc-tried" in page
        assert "tq-channel" not in page
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]


def test_every_fault_stands_at_its_field_with_code_value_and_remedy(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    texts = {**posted(import_document()), "office": "99ZZ", "lines[2].hs": "99999999", "lines[1].quantity": "nhiều"}
    answer = client.post(f"{url}lodge", texts)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#f-lines-1-quantity"' in page
    assert "TQ-FMT-018" in page
    answer = client.post(f"{url}lodge", {**texts, "lines[1].quantity": "800"})
    page = answer.content.decode()
    for anchor in ("f-office", "f-lines-2-hs"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}-error"' in page
    assert "99ZZ" in page
    assert "TQ-DEC-012" in page
    assert 'aria-invalid="true"' in page


def test_lodging_leads_to_the_declaration_and_ends_the_draft(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    answer = client.post(f"{url}lodge", posted(import_document()))
    assert answer.status_code == 302
    file = answer["location"]
    again = client.post(f"{url}lodge", posted(import_document()))
    assert again["location"] == file
    assert client.get(url)["location"] == file
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(1,)]
    assert customs.run_sql("SELECT source FROM declarations_declaration") == [("form",)]
    assert client.post(f"{url}save", {}, headers=HTMX).status_code == 409


def test_numbers_mean_the_same_in_every_language(customs: World) -> None:
    for place, language in enumerate(("vi", "en", "fr", "zh-hans")):
        client = customs.client("broker")
        url = begun(client)
        answer = client.post(f"{url}lodge", posted(import_document(invoice=f"L-{place}"), language=language))
        assert answer.status_code == 302, language
    assert len(customs.run_sql("SELECT DISTINCT due_vnd FROM declarations_declaration")) == 1


def test_an_earlier_declaration_is_copied_without_its_papers(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    page = client.get(begun(client, copy=number)).content.decode()
    assert "Táo tươi giống Fuji" in page
    assert "GX-2611-001" not in page


def lodged(client: Client, **changes: Any) -> str:
    """Number of a declaration lodged by form."""
    answer = client.post(f"{begun(client)}lodge", posted(replace(import_document(), **changes)))
    return str(answer["location"]).strip("/").split("/")[-1]


def test_a_draft_is_thrown_away(customs: World) -> None:
    client = customs.client("broker")
    url = begun(client)
    assert client.post(f"{url}discard").status_code == 302
    assert client.get(url).status_code == 404


def test_a_stranger_reaches_no_draft(customs: World) -> None:
    url = begun(customs.client("broker"))
    nobody, officer = Client(), customs.client("clearance_officer")
    for path in ("/declarations/new/", "/declarations/drafts/", url):
        assert nobody.get(path).status_code == 302
        assert "login" in nobody.get(path)["location"]
        assert officer.get(path).status_code == (404 if path == url else 403)  # officers have drafts of their own
    for action in ("save", "check", "lodge", "discard"):
        assert "login" in nobody.post(f"{url}{action}")["location"]
        assert officer.post(f"{url}{action}").status_code == 404
    assert officer.post("/declarations/new/").status_code == 403


def test_a_neighbor_reaches_no_draft_of_another_person(customs: World) -> None:
    url = begun(customs.client("broker"))
    other = customs.client("declarant")
    assert other.get(url).status_code == 404
    for action in ("save", "check", "lodge", "discard"):
        assert other.post(f"{url}{action}").status_code == 404
    assert url not in other.get("/declarations/drafts/").content.decode()


def test_a_neighbor_cannot_lodge_or_check_for_another_enterprise(customs: World) -> None:
    client = customs.client("declarant")
    texts = {**posted(import_document()), "trader.tax_code": "9999900099"}
    for action in ("check", "lodge"):
        assert client.post(f"{begun(client)}{action}", texts).status_code == 403
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
