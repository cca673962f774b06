"""Features of every line as of its declaration: only what was declared, only what was known before.

Each feature belongs to a business meaning; reasons are told by meaning, never by feature.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import DAY, Array, Flags, Floats, Ints, Matrix
from thongquan.learning.risk.pasts import WHOLE, Pasts, Remembered
from thongquan.learning.risk.peers import Usual
from thongquan.learning.risk.trade import Trade

_ZONE = 7 * 3600
_QUOTA_VND, _SHORT_FORM, _TEMPORARY = 2_000_000.0, "CDBG", "G"
_CLIP = 3.0


class Meaning(StrEnum):
    """What a feature says, in the words of the trade."""

    PRICE = "price"
    WEIGHT = "weight"
    CODE = "code"
    CERTIFICATE = "certificate"
    REGIME = "regime"
    LOTS = "lots"
    VALUE = "value"
    TIME = "time"
    GOODS = "goods"
    TRADER = "trader"
    PARTIES = "parties"
    RELATIONS = "relations"
    ROUTE = "route"
    OUTCOMES = "outcomes"


class Features(NamedTuple):
    """A matrix of one row per line; `meanings` and `names` tell its columns. Empty values are NaN."""

    names: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    values: Matrix

    def rows(self, chosen: Ints | Flags | slice) -> Features:
        """Some of the lines."""
        return self._replace(values=self.values[chosen])

    def without(self, meaning: Meaning) -> Features:
        """All columns but those of one meaning."""
        kept = [place for place, one in enumerate(self.meanings) if one is not meaning]
        return Features(
            tuple(self.names[place] for place in kept),
            tuple(self.meanings[place] for place in kept),
            self.values[:, kept],
        )

    def beside(self, other: Features) -> Features:
        """These columns and others of the same lines."""
        return Features(
            self.names + other.names,
            self.meanings + other.meanings,
            np.concatenate([self.values, other.values], axis=1),
        )


class Columns:
    """Columns in the making."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.meanings: list[Meaning] = []
        self.columns: list[Array] = []

    def add(self, meaning: Meaning, **columns: Array) -> None:
        """Add columns of one meaning."""
        for name, column in columns.items():
            self.names.append(name)
            self.meanings.append(meaning)
            self.columns.append(np.asarray(column, dtype=np.float32))

    def all(self) -> Features:
        """What was added, as a matrix."""
        return Features(tuple(self.names), tuple(self.meanings), np.stack(self.columns, axis=1))


class Marks(NamedTuple):
    """How far a line lies from what is usual; the same marks are remembered of parties."""

    cheap: Floats
    heavy: Floats
    other_code: Floats
    papers: Floats
    quota: Floats


class Keys(NamedTuple):
    """Who and what has a history."""

    parties: dict[str, Ints]
    crosses: dict[str, Ints]


def keys_of(trade: Trade, pasts: Pasts = WHOLE) -> Keys:
    """Places of everything that profiles are kept of."""
    coded, joined = trade.coded, pasts.joined
    crew = joined(coded["office"], coded["crew"])
    broker = coded["broker"]
    parties = {name: coded[name] for name in ("firm", "director", "address", "seller", "broker", "truck", "hs", "text")}
    crosses = {
        "firm_goods": joined(coded["firm"], coded["hs"]),
        "firm_text": joined(coded["firm"], coded["text"]),
        "seller_goods": joined(coded["seller"], coded["hs"]),
        "goods_origin": joined(coded["hs"], coded["origin"]),
        "broker_crew": np.where(broker >= 0, joined(broker, crew), -1),
        "firm_crew": joined(coded["firm"], crew),
        "firm_regime": joined(coded["firm"], coded["regime"]),
        "text_code": joined(coded["text"], coded["hs"]),
    }
    return Keys(parties, crosses)


def features_of(trade: Trade, keys: Keys | None = None, pasts: Pasts = WHOLE) -> Features:
    """All features that need no outcome. `pasts` answers what is asked of the past."""
    keys = keys or keys_of(trade, pasts)
    usual = pasts.usual(trade)
    columns = Columns()
    marks = marks_of(trade, usual)
    histories = {name: pasts.history(key, trade) for name, key in {**keys.parties, **keys.crosses}.items()}
    _goods(columns, trade, usual, histories)
    _papers(columns, trade, usual)
    _lots(columns, trade, pasts)
    _time(columns, trade)
    _profiles(columns, trade, histories, marks, usual)
    _relations(columns, trade, histories, marks, pasts)
    return columns.all()


