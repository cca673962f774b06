"""Splitting: never more lines than allowed, every total holds to the last decimal, whatever was declared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.world import import_document
from thongquan.rules.codes import Code
from thongquan.rules.document import Adjustment, Document, Line, Money, Packaging
from thongquan.rules.splitting import share, split_document

amounts = st.decimals(min_value="0.01", max_value="99999999.9999", places=4, allow_nan=False)


def many(count: int, **changes: object) -> Document:
    """A document of so many lines, values and net weights differing from line to line."""
    first = import_document().lines[0]
    lines = tuple(
        replace(first, number=number, value=Decimal(number) * 3, net_weight_kg=Decimal(number))
        for number in range(1, count + 1)
    )
    document = import_document()
    assert document.invoice is not None
    whole = sum((line.value or Decimal(0) for line in lines), Decimal(0))
    net = sum((line.net_weight_kg or Decimal(0) for line in lines), Decimal(0))
    invoice = replace(document.invoice, amount=whole)
    return replace(document, **{"lines": lines, "invoice": invoice, "gross_weight_kg": net + 7, **changes})


@given(total=amounts, weights=st.lists(amounts, min_size=1, max_size=40), places=st.integers(0, 4))
def test_shares_sum_to_the_total_exactly(total: Decimal, weights: list[Decimal], places: int) -> None:
    shares = share(total, weights, step=Decimal(1).scaleb(-places))
    assert sum(shares) == total
    assert all(one >= 0 for one in shares)


@given(count=st.integers(51, 260), freight=amounts, packages=st.integers(6, 5000))
def test_every_total_of_the_header_holds(count: int, freight: Decimal, packages: int) -> None:
    document = many(
        count,
        freight=Money(amount=freight, currency="CNY"),
        adjustments=(Adjustment(code="AD", amount=Decimal("10.01"), currency="CNY"),),
        packages=packages,
    )
    parts, faults = split_document(document, limit=50)
    assert faults == ()
    assert [len(part.lines) for part in parts[:-1]] == [50] * (len(parts) - 1)
    assert [line.number for line in parts[-1].lines] == list(range(1, len(parts[-1].lines) + 1))
    assert document.invoice is not None
    assert sum(part.invoice.amount or 0 for part in parts if part.invoice) == document.invoice.amount
    assert sum(part.freight.amount for part in parts if part.freight) == freight
    assert sum(part.adjustments[0].amount or 0 for part in parts) == Decimal("10.01")
    assert sum(part.packages or 0 for part in parts) == packages
    assert min(part.packages or 0 for part in parts) >= 1
    assert sum(part.gross_weight_kg or 0 for part in parts) == document.gross_weight_kg
    for part in parts:
        assert sum(line.net_weight_kg or 0 for line in part.lines) <= (part.gross_weight_kg or 0)


def test_what_the_lines_carry_is_summed_rather_than_shared() -> None:
    def with_packages(line: Line) -> Line:
        return replace(
            line,
            gross_weight_kg=(line.net_weight_kg or Decimal(0)) + 1,
            packages=(Packaging(kind="CT", quantity=Decimal(2)),),
        )

    document = many(60)
    lines = tuple(with_packages(line) for line in document.lines)
    gross = sum((line.gross_weight_kg or Decimal(0) for line in lines), Decimal(0))
    document = replace(document, lines=lines, packages=120, gross_weight_kg=gross)
    first, second = split_document(document, limit=50)[0]
    assert (first.packages, second.packages) == (100, 20)
    assert second.gross_weight_kg == sum(line.gross_weight_kg or 0 for line in second.lines)


def test_a_document_that_fits_stays_whole() -> None:
    document = many(50)
    assert split_document(document, limit=50) == ((document,), ())


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"packages": 1}, "packages"),
        ({"lines": tuple(replace(many(60).lines[0], number=n, value=None) for n in range(1, 61))}, "lines[0].value"),
        (
            {"lines": tuple(replace(many(60).lines[0], number=n, value=Decimal(0)) for n in range(1, 61))},
            "invoice.amount",
        ),
        ({"lines": many(5000).lines, "packages": 5000}, "lines"),
    ],
)
def test_what_cannot_be_shared_is_named(changes: dict[str, object], path: str) -> None:
    parts, faults = split_document(many(60, **changes), limit=50)
    assert parts == ()
    assert (faults[0].code, faults[0].path) == (Code.TQ_LIF_017, path)
