"""What inspections of a world found, as labels: known from the moment of the result, adjusted values never features."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np

from thongquan.learning.risk.arrays import Flags, Floats, Ints
from thongquan.learning.risk.features import Features, features_of, keys_of
from thongquan.learning.risk.outcomes import outcomes_of, profile_keys
from thongquan.learning.risk.past import Revealed
from thongquan.learning.risk.trade import DECLARED, Trade
from thongquan.learning.risk.training import Labels

USUAL = 0.04
"""Share of fraud that shares of few findings are drawn towards."""
_QUESTION = """
select declaration_key, line_no, epoch(inspected_at)::bigint as known_at, outcome = 'fraud' as fraud, reason = 'random'
  as by_chance, coalesce(finding = 'origin', false) as false_origin, adjusted_value_usd::double as adjusted
from inspections order by declaration_key, line_no
"""


class Findings(NamedTuple):
    """Opened lines in the order of time: outcome, whether chance opened them, duty and tax evaded as far as told."""

    revealed: Revealed
    by_chance: Flags
    evaded: Floats


class Learning(NamedTuple):
    """All that a model is trained on: features of every line as of its own moment, and labels of the opened ones."""

    features: Features
    findings: Findings
    labels: Labels


def read_findings(world: Path, trade: Trade, potential: Floats) -> Findings:
    """Read the inspections of a world. Raises FileNotFoundError when there are none."""
    folder = world / DECLARED
    whole = folder / "inspections.parquet"
    files = [whole] if whole.exists() else sorted((folder / "inspections").glob("*.parquet"))
    if not files:
        message = f"{DECLARED}/inspections"
        raise FileNotFoundError(message)
    connection = duckdb.connect()
    try:
        connection.read_parquet([str(one) for one in files]).create_view("inspections")
        rows = connection.sql(_QUESTION).to_arrow_table()
    finally:
        connection.close()
    column = {name: rows[name].to_numpy(zero_copy_only=False) for name in rows.column_names}
    row = _rows(trade, column["declaration_key"] * 64 + column["line_no"])
    order = np.argsort(row, kind="stable")
    row = row[order]
    fraud = column["fraud"][order].astype(bool)
    evaded = _evaded(trade, row, potential, column["adjusted"][order], column["false_origin"][order].astype(bool))
    revealed = Revealed(row, column["known_at"][order].astype(np.int64), fraud.astype(np.float64))
    return Findings(revealed, column["by_chance"][order].astype(bool), np.where(fraud, evaded, 0.0))


def learning_of(world: Path, trade: Trade) -> Learning:
    """What a world tells, inspections included as they were known at each line's own moment."""
    return learned_from(trade, lambda potential: read_findings(world, trade, potential))


def learned_from(trade: Trade, find: Callable[[Floats], Findings]) -> Learning:
    """Features of all lines, outcomes included as they were known at each line's own moment, and labels. `find` gives
    the findings, by what each line has at stake (dong): those of a world and those of own records alike.
    """
    keys = keys_of(trade)
    features = features_of(trade, keys)
    potential = potential_told(features)
    findings = find(potential)
    asked = np.arange(len(trade))
    profiles = profile_keys(trade, keys, features)
    told = outcomes_of(profiles, findings.revealed, asked, trade.at, usual=USUAL)
    row = findings.revealed.row
    labels = Labels(findings.revealed.fraud > 0, findings.evaded, potential[row], trade.at[row])
    return Learning(features.beside(told), findings, labels)


def potential_told(features: Features) -> Floats:
    """Duty and tax at stake in each line, dong, from its feature."""
    return np.asarray(np.expm1(features.values[:, features.names.index("potential")].astype(np.float64)))


def _rows(trade: Trade, wanted: Ints) -> Ints:
    """Places of lines by their keys. Raises ValueError when one is not in the trade."""
    keys = trade.declaration * 64 + trade.line
    order = np.argsort(keys, kind="stable")
    found = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), max(len(keys) - 1, 0))]
    if not np.array_equal(keys[found], wanted):
        raise ValueError("an inspection without its line")
    return np.asarray(found)


def _evaded(trade: Trade, row: Ints, potential: Floats, adjusted: Floats, false_origin: Flags) -> Floats:
    """What was kept back: duty and tax on the adjusted value, at full rates when the origin was false."""
    amounts = trade.amounts
    value, customs = np.maximum(amounts["value"][row], 0.01), amounts["customs_value"][row]
    duty = np.nan_to_num(amounts["duty_rate"][row])
    declared = customs * ((1.0 + duty) * (1.0 + amounts["vat_rate"][row]) - 1.0)
    more = np.where(np.isnan(adjusted), 1.0, adjusted / value)
    right = np.where(false_origin, np.maximum(potential[row], declared), declared) * more
    return np.asarray(np.maximum(right - declared, 0.0))
