"""A proof that an officer's own check asks for opens the days of Article 16, as the decision on a declaration does."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from tests.clearance.declarations.operations.test_late_proofs import DAY, awaited, filed, lodged
from tests.clearance.origin.papers import NUMBER, paper, registered
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.declarations.operations.late_lapsing import lapse_late
from thongquan.clearance.declarations.operations.late_proofs import keep_asked
from thongquan.clearance.declarations.queries import document_in_force
from thongquan.clearance.origin.operations import accept_certificate, check_certificate
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.document import Certificate

PROOFS = next(one for one in SUBSCRIPTIONS if one.consumer == "declarations.proofs")


def checked_over_http(customs: World) -> tuple[str, int]:
    """A declaration lodged before its certificate was registered, whose second line bears another code there."""
    document = import_document()
    named = tuple(
        replace(line, certificate=Certificate(number=NUMBER, form="E", line=line.number)) for line in document.lines
    )
    number = lodged(customs, replace(document, lines=named), now())
    given = paper()
    lines = (given.lines[0], replace(given.lines[1], hs="200390"), *given.lines[2:])
    key = registered(customs, paper(lines=lines))
    assert not [one for one in awaited(number, now()) if one.kind == "differing"]
    address = f"/api/v1/origin/certificates/{key}/check"
    body = msgspec.json.encode({"declaration": number})
    answer = customs.api("clearance_officer").post(address, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert b"TQ-ORI-041" in answer.content
    while relay(PROOFS, at=now()):
        pass
    return number, key


def test_a_check_over_http_that_asks_for_the_proof_opens_the_ten_days(customs: World) -> None:
    number, key = checked_over_http(customs)
    (row,) = [one for one in awaited(number, now()) if one.kind == "differing"]
    assert (row.line, row.outcome) == (2, "")
    assert row.due is not None
    assert (row.due.clock.obliges, row.due.clock.source.startswith("Circular 33/2023/TT-BTC Art. 16")) == (True, True)
    page = customs.client("declarant").get("/origin/late/", headers={"accept-language": "en"}).content.decode()
    assert "For another code on the certificate" in page
    keep_asked(certificate=key)
    check_certificate(actor=customs.actor("clearance_officer"), certificate=key, at=now(), declaration=number)
    keep_asked(certificate=key)
    assert [one.id for one in awaited(number, now()) if one.kind == "differing"] == [row.id]
    assert lapse_late(at=now() + 25 * DAY) == 1
    assert customs.run_sql("SELECT state FROM origin_certificate") == [("doubted",)]
    keep_asked(certificate=key)
    assert [one.outcome for one in awaited(number, now()) if one.kind == "differing"] == ["lapsed"]


def test_the_proof_that_comes_in_time_ends_the_wait_with_the_preference(customs: World) -> None:
    number, key = checked_over_http(customs)
    at = now()
    accept_certificate(actor=customs.actor("clearance_officer"), certificate=key, at=at, words="Đã xem chứng minh")
    told = filed(customs, number, at + 3 * DAY)
    assert told.granted
    (row,) = [one for one in awaited(told.number, at) if one.kind == "differing"]
    assert (row.outcome, row.certificate) == ("granted", key)
    assert document_in_force(told.number).lines[1].schedule == "B05"
    assert lapse_late(at=at + 25 * DAY) == 0
