"""Files on pages: who sees and sends what, and how it is handed out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.base.attachments import made
from tests.base.attachments.office import OTHER, kept, lodged, other_enterprise, put, read_all, upload
from tests.world import World
from thongquan.base.attachments.models import Attachment, File
from thongquan.base.attachments.operations import store_file
from thongquan.base.core.clock import now

HX = {"HX-Request": "true"}


def of(subject: str) -> str:
    return f"/files/of/{subject}/"


def test_the_page_of_a_declaration_loads_its_files(customs: World) -> None:
    subject = lodged(customs)
    page = customs.client("declarant").get(f"/declarations/{subject.partition(':')[2]}/").content.decode()
    assert f'hx-get="{of(subject)}"' in page
    assert "attachments/files" in page


def test_files_are_sent_listed_and_shown_as_they_are_read(customs: World) -> None:
    subject, client = lodged(customs), customs.client("declarant")
    answer = client.post(of(subject), {"file": [upload(), upload(made.photo(), "ảnh.jpg")], "kind": "INV"})
    assert answer.status_code == 302
    waiting = client.get(of(subject), headers=HX).content.decode()
    assert "every 3s" in waiting
    assert "hóa đơn.pdf" in waiting
    assert "<html" not in waiting
    read_all()
    listed = client.get(f"{of(subject)}?part=list", headers=HX).content.decode()
    assert "every 3s" not in listed
    assert "300 × 200" in listed
    assert "thumb.jpg" in listed
    whole = client.get(of(subject)).content.decode()
    assert "<html" in whole
    assert f'href="/declarations/{subject.partition(":")[2]}/"' in whole
    assert "hóa đơn.pdf" in whole


def test_a_script_gets_every_fault_as_json(customs: World) -> None:
    subject, client = lodged(customs), customs.client("declarant")
    headers = {"Accept": "application/json"}
    bad = client.post(of(subject), {"file": upload(made.SVG, "a.svg"), "kind": "INV"}, headers=headers)
    assert bad.status_code == 422
    assert [fault["code"] for fault in bad.json()["faults"]] == ["TQ-ATT-006"]
    good = client.post(of(subject), {"file": upload(), "kind": "INV"}, headers=headers)
    assert good.status_code == 201
    assert good.json()["files"] == [File.objects.get().pk]


def test_faults_are_told_on_the_page_with_the_name_of_the_file(customs: World) -> None:
    subject, client = lodged(customs), customs.client("declarant")
    answer = client.post(of(subject), {"file": [upload(), upload(made.HTML, "<b>x.html")], "kind": "INV"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "TQ-ATT-006" in page
    assert "<b>x.html" not in page
    assert not File.objects.exists()
    assert "TQ-ATT-001" in client.post(of(subject), {"kind": "INV"}).content.decode()


def test_too_many_uploads_are_slowed_down(customs: World, settings: Any) -> None:
    from thongquan.base.accounts.auth import api_throttle

    subject, client = lodged(customs), customs.client("declarant")
    settings.API_RATE_LIMIT = "1/minute"
    api_throttle.forget()
    try:
        answers = [client.post(of(subject), {"file": upload(), "kind": "INV"}).status_code for _ in range(2)]
    finally:
        api_throttle.forget()
    assert answers == [302, 429]


def test_what_the_law_asks_for_is_present_or_missing(customs: World) -> None:
    subject, client = lodged(customs), customs.client("declarant")
    before = client.get(of(subject))
    assert {(one.paper.kind, one.is_present) for one in before.context["asked"]} == {("INV", False), ("COO", False)}
    others = {one.paper.kind for one in before.context["others"]}
    assert "LIC" in others
    assert not others & {"BOL", "AWB"}, "by road"
    client.post(of(subject), {"file": upload(), "kind": "INV"})
    client.post(of(subject), {"file": upload(made.pdf(password="x"), "co.pdf"), "kind": "COO"})
    read_all()
    after = {one.paper.kind: one.is_present for one in client.get(of(subject)).context["asked"]}
    assert after == {"INV": True, "COO": False}, "nobody could read the certificate"
    client.post(of(subject), {"file": upload(made.pdf(pages=2)), "kind": "ALL"})
    whole = client.get(of(subject))
    assert all(one.is_present for one in whole.context["asked"])
    assert whole.context["others"] == []


def test_an_earlier_file_is_used_again(customs: World) -> None:
    first, second = lodged(customs), lodged(customs, invoice="GX-2")
    file, client = put(customs, first).file, customs.client("declarant")
    page = client.get(of(second))
    assert [one.id for one in page.context["earlier"]] == [file.id]
    answer = client.post(f"{of(second)}reuse", {"chosen": file.id, "kind": "CON"}, headers=HX)
    assert answer.status_code == 200
    assert answer.context["earlier"] == []
    assert File.objects.count() == 1
    for chosen in ("", "x", "²", "9" * 30, str(file.id + 1)):
        assert client.post(f"{of(second)}reuse", {"chosen": chosen, "kind": "CON"}).status_code == 404
    assert client.post(f"{of(second)}reuse", {"chosen": file.id, "kind": "??"}).status_code == 422


def test_a_file_is_taken_away(customs: World) -> None:
    subject = lodged(customs)
    one, client = put(customs, subject), customs.client("declarant")
    assert client.post(f"/files/attached/{one.id}/take-away").status_code == 302
    assert client.post(f"/files/attached/{one.id}/take-away").status_code == 404
    assert "hóa đơn.pdf" not in client.get(f"{of(subject)}?part=list", headers=HX).content.decode()
    assert "is-gone" in customs.client("clearance_officer").get(of(subject)).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (made.pdf(), 'a"\r\nSet-Cookie: x=1;.pdf', "application/pdf"),
        (made.XML, "a.html", "application/octet-stream"),
        (made.TEXT, "a.svg", "text/plain"),
        (made.picture(), "../../a.exe", "image/png"),
    ],
)
def test_a_file_is_handed_out_so_that_nothing_of_it_runs(customs: World, content: bytes, name: str, kind: str) -> None:
    file = kept(customs, content, name=name)
    answer = customs.client("declarant").get(f"/files/{file.id}/content")
    assert answer.content == content
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie: x" not in str(answer.headers)


def test_a_photo_of_the_trader_is_shown_to_customs_without_its_place(customs: World) -> None:
    subject = lodged(customs)
    file = put(customs, subject, made.photo(), kind="PHO").file
    officer = customs.client("clearance_officer")
    assert officer.get(f"/files/{file.id}/content").status_code == 409
    assert officer.get(f"/files/{file.id}/thumb.jpg").status_code == 404
    read_all()
    for name in ("thumb.jpg", "view.jpg", "content"):
        answer = officer.get(f"/files/{file.id}/{name}")
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        with Image.open(io.BytesIO(answer.content)) as shown:
            assert not shown.getexif()
    assert customs.client("declarant").get(f"/files/{file.id}/content").content == made.photo()


def test_the_sealed_original_asks_for_a_reason(customs: World) -> None:
    file = put(customs, lodged(customs), made.photo(), kind="PHO").file
    read_all()
    control = customs.client("internal_control")
    assert "/original" in control.get(f"/files/{file.id}/").content.decode()
    assert control.post(f"/files/{file.id}/original", {"reason": " "}).status_code == 422
    answer = control.post(f"/files/{file.id}/original", {"reason": "Khiếu nại"})
    assert answer.content == made.photo()
    assert customs.client("clearance_officer").post(f"/files/{file.id}/original", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (made.pdf_saying("<script>alert(1)</script>"), "&lt;script&gt;"),
        (made.workbook(a="<b>Tờ"), "&lt;b&gt;Tờ"),
        (made.pdf(password="x"), "TQ-ATT-015"),
        (made.pdf(carried=True), "is-warning"),
    ],
)
def test_the_page_of_a_file_shows_what_was_found(customs: World, content: bytes, words: str) -> None:
    file = kept(customs, content)
    client = customs.client("declarant")
    assert client.get(f"/files/{file.id}/").status_code == 200
    read_all()
    page = client.get(f"/files/{file.id}/").content.decode()
    assert words in page
    assert "<script>alert" not in page


def addresses(subject: str, file_id: int, attachment_id: int) -> list[tuple[str, str]]:
    return [
        ("get", of(subject)),
        ("post", of(subject)),
        ("post", f"{of(subject)}reuse"),
        ("get", f"/files/{file_id}/"),
        ("get", f"/files/{file_id}/content"),
        ("get", f"/files/{file_id}/thumb.jpg"),
        ("get", f"/files/{file_id}/view.jpg"),
        ("post", f"/files/{file_id}/original"),
        ("post", f"/files/attached/{attachment_id}/take-away"),
    ]


def test_a_stranger_sees_and_sends_nothing(customs: World) -> None:
    one = put(customs, lodged(customs))
    for method, address in addresses(one.subject, one.file.id, one.id):
        answer = getattr(Client(), method)(address)
        assert answer.status_code == 302, address
        assert "login" in answer["location"]
    assert Attachment.objects.filter(detached_at=None).count() == 1


def test_a_neighbor_sees_and_sends_nothing(customs: World) -> None:
    """Officers of another office, partners; and the declarant of one firm at the files of another."""
    one = put(customs, lodged(customs, office="20BB"), made.picture())
    read_all()
    for role in ("clearance_officer", "gate_officer", "partner_agency"):
        client = customs.client(role)
        for method, address in addresses(one.subject, one.file.id, one.id):
            assert getattr(client, method)(address, {"reason": "x"}).status_code in (403, 404), (role, address)
    theirs = store_file(actor=other_enterprise(), owner=OTHER, name="a.pdf", content=made.pdf(), at=now())
    client = customs.client("declarant")
    for known in (theirs.id, 2**40, 2**70):
        assert client.get(f"/files/{known}/content").status_code == 404
        assert client.get(f"/files/{known}/").status_code == 404
    answer = client.post(f"{of(one.subject)}reuse", {"chosen": theirs.id, "kind": "INV"})
    assert answer.status_code == 404


def test_a_reader_without_the_right_changes_nothing(customs: World) -> None:
    """Seeing is not sending: an auditor of the region reads, a token without the scope reads."""
    one = put(customs, lodged(customs))
    auditor = customs.client("auditor")
    assert auditor.get(of(one.subject)).status_code == 200
    assert auditor.post(f"/files/attached/{one.id}/take-away").status_code == 403


@pytest.mark.parametrize("subject", ["declaration:1", "declaration:x", "nothing:1", "declaration", ":"])
def test_a_subject_that_is_none_has_no_files(customs: World, subject: str) -> None:
    assert customs.client("declarant").get(of(subject)).status_code == 404


def test_another_number_of_the_same_declaration_is_not_another_place_for_files(customs: World) -> None:
    subject = lodged(customs)
    assert customs.client("declarant").get(of(subject[:-1] + "7")).status_code == 404


def test_an_ended_declaration_takes_no_files(customs: World) -> None:
    subject = lodged(customs)
    file = kept(customs)
    customs.run_sql("UPDATE declarations_declaration SET state = 'cancelled'")
    client = customs.client("declarant")
    assert not client.get(of(subject)).context["can_change"]
    assert client.post(f"{of(subject)}reuse", {"chosen": file.id, "kind": "INV"}).status_code == 403
