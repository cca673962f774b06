"""Whatever the order of lodgements, amendments and cancellations, a certificate is never used beyond what it certifies."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import ClassVar

from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from tests.clearance.origin.papers import registered
from tests.clearance.origin.test_lodging import PROGRAM, document, lodge, open_paper
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.operations.cancelling import cancel_declaration
from thongquan.clearance.origin.models import Item, Use
from thongquan.rules.codes import Code
from thongquan.rules.document import Document

CERTIFIED = Decimal(100)
QUANTITIES = st.lists(st.integers(1, 70), min_size=1, max_size=2)
numbers = count(1)


class Machine(RuleBasedStateMachine):
    """Lodgements, amendments and cancellations under one certificate of a hundred kilograms."""

    customs: ClassVar[World]
    declarations = Bundle("declarations")

    def __init__(self) -> None:
        super().__init__()
        self.number = f"M{next(numbers) * 7919:010d}"
        self.key = registered(self.customs, open_paper("100", number=self.number, exporter=self.number))
        self.live: dict[str, Decimal] = {}

    def given(self, quantities: list[int], invoice: str) -> Document:
        made = document(tuple(str(one) for one in quantities), invoice=invoice)
        lines = (
            replace(line, certificate=line.certificate and replace(line.certificate, number=self.number))
            for line in made.lines
        )
        return replace(made, lines=tuple(lines))

    def left(self, but: str = "") -> Decimal:
        return CERTIFIED - sum((q for one, q in self.live.items() if one != but), Decimal(0))

    @rule(target=declarations, quantities=QUANTITIES)
    def lodge(self, quantities: list[int]) -> tuple[str, str]:
        invoice = f"INV-{next(numbers)}"
        try:
            number = lodge(self.given(quantities, invoice)).number
        except Refused as refused:
            assert {one.code for one in refused.faults if one.severity == "error"} == {Code.TQ_ORI_053}
            assert sum(quantities) > self.left()
            return "", invoice
        assert sum(quantities) <= self.left()
        self.live[number[:-1]] = Decimal(sum(quantities))
        return number[:-1], invoice

    @rule(one=declarations, quantities=QUANTITIES)
    def amend(self, one: tuple[str, str], quantities: list[int]) -> None:
        stem, invoice = one
        if stem not in self.live:
            return
        fits = sum(quantities) <= self.left(stem)
        try:
            amend_declaration(
                actor=PROGRAM,
                number=f"{stem}0",
                document=self.given(quantities, invoice),
                reason="Sửa lượng",
                at=now(),
            )
        except Refused as refused:
            codes = {one.code for one in refused.faults if one.severity == "error"}
            assert codes == {Code.TQ_ORI_053} if not fits else codes <= {Code.TQ_LIF_002, Code.TQ_LIF_004}
            return
        assert fits
        self.live[stem] = Decimal(sum(quantities))

    @rule(one=consumes(declarations))
    def cancel(self, one: tuple[str, str]) -> None:
        if self.live.pop(one[0], None) is not None:
            officer = self.customs.actor("clearance_officer")
            cancel_declaration(actor=officer, number=f"{one[0]}0", reason="Huỷ", at=now(), ground="request")

    @invariant()
    def holds(self) -> None:
        used = Item.objects.get(certificate=self.key).used
        live = Use.objects.filter(item__certificate=self.key, given_back_at=None)
        assert used == sum(self.live.values()) <= CERTIFIED
        assert used == (live.aggregate(sum=Sum("quantity"))["sum"] or 0)
        by_declaration = live.values_list("subject").annotate(sum=Sum("quantity"))
        assert dict(by_declaration) == {f"declaration:{stem}0": q for stem, q in self.live.items()}


def test_the_sum_used_never_exceeds_the_certificate(customs: World) -> None:
    bound = type("Bound", (Machine,), {"customs": customs})
    few = settings(max_examples=6, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(bound, settings=few)
