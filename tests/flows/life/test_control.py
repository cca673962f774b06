"""Declarations under control: documents, goods, channels, conditions, preservation, the gate."""

from __future__ import annotations

import json

import msgspec
from django.urls import reverse

from tests.clearance.control.gate import GATE, PLATE
from tests.flows.life.story import API, Story
from thongquan.base.core import clock


def finished(story: Story, number: str) -> None:
    """Paid, cleared by an officer where the system did not, and let out."""
    if story.owed(number):
        story.pay(number)
    if story.state(number) == "settled":
        story.release(number)
    assert story.state(number) == "cleared"


def test_a_yellow_import_whose_papers_agree_is_cleared(story: Story) -> None:
    number = story.lodge(channel=2)
    story.pay(number)
    refused = story.release(number, status=422)
    assert b"TQ-CTL" in refused.content
    story.check_documents(number)
    finished(story, number)
    assert "documents_checked" in story.steps(number)


def test_a_yellow_import_whose_papers_differ_is_instructed_amended_and_cleared(story: Story) -> None:
    number = story.lodge(channel=2)
    story.pay(number)
    point = story.first_point(number)
    story.check_documents(number, **{point: "Hóa đơn ghi 9.000 đôi"})
    assert story.release(number, status=422).status_code == 422
    asked = {"path": "lines[0].quantity", "words": "Khác hóa đơn", "example": "1800"}
    assert story.page("clearance_officer").post(f"/declarations/{number}/instruct", asked).status_code == 302
    assert story.state(number) == "instructed"
    document = story.document(number)
    story.amend(number, msgspec.structs.replace(document, own_reference="SUA"))
    story.check_documents(number)
    finished(story, number)


def test_a_red_import_found_as_declared_is_cleared_after_two_signatures(story: Story) -> None:
    number = story.lodge(channel=3)
    story.pay(number)
    story.check_documents(number)
    assert story.release(number, status=422).status_code == 422
    story.inspect(number)
    finished(story, number)
    signed = story.customs.run_sql("SELECT count(DISTINCT officer) FROM control_signature")
    assert signed == [(2,)]


def test_a_red_export_is_inspected_at_once_and_leaves_without_duty(story: Story) -> None:
    document = story.export()
    number = story.ask(story.program("declarant"), API, msgspec.json.encode(document))["number"]
    story.post(
        "clearance_officer", reverse("control:channel", args=[number]), act="raise", channel="3", reason="Kiểm tra"
    )
    story.carry()
    assert story.owed(number) == 0
    assert story.state(number) == "settled"
    story.check_documents(number)
    story.inspect(number)
    finished(story, number)


def test_a_green_export_without_duty_is_cleared_by_itself(story: Story) -> None:
    number = story.ask(story.program("declarant"), API, msgspec.json.encode(story.export()))["number"]
    assert story.state(number) == "channeled"
    story.carry()
    assert story.state(number) == "cleared"
    assert story.steps(number) == ["settle", "clear"]
    story.let_out(number)
    assert story.state(number) == "exited"


def test_an_adverse_finding_keeps_what_was_found_apart_from_what_was_declared(story: Story) -> None:
    number = story.lodge(channel=3)
    declared = story.document(number).lines[0].quantity
    story.pay(number)
    story.check_documents(number)
    story.inspect(number, {1: ("quantity", "2100")})
    assert story.document(number).lines[0].quantity == declared
    assert story.customs.run_sql("SELECT kind, line, found FROM control_finding WHERE kind <> 'none'") == [
        ("quantity", 1, "2100")
    ]
    refused = story.release(number, status=422)
    assert b"TQ-CTL" in refused.content


def test_a_channel_goes_down_only_with_a_second_signature_and_is_reported(story: Story) -> None:
    number = story.lodge(channel=3)
    path = reverse("control:channel", args=[number])
    story.post("clearance_officer", path, act="propose", channel="1", reason="Đã đối chiếu tham vấn giá")
    assert story.file(number)["channel"] == 3
    own = story.page("clearance_officer").post(path, {"act": "sign"})
    assert own.status_code == 403
    assert story.file(number)["channel"] == 3
    story.post("team_leader", path, act="sign", note="Đồng ý")
    story.carry()
    assert story.file(number)["channel"] == 1
    report = story.page("internal_control").get(reverse("control:lowered"))
    assert number in report.text
    assert "tham vấn giá" in report.text


def test_goods_are_preserved_elsewhere_and_cleared_from_there(story: Story) -> None:
    number = story.lodge(channel=2)
    story.pay(number)
    path = reverse("control:preservation", args=[number])
    page = story.page("declarant").get(path).text
    assert 'name="act"' in page
    story.post(
        "declarant", path, act="request", place_kind="own", place="Kho Bình Minh, xã Bảo Lâm", reason="Chờ kiểm dịch"
    )
    story.post("clearance_officer", path, act="grant", answer="Đồng ý")
    assert story.state(number) == "preserved"
    story.post("declarant", path, act="arrived")
    story.post("clearance_officer", path, act="result", result="passed", paper="KD-01")
    story.check_documents(number)
    story.release(number)
    assert story.state(number) == "cleared"


def test_a_slip_lets_one_vehicle_out_once_and_a_second_use_is_named(story: Story) -> None:
    number = story.lodge(channel=1)
    story.pay(number)
    finished(story, number)
    code = story.slip(number)
    wrong = story.show(code, plate="桂FB9999")
    assert "TQ-CTL" in wrong
    assert story.state(number) == "cleared"
    story.show(code)
    assert story.state(number) == "exited"
    again = story.show(code)
    assert "TQ-CTL" in again
    at = clock.now()
    use = {"code": code, "plate": PLATE, "gate": GATE, "shown_at": at.isoformat(), "attempt": "offline-1"}
    answer = story.page("gate_officer").post(
        reverse("control:gate_uses"), json.dumps({"uses": [use]}), "application/json"
    )
    assert answer.status_code == 200, answer.text
    assert number in story.page("gate_officer").get(reverse("control:gate")).text


def test_a_slip_is_worth_nothing_after_its_hours(story: Story) -> None:
    number = story.lodge(channel=1)
    story.pay(number)
    finished(story, number)
    code = story.slip(number)
    story.pass_time(days=10)
    assert "TQ-CTL" in story.show(code)
    assert story.state(number) == "cleared"


def test_goods_are_released_while_their_value_is_open_and_cleared_when_it_is_final(story: Story) -> None:
    number = story.lodge(channel=2)
    story.pay(number)
    story.check_documents(number)
    story.release(number, act="release", question="value", reason="Tham vấn giá")
    assert story.state(number) == "released"
    story.let_out(number)
    assert story.state(number) == "exited"
    story.pass_time(days=5)
    story.release(number, act="clear", result="Chấp nhận trị giá khai báo")
    assert story.steps(number)[-1] == "clear"
