"""Green declarations: paid, guaranteed, released, let out."""

from __future__ import annotations

from django.urls import reverse

from tests.flows.life.story import Story


def test_a_green_import_is_paid_cleared_and_leaves(story: Story) -> None:
    number = story.lodge(channel=1)
    assert story.state(number) == "channeled"
    story.pay(number)
    assert story.state(number) == "cleared"
    story.let_out(number)
    assert story.state(number) == "exited"
    assert story.steps(number)[-1] == "exit"


def test_two_payments_settle_what_one_did_not(story: Story) -> None:
    number = story.lodge(channel=1)
    owed = story.owed(number)
    story.pay(number, owed - 1000)
    assert story.state(number) == "channeled"
    assert story.owed(number) == 1000
    story.pay(number, 1000)
    assert story.owed(number) == 0
    assert story.state(number) == "cleared"


def test_money_without_a_number_waits_for_an_officer(story: Story) -> None:
    number = story.lodge(channel=1)
    owed = story.owed(number)
    story.pay(number, owed, text="chuyen khoan")
    assert story.state(number) == "channeled"
    line = story.customs.run_sql("SELECT id FROM revenue_bankline")[0][0]
    story.post("clearance_officer", reverse("revenue:line", args=[line]), number=number, amount_vnd=str(owed))
    story.carry()
    assert story.owed(number) == 0
