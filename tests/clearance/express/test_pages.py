"""Pages of parcels: a carrier sends and reads, an officer decides and registers, others see nothing."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.clearance.express.parcels import OFFICE, as_csv, carrier, judged, row, sent
from tests.world import ENTERPRISE, World
from thongquan.base.core import lanes
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.lanes.gates import Quota, replaced
from thongquan.clearance.express.formats.results import csv_lines
from thongquan.clearance.express.formats.sample import sample_csv
from thongquan.clearance.express.models import Batch, Parcel
from thongquan.clearance.express.operations import decide_parcel
from thongquan.clearance.express.queries import held_parcels, parcel_file
from thongquan.clearance.express.queries.parcels import all_results
from thongquan.clearance.revenue.queries import balance_of

ADDRESSES = ("", "new/", "held/", "carriers/", "lanes/", "sample.csv", "1/", "1/progress", "1/results.csv", "1/1/")


def test_strangers_are_sent_to_sign_in() -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in ADDRESSES:
        answer = stranger.get(f"/express/{address}")
        assert (answer.status_code, answer.headers["Location"][:16]) == (302, "/accounts/login/")
    assert stranger.post("/express/carriers/1/end").status_code == 302


def test_a_carrier_sends_the_sample_file_and_takes_its_results_away(customs: World) -> None:
    customs.client("team_leader").post(
        "/express/carriers/", {"tax_code": ENTERPRISE, "name": "Chuyển phát Bình Minh", "office": OFFICE}
    )
    client = customs.client("declarant")
    assert "Bình Minh" in client.get("/express/new/").content.decode()
    content = (
        sample_csv()
        + as_csv([row(5, sender="=cmd", description="=1+1 phá hoại bảng tính", quantity="x")]).split(b"\n", 1)[1]
    )
    file = SimpleUploadedFile("parcels.csv", content)
    answer = client.post("/express/new/", {"carrier": f"{ENTERPRISE}/{OFFICE}", "file": file})
    batch = Batch.objects.get()
    assert answer.headers["Location"] == f"/express/{batch.pk}/"
    moving = client.get(f"/express/{batch.pk}/progress")
    assert "HX-Refresh" not in moving.headers
    judged()
    batch.refresh_from_db()
    assert (batch.accepted, batch.done) == (2, 3)
    assert client.get(f"/express/{batch.pk}/progress").headers["HX-Refresh"] == "true"
    shown = client.get(f"/express/{batch.pk}/?only=refused").content.decode()
    assert "VN261100000005" in shown
    assert "TQ-FMT-018" in shown
    assert "VN26112200000001" in client.get("/express/?number=vn26112200000001").content.decode()
    assert client.get(f"/express/{batch.pk}/1/").status_code == 200
    table = b"".join(client.get(f"/express/{batch.pk}/results.csv").streaming_content).decode("utf-8-sig")
    assert len(table.splitlines()) == 4
    answer = client.get(f"/express/{batch.pk}/results.xlsx?only=accepted")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    answer.close()
    assert [cell.value for cell in book.active["B"]][1:] == ["VN26112200000001", "VN26112200000002"]
    assert client.get(f"/express/{batch.pk}/results.pdf").status_code == 404
    assert client.get("/express/lanes/").status_code == 200
    bad = SimpleUploadedFile("parcels.csv", b"PK\x03\x04\x00\nx")
    assert client.post("/express/new/", {"carrier": f"{ENTERPRISE}/{OFFICE}", "file": bad}).status_code == 422


def test_what_people_typed_is_no_formula_in_a_table(customs: World) -> None:
    carrier(customs)
    batch = sent(customs, as_csv([row(1, consignment="=HYPERLINK(1)")]))
    judged()
    lines = list(csv_lines(all_results(actor=customs.actor("declarant"), batch=batch)))
    assert "'=HYPERLINK(1)" in lines[1]


def test_an_officer_decides_on_held_parcels(customs: World) -> None:
    """Two are held: one is released from the list, one refused with its reason, and is owed no more."""
    carrier(customs)
    batch = sent(customs, as_csv([row(1), row(2), row(3)]))
    judged()
    Parcel.objects.filter(place__in=[1, 2]).update(channel=3)
    Batch.objects.update(held=2)
    with pytest.raises(Refused) as green:
        decide_parcel(actor=customs.actor("clearance_officer"), batch=batch, place=3, outcome="released", at=now())
    assert green.value.faults[0].code == "TQ-EXP-016"
    officer = customs.client("clearance_officer")
    assert "VN261100000001" in officer.get("/express/held/").content.decode()
    officer.post("/express/held/", {"parcel": [f"{batch}/1", f"{batch}/3", "x", f"{batch}/1"]})
    assert [one.place for one in held_parcels(actor=customs.actor("clearance_officer"))] == [2]
    address = f"/express/{batch}/2/"
    assert officer.post(address, {"outcome": "refused", "reason": " "}).status_code == 422
    assert officer.post(address, {"outcome": "odd"}).status_code == 422
    assert officer.post(address, {"outcome": "refused", "reason": "Hàng giả"}).status_code == 302
    assert officer.post(address, {"outcome": "released"}).status_code == 422
    assert balance_of(f"parcels:{batch}").assessed_vnd == 60_000
    found = parcel_file(actor=customs.actor("declarant"), batch=batch, place=2).found
    assert (found.state, found.reason) == ("stopped", "Hàng giả")


def test_a_neighbor_sees_and_decides_nothing(customs: World) -> None:
    carrier(customs)
    batch = sent(customs, as_csv([row(1)]))
    judged()
    Parcel.objects.update(channel=3)
    customs.run_sql("UPDATE express_batch SET office = '20BB'")
    for role in ("clearance_officer", "partner_agency"):
        client = customs.client(role)
        for address in (f"{batch}/", f"{batch}/progress", f"{batch}/results.csv", f"{batch}/1/"):
            assert client.get(f"/express/{address}").status_code == 404
        assert client.post(f"/express/{batch}/1/", {"outcome": "released"}).status_code == 404
    officer, declarant = customs.client("clearance_officer"), customs.client("declarant")
    assert "VN261100000001" not in officer.get("/express/held/").content.decode()
    assert officer.get("/express/new/").status_code == 403
    assert officer.get("/express/carriers/").status_code == 403
    assert declarant.get("/express/held/").status_code == 403
    assert declarant.post(f"/express/{batch}/1/", {"outcome": "released"}).status_code == 403
    row_id = customs.run_sql("UPDATE express_carrier SET office = '20BB' RETURNING id")[0][0]
    assert customs.client("team_leader").post(f"/express/carriers/{row_id}/end").status_code == 403


def test_an_ended_carrier_sends_no_more(customs: World) -> None:
    carrier(customs)
    leader = customs.client("team_leader")
    row_id = customs.run_sql("SELECT id FROM express_carrier")[0][0]
    assert leader.post(f"/express/carriers/{row_id}/end").status_code == 302
    assert leader.post(f"/express/carriers/{row_id}/end").status_code == 404
    file = SimpleUploadedFile("a.csv", sample_csv())
    answer = customs.client("declarant").post("/express/new/", {"carrier": f"{ENTERPRISE}/{OFFICE}", "file": file})
    assert answer.status_code == 422
    assert leader.post("/express/carriers/", {"office": OFFICE}).status_code == 422


def test_a_page_of_a_full_lane_tells_the_place_in_words(customs: World) -> None:
    carrier(customs)
    client = customs.client("declarant")
    with replaced({lane: Quota(1, 0) for lane in lanes.LANES}) as gates, gates[lanes.EXPRESS].entered():
        file = SimpleUploadedFile("a.csv", sample_csv())
        answer = client.post("/express/new/", {"carrier": f"{ENTERPRISE}/{OFFICE}", "file": file})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert "TQ-EXP-010" not in answer.content.decode()
    assert "Vị trí của bạn trong hàng chờ là 1" in answer.content.decode()
