"""After clearance: an audit finds a higher value, duty is assessed and fined; an objection is upheld, money goes back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.flows.life.story import API, Story
from thongquan.base.core import clock
from thongquan.clearance.revenue.queries import balance_of

GROUND = "Chứng từ thanh toán qua ngân hàng"


def fields(step: str, **values: str) -> dict[str, Any]:
    """The fields of a step's form, which stand under the name of the step."""
    return {f"{step}-{name}": value for name, value in values.items()}


def cleared(story: Story) -> str:
    """A green import, paid and cleared."""
    number = story.lodge(channel=1)
    story.pay(number)
    if story.state(number) == "settled":
        story.release(number)
    assert story.state(number) == "cleared"
    return number


def audited(story: Story, number: str) -> str:
    """The address of an audit that found line 1 worth twice as much, asked, answered, recalculated and signed."""
    line = story.document(number).lines[0]
    assert line.value is not None
    case = story.post("auditor", f"/audits/open/{number}/", place="customs")["Location"]
    due = (timezone.localdate(clock.now()) + timedelta(days=5)).isoformat()
    story.post("auditor", f"{case}ask", **fields("ask", text="Nộp chứng từ thanh toán", due_on=due))
    request = re.search(r'<option value="(\d+)"', story.page("declarant").get(case).text)
    assert request is not None
    story.post("declarant", f"{case}answer", **fields("answer", request=request[1], text="Gửi kèm ủy nhiệm chi"))
    finding = fields("find", line=str(line.number), field="value", found=str(line.value * 2))
    story.post("auditor", f"{case}find", **finding, **fields("find", ground=GROUND, act="short_duty_detected"))
    story.post("auditor", f"{case}recalculate")
    story.post(
        "auditor", f"{case}propose", **fields("propose", text="Trị giá khai báo bằng nửa trị giá thực thanh toán")
    )
    story.post("team_leader", f"{case}sign")
    story.carry()
    return str(case)


def shown(story: Story, number: str) -> int:
    """The sum in force as lists and the declaration itself tell it; both say the same."""
    listed = story.program("declarant").get(f"{API}?text={number}").json()["declarations"]
    (due,) = {row["due_vnd"] for row in listed}
    assert due == story.file(number)["due_vnd"]
    return int(due)


def fined(story: Story, number: str) -> str:
    """The address of the violation's case, proposed and decided."""
    page = story.page("clearance_officer").get(f"/declarations/{number}/").text
    found = re.search(r'href="(/violations/\d+/)"', page)
    assert found is not None
    story.post("clearance_officer", f"{found[1]}propose", words="Khai sai trị giá")
    story.post("team_leader", f"{found[1]}decide", **fields("decide", words="Xử phạt theo đề xuất"))
    story.carry()
    return found[1]


def refunded(story: Story, number: str, amount: int) -> None:
    """What was paid too much is asked back, proposed, approved and paid out."""
    given: dict[str, Any] = {
        "case": "refund:overpaid",
        "tax": "",
        "amount_vnd": str(amount),
        "grounds": "Khiếu nại được chấp nhận",
    }
    claim = story.post("declarant", f"{reverse('revenue:claim_new')}?about={number}", **given)["Location"]
    story.post("clearance_officer", f"{claim}propose", amount_vnd=str(amount), finding="Đúng số nộp thừa")
    story.post("team_leader", f"{claim}decide", decision="approve", reason="")
    story.post("clearance_officer", f"{claim}pay", reference="KB-0001")
    story.carry()


def test_an_objection_upheld_gives_the_difference_back(story: Story) -> None:
    number = cleared(story)
    subject = f"declaration:{number[:11]}0"
    before = balance_of(subject)
    case = audited(story, number)
    assert story.state(number) == "audited"
    short = story.owed(number)
    assert short > 0
    assert shown(story, number) == before.assessed_vnd + short
    assert story.pay(number) == short
    assert story.owed(number) == 0

    violation = fined(story, number)
    fine = int(balance_of(f"violation:{violation.split('/')[2]}").open_vnd)
    assert fine == round(short * 0.2)
    assert story.page("declarant").get(f"{violation}decision.pdf").status_code == 200

    story.post("declarant", f"{case}object", **fields("object", text="Đã trừ chiết khấu trong hợp đồng"))
    answered = story.page("director").get(case).text
    finding = re.search(r'name="decide_objection-withdrawn" value="(\d+)"', answered)
    assert finding is not None
    answer = fields("decide_objection", text="Chấp nhận khiếu nại", withdrawn=finding[1])
    story.post("director", f"{case}decide_objection", **answer)
    story.carry()
    after = balance_of(subject)
    assert (after.assessed_vnd, int(after.overpaid_vnd)) == (before.assessed_vnd, short)
    assert shown(story, number) == before.assessed_vnd
    assert balance_of(f"violation:{violation.split('/')[2]}").open_vnd == 0
    assert "Annulled" in story.page("declarant").get(violation).text

    refunded(story, number, short)
    last = balance_of(subject)
    assert (int(last.overpaid_vnd), int(last.open_vnd), int(last.refunded_vnd)) == (0, 0, short)
    assert last.paid_vnd - last.refunded_vnd == before.paid_vnd


def test_an_objection_too_late_is_refused_and_the_duty_stands(story: Story) -> None:
    number = cleared(story)
    case = audited(story, number)
    short = story.owed(number)
    story.pass_time(days=91)
    refused = story.post("declarant", f"{case}object", status=422, **fields("object", text="Không đồng ý"))
    assert "TQ-AUD-008" in refused.text
    assert story.owed(number) >= short
