"""The registers of a world: enterprises, brokers, sellers, officers, goods, trucks and drivers as tables."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from thongquan.practice.world import tables
from thongquan.practice.world.columns import numbers, table_of, words
from thongquan.practice.world.firms import TRUCKS_OF_A_FIRM, Firms, brokers_for, sellers_for
from thongquan.practice.world.levels import GATES, OFFICES
from thongquan.practice.world.numbers import Array, Ints, stream
from thongquan.practice.world.posts import CREWS, OFFICERS_OF_A_CREW, officers
from thongquan.practice.world.wares import Wares
from thongquan.practice.world.words import enterprise_names, person_names, plates, seller_names

_FIRST_KEY = 1000


class Keys:
    """Keys without meaning for the places of a register."""

    def __init__(self, seed: int, name: str, count: int) -> None:
        self._keys = _FIRST_KEY + stream(seed, "keys", name).permutation(count * 4)[:count]

    def of(self, places: Ints) -> Ints:
        """Keys of places."""
        return np.asarray(self._keys[places], dtype=np.int64)

    @property
    def all(self) -> Ints:
        """Keys of all places, in order."""
        return np.asarray(self._keys, dtype=np.int64)


class Registers:
    """Keys of everybody who appears in a world."""

    def __init__(self, seed: int, firms: Firms) -> None:
        count = firms.count
        self.seed = seed
        self.enterprises = Keys(seed, "enterprises", count)
        self.people = Keys(seed, "people", count)
        self.places = Keys(seed, "places", count)
        self.brokers = Keys(seed, "brokers", brokers_for(count))
        self.sellers = Keys(seed, "sellers", sellers_for(count))
        self.officers = Keys(seed, "officers", officers())
        self.trucks = Keys(seed, "trucks", count * TRUCKS_OF_A_FIRM + 1)

    def tables(self, firms: Firms, wares: Wares, start: date, months: int) -> dict[tables.Table, pa.Table]:
        """Every register as a table."""
        return {
            tables.ENTERPRISES: self._enterprises(firms, start, months),
            tables.BROKERS: self._brokers(),
            tables.SELLERS: self._sellers(),
            tables.OFFICERS: self._officers(),
            tables.GOODS: _goods(wares),
            tables.TRUCKS: self._trucks(),
            tables.DRIVERS: self._drivers(),
            tables.TRUE_ENTERPRISES: self._truth(firms, start, months),
        }

    def _enterprises(self, firms: Firms, start: date, months: int) -> pa.Table:
        rng = stream(self.seed, "enterprise names")
        known = _known(firms, months)
        closed = firms.closes[known]
        codes = rng.permutation(100_000)[: firms.count]
        names = np.array(enterprise_names(rng, firms.count), dtype=object)
        before = np.where(firms.born[known] == 0, rng.integers(1, 2000, len(known)), 0)
        columns = {
            "enterprise_key": self.enterprises.of(known),
            "tax_code": [f"99990{code:05d}" for code in codes[known].tolist()],
            "name": names[known].tolist(),
            "address_key": self.places.of(firms.address[known]),
            "director_key": self.people.of(firms.director[known]),
            "born_on": _days(start, firms.born[known]) - before.astype(np.int32),
            "closed_on": numbers(_days(start, closed + 1) - 1, pa.date32(), empty=closed >= months),
            "size_class": firms.size_class[known],
            "market_level": firms.market_level[known],
            "home_gate": words(np.array(GATES), firms.home[known]),
        }
        return _sorted(table_of(tables.ENTERPRISES, columns))

    def _truth(self, firms: Firms, start: date, months: int) -> pa.Table:
        known = _known(firms, months)
        before, caught = firms.predecessor[known], firms.first_caught[known]
        columns = {
            "enterprise_key": self.enterprises.of(known),
            "predecessor_key": numbers(self.enterprises.of(before), pa.int32(), empty=before < 0),
            "first_caught_on": numbers(_days(start, caught), pa.date32(), empty=caught < 0),
        }
        return _sorted(table_of(tables.TRUE_ENTERPRISES, columns))

    def _brokers(self) -> pa.Table:
        rng = stream(self.seed, "broker names")
        keys = self.brokers.all
        offices = rng.integers(0, len(OFFICES), len(keys))
        codes = rng.permutation(100_000)[: len(keys)].tolist()
        columns = {
            "broker_key": keys,
            "tax_code": [f"99991{code:05d}" for code in codes],
            "name": [f"{name} (đại lý hải quan)" for name in enterprise_names(rng, len(keys))],
            "office": words(np.array(OFFICES), offices),
        }
        return _sorted(table_of(tables.BROKERS, columns))

    def _sellers(self) -> pa.Table:
        keys = self.sellers.all
        names, cities = seller_names(stream(self.seed, "seller names"), len(keys))
        columns = {"seller_key": keys, "name": names, "country": ["CN"] * len(keys), "city": cities}
        return _sorted(table_of(tables.SELLERS, columns))

    def _officers(self) -> pa.Table:
        place = np.arange(officers())
        columns = {
            "officer_key": self.officers.all,
            "office": words(np.array(OFFICES), place // (CREWS * OFFICERS_OF_A_CREW)),
            "crew": place // OFFICERS_OF_A_CREW % CREWS,
        }
        return _sorted(table_of(tables.OFFICERS, columns))

    def _trucks(self) -> pa.Table:
        keys = self.trucks.all
        rng = stream(self.seed, "plates")
        country = words(np.array(["VN", "CN"]), (rng.random(len(keys)) < 0.35).astype(np.int64))
        return _sorted(
            table_of(tables.TRUCKS, {"truck_key": keys, "plate": plates(rng, len(keys)), "country": country})
        )

    def _drivers(self) -> pa.Table:
        keys = self.trucks.all
        rng = stream(self.seed, "drivers")
        country = words(np.array(["VN", "CN"]), (rng.random(len(keys)) < 0.35).astype(np.int64))
        return _sorted(
            table_of(tables.DRIVERS, {"driver_key": keys, "name": person_names(rng, len(keys)), "country": country})
        )


def _goods(wares: Wares) -> pa.Table:
    kinds = wares.kinds
    columns = {
        "kind": [kind.key for kind in kinds],
        "hs": [kind.hs for kind in kinds],
        "name_vi": [kind.name_vi for kind in kinds],
        "unit": [kind.unit for kind in kinds],
        "weight_kg": [float(kind.weight_kg) for kind in kinds],
        "perishable": [kind.perishable for kind in kinds],
        "controlled": [kind.controlled for kind in kinds],
    }
    return table_of(tables.GOODS, columns)


def _known(firms: Firms, months: int) -> Ints:
    return np.flatnonzero(firms.born < months)


def _days(start: date, months: Ints) -> Array:
    """First days of months of the world, as days since 1970."""
    month = np.datetime64(start, "M") + np.clip(months, -12, 1200).astype("timedelta64[M]")
    return month.astype("datetime64[D]").astype(np.int32)


def _sorted(table: pa.Table) -> pa.Table:
    """In the order of the key, which means nothing."""
    return table.sort_by(table.column_names[0])
