"""The calculator tells what lodging the same line charges."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace

from tests.world import World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.queries import decision_in_force
from thongquan.insight.public.queries.duties import Asked, reckon, side_by_side
from thongquan.rules.document import Certificate, Invoice, Line, Money, RateChoice


def one_line(hs: str, schedule: str, **changes: object) -> Line:
    """The only line of a declaration, as a trader would write it."""
    line = Line(
        number=1,
        hs=hs,
        description="Hàng thử đối chiếu với bảng tính thuế",
        origin="CN",
        quantity=Decimal(120),
        unit="KGM",
        value=Decimal("45678.90"),
        schedule=schedule,
        net_weight_kg=Decimal(120),
        certificate=Certificate(number="E26450000123456", form="E") if schedule != "B01" else None,
    )
    return replace(line, **changes)


CASES = [
    ("08081000", "B05", "CIF", "10"),
    ("85176249", "B01", "CIF", "8"),
    ("64029990", "B05", "FOB", "10"),
    ("84145999", "B01", "FOB", "8"),
]


def test_the_result_is_that_of_a_real_lodging(customs: World) -> None:
    for case in CASES:
        check_against_lodging(customs, *case)


def check_against_lodging(customs: World, hs: str, schedule: str, term: str, vat: str) -> None:
    at = now()
    on = (at + timedelta(hours=7)).date()
    fob = {"freight": Decimal(900), "insurance": Decimal("45.5")} if term == "FOB" else {}
    asked = Asked(
        hs=hs, origin="CN", value=Decimal("45678.90"), currency="CNY", on=on, term=term, schedule=schedule,
        quantity=Decimal(120), net_weight_kg=Decimal(120), choices={"vat": vat}, **fob,
    )  # fmt: skip
    told = reckon(asked)
    assert told.accepted, told.faults
    line = one_line(
        hs,
        schedule,
        choices=tuple(RateChoice(tax=one.tax, rate=one.taken, reason="Thuộc diện") for one in told.assumed),
    )
    document = replace(
        import_document(),
        lines=(line,),
        invoice=Invoice(
            number=f"GX-{hs}", issued_on=on, kind="A", price_kind="A", incoterm=term, currency="CNY",
            amount=line.value, payment_method="TTR",
        ),
        freight=Money(amount=fob["freight"], currency="CNY") if fob else None,
        insurance=Money(amount=fob["insurance"], currency="CNY") if fob else None,
    )  # fmt: skip
    answer = customs.api("declarant").post("/api/v1/declarations/", as_json(document), content_type="application/json")
    assert answer.status_code == 201, answer.content
    real = decision_in_force(answer.json()["number"])
    assert told.decision.lines == real.lines
    assert (told.decision.due_vnd, told.decision.totals_vnd, told.decision.fee_vnd) == (
        real.due_vnd,
        real.totals_vnd,
        real.fee_vnd,
    )
    assert told.decision.channel is None
    assert told.decision.reasons == ()
    assert told.derivation.total is not None
    assert told.derivation.total.result == real.due_vnd
    assert {one.schedule for one in side_by_side(asked, "en")} >= {"B01", "B05", "B03"}