def potential_of(trade: Trade, usual: Usual) -> Floats:
    """Duty and tax that a line would owe without preference, dong: what there is to be evaded. Exports owe nothing."""
    rate = np.fmax(np.fmax(usual.rate_of_usual, usual.rate_of_code), trade.amounts["duty_rate"])
    vat = np.where(trade.amounts["vat_rate"] > 0, trade.amounts["vat_rate"], 0.1)
    return np.where(trade.imports, trade.amounts["customs_value"] * ((1.0 + rate) * (1.0 + vat) - 1.0), 0.0)


def marks_of(trade: Trade, usual: Usual) -> Marks:
    """Marks of each line, each from 0 (as usual) up to 1 or 3."""
    amounts = trade.amounts
    price = np.where(np.isnan(usual.price_text), usual.price_goods, usual.price_text)
    doubt = np.abs(_log(amounts["certificate_kg"]) - _log(amounts["gross_kg"]))
    papers = np.nan_to_num(amounts["retroactive"]) + np.nan_to_num(amounts["third_party"]) + (doubt > 0.04)
    short = _regime(trade, _SHORT_FORM)
    return Marks(
        cheap=np.clip(np.nan_to_num(-price), 0.0, 1.5),
        heavy=np.clip(np.nan_to_num(usual.gross), 0.0, 0.3) * 10.0,
        other_code=((usual.code >= 0) & (usual.code != trade.coded["hs"])).astype(np.float64),
        papers=papers.astype(np.float64),
        quota=(short & (amounts["customs_value"] > 0.88 * _QUOTA_VND)).astype(np.float64),
    )


def _log(values: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(values, 1e-6)))


def _regime(trade: Trade, begins: str) -> Flags:
    names = np.array([str(one).startswith(begins) for one in trade.words["regime"].tolist()], dtype=bool)
    return np.asarray(names[trade.coded["regime"]])


def _goods(columns: Columns, trade: Trade, usual: Usual, histories: dict[str, Remembered]) -> None:
    amounts = trade.amounts
    seen, same = histories["text"].count(), histories["text_code"].count()
    columns.add(
        Meaning.PRICE,
        price_text=usual.price_text,
        price_goods=usual.price_goods,
        price_spread=usual.price_spread,
        price_score=usual.price_goods / usual.price_spread,
        price_peers=usual.price_peers,
        price_own=usual.price_text
        - histories["firm_text"].mean(np.clip(np.nan_to_num(usual.price_text), -_CLIP, _CLIP), weight=2.0),
    )
    columns.add(
        Meaning.WEIGHT,
        gross=usual.gross,
        gross_spread=usual.gross_spread,
        unit_weight=usual.unit_weight,
        net_kg=_log(amounts["net_kg"]),
        packages_a_ton=_log(amounts["packages"]) - _log(amounts["net_kg"]),
    )
    columns.add(
        Meaning.CODE,
        other_code=np.where(usual.code >= 0, usual.code != trade.coded["hs"], np.nan),
        same_words=usual.same_words,
        share_of_code=(same + 0.5) / (seen + 1.0),
        texts_seen=seen,
        rate_gap=usual.rate_of_usual - amounts["duty_rate"],
        rate_gap_of_code=usual.rate_of_code - amounts["duty_rate"],
        rate_gap_of_codes=usual.rate_of_usual - usual.rate_of_code,
    )
    columns.add(
        Meaning.VALUE,
        value=_log(amounts["value"]),
        share_of_head=amounts["value"] / np.maximum(amounts["head_value"], 1e-6),
        head_value=_log(amounts["head_value"]),
        head_lines=amounts["head_lines"],
        potential=np.log1p(np.nan_to_num(potential_of(trade, usual))),
        duty_rate=amounts["duty_rate"],
        vat_rate=amounts["vat_rate"],
        imports=trade.imports,
    )
    columns.add(Meaning.GOODS, chapter=usual.chapter)


def _papers(columns: Columns, trade: Trade, usual: Usual) -> None:
    amounts = trade.amounts
    short, temporary = _regime(trade, _SHORT_FORM), _regime(trade, _TEMPORARY)
    columns.add(
        Meaning.CERTIFICATE,
        claims=~np.isnan(amounts["issued"]),
        retroactive=amounts["retroactive"],
        third_party=amounts["third_party"],
        certificate_kg=np.abs(_log(amounts["certificate_kg"]) - _log(amounts["gross_kg"])),
        certificate_agrees=amounts["certificate_agrees"],
        certificate_days=(trade.at - amounts["issued"]) / DAY,
    )
    columns.add(
        Meaning.REGIME,
        resident=short,
        temporary=temporary,
        quota=np.where(short, amounts["customs_value"] / _QUOTA_VND, np.nan),
    )


