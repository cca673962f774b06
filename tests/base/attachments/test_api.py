"""Files over the API: send, list, take, attach, take away."""

from __future__ import annotations

import msgspec
import pytest
from django.test import Client

from tests.base.attachments import made
from tests.base.attachments.office import OTHER, OWN, lodged, other_enterprise, put, upload
from tests.world import World
from thongquan.base.attachments.models import File
from thongquan.base.attachments.operations import store_file
from thongquan.base.core.clock import now

FILES = "/api/v1/files/"
JSON = "application/json"


def test_a_file_is_sent_attached_listed_taken_and_taken_away(customs: World) -> None:
    subject, api = lodged(customs), customs.api("declarant")
    sent = api.post(FILES, {"file": upload(), "owner": OWN})
    assert sent.status_code == 201, sent.content.decode()
    file = sent.json()["id"]
    body = msgspec.json.encode({"subject": subject, "kind": "INV"})
    attached = api.post(f"{FILES}{file}/attach", body, content_type=JSON)
    assert attached.status_code == 200
    listed = api.get(FILES, {"subject": subject}).json()["files"]
    assert [(one["kind"], one["file"]["id"]) for one in listed] == [("INV", file)]
    assert [one["id"] for one in api.get(FILES, {"owner": OWN}).json()["files"]] == [file]
    assert api.get(f"{FILES}{file}").json()["state"] == "waiting"
    taken = api.get(f"{FILES}{file}/content")
    assert taken.content == made.pdf()
    assert taken["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    gone = api.delete(f"{FILES}attached/{attached.json()['id']}")
    assert gone.status_code == 200
    assert api.get(FILES, {"subject": subject}).json()["files"] == []


def test_a_file_is_sent_straight_onto_a_declaration(customs: World) -> None:
    subject, api = lodged(customs), customs.api("declarant")
    sent = api.post(FILES, {"file": upload(), "subject": subject, "kind": "CON"})
    assert sent.status_code == 201
    assert sent.json()["kind"] == "CON"
    assert sent.json()["owner"] == OWN


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "TQ-ATT-001"),
        ({"file": upload(made.SVG, "a.svg"), "owner": OWN}, "TQ-ATT-006"),
        ({"file": upload(b"MZ" + b"\0" * 99, "a.pdf"), "owner": OWN}, "TQ-ATT-003"),
    ],
)
def test_what_is_refused_is_told(customs: World, body: dict[str, object], code: str) -> None:
    answer = customs.api("declarant").post(FILES, body)
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json()["faults"]] == [code]
    assert not File.objects.exists()


def test_a_broken_form_is_a_fault(customs: World) -> None:
    api = customs.api("declarant")
    for content, kind in ((b"x", "multipart/form-data; boundary=a"), (b"x", "multipart/form-data"), (b"{}", JSON)):
        answer = api.post(FILES, content, content_type=kind)
        assert answer.status_code == 422, kind
        assert answer.json()["faults"][0]["code"] in ("TQ-FMT-001", "TQ-ATT-001")


def test_a_stranger_gets_401(customs: World) -> None:
    one = put(customs, lodged(customs))
    client = Client()
    assert client.post(FILES, {"file": upload(), "owner": OWN}).status_code == 401
    for address in (FILES, f"{FILES}{one.file.id}", f"{FILES}{one.file.id}/content"):
        assert client.get(address).status_code == 401
    assert client.post(f"{FILES}{one.file.id}/attach", b"{}", content_type=JSON).status_code == 401
    assert client.delete(f"{FILES}attached/{one.id}").status_code == 401


def test_a_neighbor_gets_nothing(customs: World) -> None:
    one = put(customs, lodged(customs, office="20BB"))
    theirs = store_file(actor=other_enterprise(), owner=OTHER, name="a.pdf", content=made.pdf(), at=now())
    officer, declarant = customs.api("clearance_officer"), customs.api("declarant")
    assert officer.get(FILES, {"subject": one.subject}).status_code == 404
    assert officer.get(FILES, {"owner": OWN}).status_code == 403
    assert officer.post(FILES, {"file": upload(), "owner": OWN}).status_code == 403
    assert officer.get(f"{FILES}{one.file.id}/content").status_code == 404
    assert officer.delete(f"{FILES}attached/{one.id}").status_code == 404
    for path in ("", "/content"):
        assert declarant.get(f"{FILES}{theirs.id}{path}").status_code == 404
    body = msgspec.json.encode({"subject": one.subject, "kind": "INV"})
    assert declarant.post(f"{FILES}{theirs.id}/attach", body, content_type=JSON).status_code == 404
    assert declarant.get(FILES, {"owner": OTHER}).status_code == 403


def test_a_token_that_may_only_read_sends_nothing(customs: World) -> None:
    one = put(customs, lodged(customs))
    token = customs.token("declarant", scopes=("files:read",))
    client = Client(headers={"authorization": f"Bearer {token}"})
    assert client.get(f"{FILES}{one.file.id}/content").status_code == 200
    assert client.post(FILES, {"file": upload(made.pdf(pages=2)), "owner": OWN}).status_code == 403
    assert client.delete(f"{FILES}attached/{one.id}").status_code == 403


@pytest.mark.parametrize("query", [{}, {"subject": "a\x00"}, {"subject": "declaration:0"}, {"owner": "user:1"}])
def test_a_list_of_nothing_is_not_found(customs: World, query: dict[str, str]) -> None:
    assert customs.api("declarant").get(FILES, query).status_code in (400, 403, 404)
