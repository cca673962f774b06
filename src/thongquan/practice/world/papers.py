"""A month as tables: what was declared and found, and the truth beside it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from thongquan.practice.world import tables
from thongquan.practice.world.amounts import RATE_VND, Amounts
from thongquan.practice.world.columns import decimals, instants, numbers, rates, table_of, words
from thongquan.practice.world.control import NOTHING, Control
from thongquan.practice.world.days import Days
from thongquan.practice.world.deceit import Deceit
from thongquan.practice.world.firms import Firms
from thongquan.practice.world.fraud import MARKS, NONE
from thongquan.practice.world.heads import DAY_SECONDS, Heads
from thongquan.practice.world.levels import FLOWS, GATES, OFFICES, RAIL
from thongquan.practice.world.lines import Lines
from thongquan.practice.world.numbers import Array, Flags, Floats, Ints, exp
from thongquan.practice.world.registers import Registers
from thongquan.practice.world.wares import Wares
from thongquan.practice.world.words import Texts

ZONE_SECONDS = 7 * 3600
_KEY_SPACE = 2**32
_KEY_FACTORS = {"declarations": 2_654_435_761, "certificates": 2_246_822_519, "passages": 3_266_489_917}
_REGIMES = np.array(["A11", "A12", "B11", "G11", "CDBG"], dtype=object)
_PRODUCTION_CHAPTERS = (25, 83)
_OUTCOMES = np.array(["none", "error", "fraud"], dtype=object)
_MECHANISMS = np.array([mark.name for mark in MARKS], dtype=object)
_FINDINGS = np.array([*(mark.finding for mark in MARKS), "value", "code", "quantity"], dtype=object)
_ERRORS = np.array(["value", "code", "weight"], dtype=object)


class Month(NamedTuple):
    """Everything of a month, before it is written."""

    month: int
    days: Days
    heads: Heads
    lines: Lines
    deceit: Deceit
    control: Control
    amounts: Amounts
    probability: Floats
    true_origin: Ints
    texts: Ints
    first_declaration: int
    first_certificate: int
    weight: float


def keys(name: str, seed: int, first: int, count: int) -> Ints:
    """Keys of the rows from `first` on: all different below 2³², and without order."""
    rows = np.arange(first, first + count, dtype=np.uint64)
    return np.asarray(
        (rows * np.uint64(_KEY_FACTORS[name]) + np.uint64(seed * 7919 % _KEY_SPACE)) % np.uint64(_KEY_SPACE)
    ).astype(np.int64)


def tables_of(
    month: Month, registers: Registers, firms: Firms, wares: Wares, texts: Texts
) -> dict[tables.Table, pa.Table]:
    """Every table of the month."""
    key = keys("declarations", registers.seed, month.first_declaration, len(month.heads.firm))
    of_line: dict[str, Array] = {
        "declaration_key": key[month.lines.head],
        "line_no": month.lines.number.astype(np.int16),
    }
    certificates = keys("certificates", registers.seed, month.first_certificate, int(month.lines.claims.sum()))
    fraud = month.deceit.mechanism != NONE
    return {
        tables.DECLARATIONS: _declarations(month, registers, key, wares),
        tables.LINES: _lines(month, of_line, certificates, wares, texts),
        tables.CERTIFICATES: _certificates(month, certificates, wares),
        tables.INSPECTIONS: _inspections(month, registers, of_line, wares),
        tables.TRUE_LINES: _truth(month, of_line, firms, wares),
        tables.TRUE_DECLARATIONS: _true_declarations(month, key, fraud),
        tables.ORACLE: table_of(tables.ORACLE, {**of_line, "probability": month.probability}),
    }


def _declarations(month: Month, registers: Registers, key: Ints, wares: Wares) -> pa.Table:
    heads, amounts, head = month.heads, month.amounts, month.lines.head
    count = len(key)
    truckless = truckless_of(heads, month.lines)
    columns = {
        "declaration_key": key,
        "weight": np.full(count, month.weight),
        "registered_at": instants(_instant(month)),
        "month": np.full(count, month.month),
        "flow": words(np.array(FLOWS), heads.flow),
        "regime": words(_REGIMES, _regimes(month, wares)),
        "office": words(np.array(OFFICES), heads.gate),
        "gate": words(np.array(GATES), heads.gate),
        "enterprise_key": registers.enterprises.of(heads.firm),
        "broker_key": numbers(registers.brokers.of(heads.broker), pa.int32(), empty=heads.broker < 0),
        "seller_key": registers.sellers.of(heads.seller),
        "officer_key": registers.officers.of(heads.officer),
        "crew": heads.crew,
        "truck_key": numbers(registers.trucks.of(heads.truck), pa.int32(), empty=truckless),
        "driver_key": numbers(registers.trucks.of(heads.driver), pa.int32(), empty=truckless),
        "invoice_number": [f"HD{number:010d}" for number in key[heads.leader].tolist()],
        "line_count": np.bincount(head, minlength=count),
        "packages": _summed(head, amounts.packages, count),
        "gross_weight_kg": decimals(_summed(head, amounts.gross, count), tables.WEIGHT),
        "value_usd": decimals(_summed(head, amounts.value, count), tables.MONEY),
        "exchange_rate": np.full(count, RATE_VND),
        "customs_value_vnd": _summed(head, amounts.customs_value, count),
        "duty_vnd": _summed(head, amounts.duty, count),
        "vat_vnd": _summed(head, amounts.vat, count),
        "channel": month.control.channel,
    }
    return table_of(tables.DECLARATIONS, columns)


def truckless_of(heads: Heads, lines: Lines) -> Flags:
    """Declarations whose goods come by rail, or in the hands of a border resident."""
    return np.asarray((heads.gate == RAIL) | lines.resident[lines.number == 1])


def _lines(month: Month, of_line: dict[str, Array], certificates: Ints, wares: Wares, texts: Texts) -> pa.Table:
    lines, amounts = month.lines, month.amounts
    certificate = np.zeros(len(lines.head), dtype=np.int64)
    certificate[lines.claims] = certificates
    columns = {
        **of_line,
        "hs": words(wares.codes, amounts.code),
        "description": words(texts.texts, month.texts),
        "origin": words(wares.countries, lines.origin),
        "quantity": decimals(amounts.quantity, tables.QUANTITY),
        "unit": words(np.array([kind.unit for kind in wares.kinds], dtype=object), lines.kind),
        "unit_price_usd": decimals(amounts.price, tables.PRICE),
        "value_usd": decimals(amounts.value, tables.MONEY),
        "net_weight_kg": decimals(amounts.net, tables.WEIGHT),
        "gross_weight_kg": decimals(amounts.gross, tables.WEIGHT),
        "packages": np.minimum(amounts.packages, 2**31 - 1),
        "certificate_key": numbers(certificate, pa.int64(), empty=~lines.claims),
        "customs_value_vnd": amounts.customs_value,
        "duty_rate": rates(amounts.duty_rate, tables.RATE),
        "vat_rate": rates(amounts.vat_rate, tables.RATE),
        "duty_vnd": amounts.duty,
        "vat_vnd": amounts.vat,
    }
    return table_of(tables.LINES, columns)


def _certificates(month: Month, certificates: Ints, wares: Wares) -> pa.Table:
    lines, deceit = month.lines, month.deceit
    rows = np.flatnonzero(lines.claims)
    chinese = wares.countries[lines.origin[rows]] == "CN"
    issued = _instant(month)[lines.head[rows]] // DAY_SECONDS - 1 - certificates % 5
    gross = month.amounts.gross[rows] * exp(deceit.certificate_weight[rows])
    codes = np.array([code[:6] for code in wares.codes], dtype=object)
    columns = {
        "certificate_key": certificates,
        "form": words(np.array(["RCEP", "E"]), chinese.astype(np.int64)),
        "reference": [f"CO{number:010d}" for number in certificates.tolist()],
        "origin": words(wares.countries, lines.origin[rows]),
        "hs6": words(codes, month.amounts.code[rows]),
        "issued_on": pa.array(issued.astype(np.int32)).cast(pa.date32()),
        "gross_weight_kg": decimals(np.rint(gross).astype(np.int64), tables.WEIGHT),
        "third_party_invoice": deceit.third_party[rows],
        "retroactive": deceit.retroactive[rows],
    }
    return table_of(tables.CERTIFICATES, columns)


def _inspections(month: Month, registers: Registers, of_line: dict[str, Array], wares: Wares) -> pa.Table:
    heads, control, amounts = month.heads, month.control, month.amounts
    rows = np.flatnonzero(control.inspected)
    head, outcome = month.lines.head[rows], control.outcome[rows]
    none = outcome == NOTHING
    columns = {
        **{name: column[rows] for name, column in of_line.items()},
        "inspected_at": instants(_instant(month)[head] + 5400),
        "reason": words(np.array(["rule", "random"]), control.by_chance[head].astype(np.int64)),
        "propensity": control.propensity[head],
        "officer_key": registers.officers.of(heads.officer[head]),
        "outcome": words(_OUTCOMES, outcome),
        "finding": words(_FINDINGS, _finding(month.deceit)[rows], empty=none),
        "adjusted_value_usd": decimals(amounts.true_value[rows], tables.MONEY, empty=none),
        "adjusted_quantity": decimals(amounts.true_quantity[rows], tables.QUANTITY, empty=none),
        "adjusted_hs": words(wares.codes, wares.code[month.lines.kind[rows]], empty=none),
        "adjusted_origin": words(wares.countries, month.true_origin[rows], empty=none),
    }
    return table_of(tables.INSPECTIONS, columns)


def _truth(month: Month, of_line: dict[str, Array], firms: Firms, wares: Wares) -> pa.Table:
    lines, deceit, amounts = month.lines, month.deceit, month.amounts
    fraud = deceit.mechanism != NONE
    columns = {
        **of_line,
        "kind": words(np.array([kind.key for kind in wares.kinds], dtype=object), lines.kind),
        "hs": words(wares.codes, wares.code[lines.kind]),
        "origin": words(wares.countries, month.true_origin),
        "quantity": decimals(amounts.true_quantity, tables.QUANTITY),
        "unit_price_usd": decimals(amounts.true_price, tables.PRICE),
        "value_usd": decimals(amounts.true_value, tables.MONEY),
        "net_weight_kg": decimals(amounts.true_net, tables.WEIGHT),
        "regime": words(_REGIMES, _right_regimes(month, wares)),
        "hidden_kg": decimals(amounts.hidden, tables.WEIGHT),
        "fraud": fraud,
        "mechanism": words(_MECHANISMS, deceit.mechanism, empty=~fraud),
        "phoenix": fraud & firms.phoenix[lines.firm],
        "colluded": lines.pair,
        "error": words(_ERRORS, _error(deceit), empty=_error(deceit) < 0),
        "evaded_vnd": amounts.evaded,
    }
    return table_of(tables.TRUE_LINES, columns)


def _true_declarations(month: Month, key: Ints, fraud: Flags) -> pa.Table:
    many = np.bincount(month.lines.head, fraud, minlength=len(key)).astype(np.int64)
    evaded = _summed(month.lines.head, month.amounts.evaded, len(key))
    columns = {"declaration_key": key, "fraud": many > 0, "fraud_lines": many, "evaded_vnd": evaded}
    return table_of(tables.TRUE_DECLARATIONS, columns)


def _regimes(month: Month, wares: Wares) -> Ints:
    """Places of regimes, by declaration: the first line decides."""
    lines = month.lines
    first = np.flatnonzero(lines.number == 1)
    chapter = wares.chapter[lines.kind[first]]
    production = (chapter >= _PRODUCTION_CHAPTERS[0]) & (chapter <= _PRODUCTION_CHAPTERS[1])
    usual = np.where(lines.imports[first], production.astype(np.int64), 2)
    return np.where(lines.resident[first], 4, np.where(lines.temporary[first], 3, usual))


def _right_regimes(month: Month, wares: Wares) -> Ints:
    """Places of the regimes that would have been right: trade, where a regime was misused."""
    misused = (month.lines.resident | month.lines.temporary) & (month.deceit.mechanism != NONE)
    return np.where(misused, 0, _regimes(month, wares)[month.lines.head])


def _finding(deceit: Deceit) -> Ints:
    """Places of findings: those of the mechanism, else of the error."""
    return np.where(deceit.mechanism != NONE, deceit.mechanism, len(MARKS) + np.maximum(_error(deceit), 0))


def _error(deceit: Deceit) -> Ints:
    none = np.where(deceit.gross_error, 2, -1)
    return np.where(deceit.price_error, 0, np.where(deceit.code_error, 1, none))


def _instant(month: Month) -> Ints:
    """Seconds of UTC since 1970, by declaration."""
    return np.asarray(month.days.number[month.heads.day] * DAY_SECONDS + month.heads.seconds - ZONE_SECONDS)


def _summed(head: Ints, values: Ints, count: int) -> Ints:
    """Exact sums of whole numbers by declaration."""
    begins = np.searchsorted(head, np.arange(count))
    return np.asarray(np.add.reduceat(values, begins), dtype=np.int64)
