"""An invented lake, with what it must answer reckoned by hand in plain Python beside it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from thongquan.lake.files import Lake, Row, batch_name

OFFICES = ("15BB", "15BC", "15SI")
MONTHS = tuple(date(2031 + index // 12, index % 12 + 1, 1) for index in range(26))
MOMENT = datetime(2031, 1, 1, tzinfo=UTC)


def line(declaration: int, number: int, *, version: int = 0, **own: Any) -> Row:
    """A row of `lines`."""
    row = {
        "declaration": declaration,
        "version": version,
        "line": number,
        "flow": "import",
        "office": OFFICES[0],
        "gate": None,
        "tax_code": "0100100100",
        "hs": "08081000",
        "origin": "CN",
        "schedule": "B05",
        "description": "Táo tươi",
        "quantity": Decimal(12),
        "unit": "KGM",
        "net_weight_kg": None,
        "value_vnd": Decimal(1_000_000),
        "due_vnd": Decimal(0),
        "in_force": True,
        "month": MONTHS[0],
    }
    return {**row, **own}


def duty(of: Row, tax: str, amount: int, *, place: int = 0, treatment: str = "due") -> Row:
    """A row of `duties` for a row of `lines`."""
    shared = ("declaration", "version", "line", "flow", "office", "gate", "in_force", "month", "schedule")
    return {
        **{name: of[name] for name in shared},
        "place": place,
        "tax": tax,
        "treatment": treatment,
        "rate": Decimal("0.08"),
        "base_vnd": Decimal(amount) * 10,
        "amount_vnd": Decimal(amount),
        "verified": True,
    }


def decision(of: Row, channel: int) -> Row:
    """A row of `decisions` for a row of `lines`."""
    shared = ("declaration", "version", "flow", "office", "gate", "in_force", "month")
    return {
        **{name: of[name] for name in shared},
        "at": MOMENT,
        "channel": channel,
        "reasons": ["TQ-CHN-001"],
        "warnings": [],
        "law_version": "1",
        "rules_release": "2026.11",
        "facts": b"facts",
        "decision": b"decision",
        "facts_size": 5,
    }


def payment(posting: int, tax: str, amount: int, month: date, *, kind: str = "payment") -> Row:
    """A row of `payments`."""
    return {
        "posting": posting,
        "entry": posting,
        "kind": kind,
        "subject": "declaration:100000000010",
        "on": month,
        "at": MOMENT,
        "debit": "treasury",
        "credit": "receivable",
        "tax": tax,
        "amount_vnd": Decimal(amount),
        "month": month,
    }


def invented(seed: int = 11, count: int = 150) -> dict[str, list[Row]]:
    """Rows of four tables: of some declarations an amended version is in force, some were cancelled."""
    chance = random.Random(seed)
    rows: dict[str, list[Row]] = {"lines": [], "duties": [], "decisions": [], "payments": []}
    for key in range(1, count + 1):
        place = {
            "office": chance.choice(OFFICES),
            "flow": chance.choice(("import", "export")),
            "month": chance.choice(MONTHS),
        }
        latest, live = chance.choice((0, 0, 0, 1)), chance.random() > 0.1
        for version in range(latest + 1):
            _version(rows, chance, key, version, {**place, "in_force": live and version == latest})
    rows["payments"] = [
        payment(n, chance.choice(("vat", "import_duty", "fee")), chance.randrange(1, 10**9), chance.choice(MONTHS))
        for n in range(1, 60)
    ]
    rows["payments"].append(payment(60, "vat", 5, MONTHS[0], kind="refund"))
    return rows


def _version(rows: dict[str, list[Row]], chance: random.Random, key: int, version: int, own: dict[str, Any]) -> None:
    several = [
        line(key, number, version=version, value_vnd=Decimal(chance.randrange(10**9)), **own)
        for number in range(1, chance.randrange(2, 6))
    ]
    rows["lines"] += several
    rows["decisions"].append(decision(several[0], chance.choice((1, 2, 3))))
    for one in several:
        rows["duties"].append(duty(one, "import_duty", chance.randrange(10**6)))
        rows["duties"].append(
            duty(one, "vat", chance.randrange(10**6), place=1, treatment=chance.choice(("due", "exempt")))
        )


def fill(lake: Lake, rows: dict[str, list[Row]], *, batches: int = 4) -> None:
    """Write the rows in several batches, each batch with some rows of the one before once more, as amended later."""
    for table, several in rows.items():
        size = len(several) // batches + 1
        for number in range(batches):
            stale = [_stale(row) for row in several[(number + 1) * size : (number + 1) * size + 5]]
            lake.write(table, [*several[number * size : (number + 1) * size], *stale], batch=batch_name(number + 1, 1))


def _stale(row: Row) -> Row:
    """The row as an earlier batch had it."""
    wrong = {"value_vnd": Decimal(7), "amount_vnd": Decimal(7), "in_force": True, "channel": 3}
    return {**row, **{name: value for name, value in wrong.items() if name in row}}


# What must be answered


def turnover(rows: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """By plain sums."""
    sums: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for row in _live(rows["lines"]):
        sums[row["office"], row["flow"], row["month"]].append(_decimal(row["value_vnd"]))
    found = []
    for (office, flow, month), values in sorted(sums.items()):
        before = sums.get((office, flow, month.replace(year=month.year - 1)))
        value, earlier = sum(values, Decimal(0)), sum(before, Decimal(0)) if before else None
        found.append(
            {
                "office": office,
                "month": month,
                "flow": flow,
                "lines": len(values),
                "value_vnd": value,
                "before_vnd": earlier,
                "change": float(value) / float(earlier) - 1 if earlier else None,
            }
        )
    return found


def distinct(rows: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """By plain sets."""
    keys: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for row in _live(rows["lines"]):
        keys[row["office"], row["month"]].add(row["declaration"])
    return [
        {"office": office, "month": month, "declarations": len(several)}
        for (office, month), several in sorted(keys.items())
    ]


def revenue(rows: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """By plain sums."""
    sums: dict[tuple[Any, ...], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in _live(rows["duties"]):
        if row["treatment"] == "due":
            sums[row["month"], row["tax"]][0] += _decimal(row["amount_vnd"])
    for row in rows["payments"]:
        if row["kind"] == "payment":
            sums[row["month"], row["tax"]][1] += _decimal(row["amount_vnd"])
    return [
        {"month": month, "tax": tax, "assessed_vnd": assessed, "paid_vnd": paid}
        for (month, tax), (assessed, paid) in sorted(sums.items())
    ]


def channels(rows: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """By plain counts."""
    counts: dict[tuple[Any, ...], int] = defaultdict(int)
    whole: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in _live(rows["decisions"]):
        counts[row["office"], row["month"], row["channel"]] += 1
        whole[row["office"], row["month"]] += 1
    return [
        {"office": office, "month": month, "channel": channel, "decisions": n, "share": n / whole[office, month]}
        for (office, month, channel), n in sorted(counts.items())
    ]


REFERENCE: dict[str, Callable[[dict[str, list[Row]]], list[dict[str, Any]]]] = {
    "turnover": turnover,
    "distinct": distinct,
    "revenue": revenue,
    "channels": channels,
}


def _live(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["in_force"]]


def _decimal(value: object) -> Decimal:
    assert isinstance(value, Decimal)
    return value