def _lots(columns: Columns, trade: Trade, pasts: Pasts) -> None:
    history = pasts.history(trade.coded["invoice"], trade)
    value, before = trade.amounts["value"], history.count()
    same_day = pasts.history(pasts.joined(trade.coded["firm"], trade.coded["seller"]), trade)
    columns.add(
        Meaning.LOTS,
        lots_before=before,
        lots_value=np.log1p(history.total(value)),
        lots_even=np.abs(_log(value) - _log(history.last(value))) * (before > 0),
        lots_high=history.mean(((value > 4_000) & (value < 4_995)).astype(np.float64), weight=0.5),
        with_seller_today=same_day.count(1),
    )


def _time(columns: Columns, trade: Trade) -> None:
    local = trade.at + _ZONE
    month = (local.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12) + 1
    columns.add(
        Meaning.TIME,
        hour=(local % DAY) / 3600.0,
        weekday=(local // DAY + 3) % 7,
        day_of_month=(local // DAY)
        - local.astype("datetime64[s]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64),
        month=month,
        clock=trade.at / DAY,
    )


_RECENT = 60
_WHO, _MARKS = frozenset({"firm", "director", "seller", "broker_crew"}), ("cheap", "heavy", "other_code", "papers")
_OF = {
    "firm": Meaning.TRADER,
    "director": Meaning.RELATIONS,
    "seller": Meaning.PARTIES,
    "broker": Meaning.PARTIES,
    "broker_crew": Meaning.PARTIES,
    "hs": Meaning.GOODS,
    "goods_origin": Meaning.GOODS,
}


def _profiles(columns: Columns, trade: Trade, histories: dict[str, Remembered], marks: Marks, usual: Usual) -> None:
    amounts = trade.amounts
    signed = np.clip(np.nan_to_num(usual.price_text), -_CLIP, _CLIP)
    for name, meaning in _OF.items():
        history = histories[name]
        of = {
            f"{name}_lines_30": history.count(30),
            f"{name}_lines": history.count(),
            f"{name}_age": history.age_days(),
        }
        of[f"{name}_rest"] = history.rest_days()
        of[f"{name}_price"] = history.mean(signed, _RECENT, weight=3.0)
        for mark in _MARKS if name in _WHO else ():
            values = getattr(marks, mark)
            of[f"{name}_{mark}"] = history.mean(values, _RECENT, towards=0.02, weight=3.0)
        columns.add(meaning, **of)
    for name in ("firm_goods", "firm_text", "seller_goods", "firm_crew", "firm_regime"):
        columns.add(
            Meaning.TRADER, **{f"{name}_lines": histories[name].count(), f"{name}_rest": histories[name].rest_days()}
        )
    columns.add(
        Meaning.TRADER,
        size_class=amounts["size_class"],
        market_level=amounts["market_level"],
        firm_days=(trade.at - amounts["born"]) / DAY,
    )


def _relations(columns: Columns, trade: Trade, histories: dict[str, Remembered], marks: Marks, pasts: Pasts) -> None:
    """What ties a trader to others: lines of the same director, address or truck that were not its own."""
    own = histories["firm"].count()
    of: dict[str, Array] = {}
    for name in ("director", "address"):
        of[f"{name}_others"] = histories[name].count() - own
        of[f"{name}_older"] = histories[name].age_days() - histories["firm"].age_days()
        of[f"{name}_cheap_all"] = histories[name].mean(marks.cheap, weight=3.0)
        of[f"{name}_other_code_all"] = histories[name].mean(marks.other_code, towards=0.02, weight=3.0)
    truck_firm = pasts.joined(trade.coded["truck"], trade.coded["firm"])
    of["truck_others"] = histories["truck"].count() - pasts.history(truck_firm, trade).count()
    of["reborn"] = _reborn(trade, pasts)
    of["truck_heavy_120"] = histories["truck"].mean(marks.heavy, 120, weight=3.0)
    columns.add(Meaning.RELATIONS, **of)


def _reborn(trade: Trade, pasts: Pasts) -> Floats:
    """Days since an enterprise of the same director and address closed, before this one began; NaN when none did."""
    pair = pasts.joined(trade.coded["director"], trade.coded["address"])
    closed = pasts.closed_before(pair, trade)
    return np.where(closed < trade.at, (trade.at - closed) / DAY, np.nan)
