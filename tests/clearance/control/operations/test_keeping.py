"""What was typed at the yard without network: received once, in its order, conflicts told and not written."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.clearance.control.operations.test_photos import picture
from tests.clearance.control.views.test_checks import at_the_yard, signed_in
from tests.clearance.control.yard import act_of, agreeing, lodged, officers
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.clearance.control.operations.acts import save_line, sign_act
from thongquan.clearance.control.operations.keeping import Entry, Received, receive_entry, receive_photo
from thongquan.clearance.control.queries.inspections import Measured, mark_of_line
from thongquan.clearance.declarations.queries import stand_of
from thongquan.rules.codes import Code


def entry(what: str, at: datetime, *, key: str = "", version: int = 0, seen: str = "", **said: Any) -> Entry:
    return Entry(key=key or uuid.uuid4().hex, kind=what, said=said, version=version, seen=seen, typed_at=at)


def counted(at: datetime, quantity: str, **known: Any) -> Entry:
    """Line 1 counted, differing."""
    return entry("line", at, line=1, agrees=False, quantity=Decimal(quantity), unit="KGM", **known)


def received(actor: Actor, number: str, one: Entry, act: int = 0) -> Received:
    return receive_entry(actor=actor, number=number, act=act or act_of(actor, number).id, entry=one, at=now())


def codes(answer: Received) -> list[str]:
    return [str(fault.code) for fault in answer.faults]


def test_an_entry_sent_twice_is_written_once_even_after_the_act_was_signed(customs: World) -> None:
    number, (first, second) = at_the_yard(customs)
    act, at = act_of(first, number).id, now()
    found = entry("finding", at, line=1, kind="weight", found="11.900 kg")
    first_answer = received(first, number, found)
    assert first_answer.state == "sent"
    assert received(first, number, found) == first_answer
    assert len(act_of(first, number).findings) == 1
    received(first, number, entry("place", at, place="Bãi 2", note=""))
    assert received(first, number, counted(at, "11900")).state == "sent"
    for line in range(2, 6):
        save_line(actor=second, number=number, measured=agreeing(line), at=at)
    for officer in (first, second):
        sign_act(actor=officer, number=number, digest=act_of(first, number).digest, at=at)
    assert act_of(first, number).concluded_at is not None
    assert received(first, number, found, act).state == "sent"
    assert codes(received(first, number, counted(at, "11800"), act)) == ["TQ-CTL-002"]
    rows = customs.run_sql("SELECT kind, officer FROM control_keptentry ORDER BY id")
    assert rows == [(kind, first.reference) for kind in ("finding", "place", "line")]


def test_another_value_at_the_same_line_is_told_not_overwritten(customs: World) -> None:
    number, (first, second) = at_the_yard(customs)
    at = now()
    save_line(actor=second, number=number, measured=Measured(line=1, agrees=False, quantity=Decimal(290)), at=at)
    answer = received(first, number, counted(at, "280"))
    assert (answer.state, codes(answer)) == ("conflict", ["TQ-CTL-020"])
    assert answer.theirs is not None
    assert (answer.theirs["quantity"], answer.by) == ("290", second.name)
    kept = act_of(first, number).measured(1)
    assert kept is not None
    assert kept.quantity == 290
    assert answer.seen == mark_of_line(kept)
    assert received(first, number, counted(at, "280", seen=answer.seen)).state == "sent"
    kept = act_of(first, number).measured(1)
    assert kept is not None
    assert kept.quantity == 280
    same = counted(at, "280")
    assert received(second, number, same).state == "sent", "both counted the same: nothing to compare"


def test_what_was_typed_before_an_amendment_is_told(customs: World) -> None:
    number, (first, _second) = at_the_yard(customs)
    customs.run_sql("UPDATE declarations_declaration SET version = version + 1 WHERE number = %s", number)
    answer = received(first, number, counted(now(), "280"))
    assert codes(answer) == [Code.TQ_CTL_006]
    assert act_of(first, number).lines == []
    version = stand_of(actor=first, number=number).version
    assert version == 1


def test_a_picture_arrives_once(customs: World) -> None:
    number, (first, _second) = at_the_yard(customs)
    act, at = act_of(first, number).id, now()
    told: dict[str, Any] = {"actor": first, "number": number, "act": act, "typed_at": at, "at": at}
    for _ in range(2):
        assert receive_photo(key="photo-0001", name="anh.jpg", content=picture(9), **told).state == "sent"
    assert customs.run_sql("SELECT kind, subject FROM attachments_attachment") == [("PHO", f"inspection:{act}")]
    refused = receive_photo(key="photo-0002", name="anh.jpg", content=b"<html>", **told)
    assert (refused.state, codes(refused)[0][:6]) == ("refused", "TQ-ATT")


def test_a_stranger_or_neighbor_sends_nothing(customs: World) -> None:
    number, (first, _second) = at_the_yard(customs)
    act, at = act_of(first, number).id, now()
    (neighbor,) = officers(customs, at, count=1, office="15BC", on_duty=False)
    assert codes(received(customs.actor("clearance_officer"), number, counted(at, "1"), act)) == ["TQ-CTL-009"]
    for actor, refusal in ((neighbor, NotFound), (customs.actor("partner_agency"), NotFound)):
        with pytest.raises(refusal):
            received(actor, number, counted(at, "1"), act)
    with pytest.raises(NotAllowed):
        received(customs.actor("declarant"), number, counted(at, "1"), act)
    assert codes(received(first, number, counted(at, "1"), act + 1)) == ["TQ-CTL-021"]
    other = lodged(customs, at, invoice="GX-2611-002")
    assert codes(received(first, other, counted(at, "1"), act)) == ["TQ-CTL-002"]
    assert act_of(first, number).lines == []


def test_entries_over_http(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    number, (first, _second) = at_the_yard(customs)
    client, act = signed_in(customs, first, monkeypatch), act_of(first, number).id
    address = f"/control/{number}/inspection"

    def post(*entries: dict[str, Any]) -> Any:
        return client.post(f"{address}/kept", json.dumps({"act": act, "entries": entries}), "application/json")

    one = {"key": "entry-0001", "version": 0, "typed_at": now().isoformat()}
    line = {
        **one,
        "line": {"line": 1, "agrees": False, "quantity": "11900.5", "packages": 3, "unit": "KGM", "note": ""},
    }
    answer = post(line).json()
    assert [said["state"] for said in answer["answers"]] == ["sent"]
    assert len(answer["at"]) == 5
    kept = act_of(first, number).measured(1)
    assert kept is not None
    assert (kept.quantity, kept.packages) == (Decimal("11900.5"), 3)
    for wrong in ({**one, "key": "x", "place": {}}, one, {**line, "place": {"place": "a", "note": ""}}):
        assert (post(wrong).status_code, "TQ-CTL-005" in post(wrong).content.decode()) == (422, True)
    assert client.post(f"{address}/kept", b"{", "application/json").status_code == 422
    file = SimpleUploadedFile("anh.jpg", picture(30), "image/jpeg")
    sent = client.post(f"{address}/photo", {"key": "photo-0001", "act": act, "file": file})
    assert sent.json()["answers"][0]["state"] == "sent"
    assert client.post(f"{address}/photo", {"key": "photo-0002", "act": "x"}).status_code == 422
    assert client.get("/control/act-worker.js")["Content-Type"].startswith("text/javascript")
    page = client.get(address).content.decode()
    assert f'data-act="{act}"' in page
    assert f'data-seen="{mark_of_line(kept)}"' in page
    assert customs.client("declarant").get("/control/act-worker.js").status_code == 403
