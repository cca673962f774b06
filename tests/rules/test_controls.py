"""Who is not stopped: exemptions, what sets them aside, and whose goods are inspected first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from thongquan.rules.codes import Code
from thongquan.rules.controls import Checks, Exemption, checks_due
from thongquan.rules.decision import Decision, Reason
from thongquan.rules.document import Document, Line
from thongquan.rules.facts import Standing

FROM = date(2021, 6, 1)
PRIORITY = Exemption(
    by="standing", key="priority", documents=True, goods=True, random=True, valid_from=FROM, source="Art. 43"
)
DEFENSE = Exemption(by="cargo_class", key="B", goods=True, valid_from=FROM, source="Art. 33")
LISTED = Exemption(by="list", key="PM", goods=True, valid_from=FROM, source="Art. 33", verified=False)
FRUIT = Exemption(by="hs", key="08", first=True, valid_from=FROM, source="Art. 33", verified=False)
ROWS = (PRIORITY, DEFENSE, LISTED, FRUIT)
MEDIUM = Standing(level=4)


def decided(channel: int, *codes: Code) -> Decision:
    reasons = tuple(Reason(code=code, channel=channel, source="law") for code in codes)
    return Decision(accepted=True, channel=channel, reasons=reasons, due_vnd=Decimal(0))


def due(
    decision: Decision,
    *,
    channel: int | None = None,
    standing: Standing = MEDIUM,
    hs: str = "85176249",
    **changes: str,
) -> Checks:
    document = msgspec.structs.replace(Document(flow="import", lines=(Line(number=1, hs=hs),)), **changes)
    return checks_due(
        document=document,
        decision=decision,
        channel=channel or decision.channel or 1,
        standing=standing,
        exemptions=ROWS,
    )


@pytest.mark.parametrize(("channel", "documents", "goods"), [(1, False, False), (2, True, False), (3, True, True)])
def test_the_channel_says_what_is_due_of_those_who_have_no_exemption(
    channel: int, documents: bool, goods: bool
) -> None:
    checks = due(decided(channel, Code.TQ_CHN_001))
    assert (checks.documents, checks.goods, checks.waived) == (documents, goods, ())


@pytest.mark.parametrize("standing", [Standing(priority=True), Standing(level=1)])
def test_a_priority_enterprise_is_not_stopped_by_mandatory_control(standing: Standing) -> None:
    checks = due(decided(3, Code.TQ_CHN_001), standing=standing)
    assert (checks.documents, checks.goods, checks.waived) == (False, False, (PRIORITY,))


@pytest.mark.parametrize("code", [Code.TQ_CHN_004, Code.TQ_CHN_007, Code.TQ_CHN_008, Code.TQ_CHN_010])
def test_signs_and_the_random_check_stop_a_priority_enterprise(code: Code) -> None:
    checks = due(decided(3, code), standing=Standing(priority=True))
    assert (checks.documents, checks.goods) == (True, True)
    assert checks.overruled == (PRIORITY,)


def test_defense_goods_are_not_inspected_but_their_documents_are_checked() -> None:
    checks = due(decided(3, Code.TQ_CHN_001), cargo_class="B")
    assert (checks.documents, checks.goods, checks.waived) == (True, False, (DEFENSE,))


def test_the_random_check_does_not_open_defense_goods_but_signs_do() -> None:
    assert not due(decided(3, Code.TQ_CHN_010), cargo_class="B").goods
    assert due(decided(3, Code.TQ_CHN_004), cargo_class="B").goods


def test_a_channel_raised_by_customs_counts_as_a_sign() -> None:
    raised = due(decided(1, Code.TQ_CHN_009), channel=3, standing=Standing(priority=True))
    assert (raised.documents, raised.goods, raised.raised) == (True, True, True)
    assert raised.overruled == (PRIORITY,)


def test_a_lowered_channel_leaves_only_what_it_asks() -> None:
    lowered = due(decided(3, Code.TQ_CHN_001), channel=2)
    assert (lowered.documents, lowered.goods) == (True, False)


def test_perishable_goods_come_first_and_are_not_exempt() -> None:
    fruit = due(decided(3, Code.TQ_CHN_001), hs="08081000")
    assert (fruit.rank, fruit.first, fruit.goods) == (0, (FRUIT,), True)
    assert due(decided(3, Code.TQ_CHN_001), hs="85176249").rank == 1


def test_a_list_that_is_not_at_hand_frees_nobody() -> None:
    assert LISTED not in due(decided(3, Code.TQ_CHN_001)).waived


def test_a_row_of_the_other_flow_does_not_concern() -> None:
    rows = (msgspec.structs.replace(DEFENSE, flow="export"),)
    document = Document(flow="import", cargo_class="B")
    checks = checks_due(document=document, decision=decided(3), channel=3, standing=MEDIUM, exemptions=rows)
    assert checks.goods
