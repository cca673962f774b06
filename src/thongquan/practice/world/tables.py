"""The contract of a world: tables, columns, units and keys. `docs/practice-world.md` tells the same in words.

`DECLARED` is what customs was told and what it found; `TRUTH` is what really crossed, and no model may read it. Keys
are numbers without meaning: neither order nor size tells anything.
"""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

SCHEMA_VERSION = 1
MONEY = pa.decimal128(18, 2)
PRICE = pa.decimal128(20, 6)
QUANTITY = pa.decimal128(18, 2)
WEIGHT = pa.decimal128(18, 3)
RATE = pa.decimal128(7, 5)
INSTANT = pa.timestamp("ms", tz="UTC")
DECLARED, TRUTH = "declared", "truth"


class Column(NamedTuple):
    """A column: its type, what it holds and in which unit, whether it may be empty."""

    name: str
    type: pa.DataType
    holds: str
    may_be_empty: bool = False


class Table(NamedTuple):
    """A table: its folder, its key, whether it lies in part files by month, and what other tables its keys point to."""

    name: str
    folder: str
    key: tuple[str, ...]
    by_month: bool
    columns: tuple[Column, ...]
    points_to: tuple[tuple[str, str], ...] = ()
    optional: bool = False

    @property
    def path(self) -> str:
        """Folder and name: `declared/lines`."""
        return f"{self.folder}/{self.name}"

    @property
    def schema(self) -> pa.Schema:
        """What a file of this table holds."""
        return pa.schema([pa.field(one.name, one.type, nullable=one.may_be_empty) for one in self.columns])


_TEXT, _KEY, _DAY, _SMALL, _DONG = pa.string(), pa.int32(), pa.date32(), pa.int16(), pa.int64()
_LINE = (
    Column("declaration_key", pa.int64(), "the declaration"),
    Column("line_no", _SMALL, "1 to 50"),
)

ENTERPRISES = Table(
    "enterprises",
    DECLARED,
    ("enterprise_key",),
    False,
    (
        Column("enterprise_key", _KEY, "key"),
        Column("tax_code", _TEXT, "ten digits, beginning with 99990: invented"),
        Column("name", _TEXT, "Vietnamese name, invented"),
        Column("address_key", _KEY, "equal for enterprises at one address"),
        Column("director_key", _KEY, "equal for enterprises of one director"),
        Column("born_on", _DAY, "first day of business"),
        Column("closed_on", _DAY, "last day; a reader that stands on an earlier day must not look", True),
        Column("size_class", pa.int8(), "1 smallest to 5 largest, as registered"),
        Column("market_level", pa.int8(), "1 cheapest to 5 dearest quality it deals in, as registered"),
        Column("home_gate", _TEXT, "gate it mostly uses"),
    ),
)
BROKERS = Table(
    "brokers",
    DECLARED,
    ("broker_key",),
    False,
    (
        Column("broker_key", _KEY, "key"),
        Column("tax_code", _TEXT, "ten digits, beginning with 99991: invented"),
        Column("name", _TEXT, "invented"),
        Column("office", _TEXT, "customs office it mostly lodges at"),
    ),
)
SELLERS = Table(
    "sellers",
    DECLARED,
    ("seller_key",),
    False,
    (
        Column("seller_key", _KEY, "key"),
        Column("name", _TEXT, "foreign party, invented"),
        Column("country", _TEXT, "ISO 3166-1, two letters"),
        Column("city", _TEXT, "city"),
    ),
)
OFFICERS = Table(
    "officers",
    DECLARED,
    ("officer_key",),
    False,
    (
        Column("officer_key", _KEY, "key"),
        Column("office", _TEXT, "customs office"),
        Column("crew", pa.int8(), "crew 0, 1 or 2 of the office; crews rotate through the shifts week by week"),
    ),
)
GOODS = Table(
    "goods",
    DECLARED,
    ("kind",),
    False,
    (
        Column("kind", _TEXT, "kind of goods of the catalog"),
        Column("hs", _TEXT, "its national code, eight digits"),
        Column("name_vi", _TEXT, "its clean Vietnamese name"),
        Column("unit", _TEXT, "unit of quantity, UN/ECE Recommendation 20"),
        Column("weight_kg", pa.float64(), "usual net weight of one unit, kg"),
        Column("perishable", pa.bool_(), "spoils"),
        Column("controlled", pa.bool_(), "needs a permit or a specialized check"),
    ),
)
TRUCKS = Table(
    "trucks",
    DECLARED,
    ("truck_key",),
    False,
    (Column("truck_key", _KEY, "key"), Column("plate", _TEXT, "invented plate"), Column("country", _TEXT, "VN or CN")),
)
DRIVERS = Table(
    "drivers",
    DECLARED,
    ("driver_key",),
    False,
    (Column("driver_key", _KEY, "key"), Column("name", _TEXT, "invented"), Column("country", _TEXT, "VN or CN")),
)
DECLARATIONS = Table(
    "declarations",
    DECLARED,
    ("declaration_key",),
    True,
    (
        Column("declaration_key", pa.int64(), "key"),
        Column("weight", pa.float64(), "declarations of the region it stands for (1 at scale 1)"),
        Column("registered_at", INSTANT, "instant of registration"),
        Column("month", _SMALL, "months since the world began, from 0; the part file it lies in"),
        Column("flow", _TEXT, "import or export"),
        Column("regime", _TEXT, "regime code; CDBG is the short form of border residents"),
        Column("office", _TEXT, "customs office"),
        Column("gate", _TEXT, "gate"),
        Column("enterprise_key", _KEY, "trader (collector of the goods when the form is a resident's)"),
        Column("broker_key", _KEY, "agent that lodged", True),
        Column("seller_key", _KEY, "foreign party"),
        Column("officer_key", _KEY, "officer in charge"),
        Column("crew", pa.int8(), "crew of the officer"),
        Column("truck_key", _KEY, "truck; empty by rail and for residents", True),
        Column("driver_key", _KEY, "driver; empty by rail and for residents", True),
        Column("invoice_number", _TEXT, "invoice; lots of one sale share it"),
        Column("line_count", _SMALL, "lines"),
        Column("packages", pa.int32(), "packages"),
        Column("gross_weight_kg", WEIGHT, "kg"),
        Column("value_usd", MONEY, "invoice value, US dollars"),
        Column("exchange_rate", pa.int32(), "dong per US dollar"),
        Column("customs_value_vnd", _DONG, "dong"),
        Column("duty_vnd", _DONG, "import duty as declared, dong"),
        Column("vat_vnd", _DONG, "value-added tax as declared, dong"),
        Column("channel", pa.int8(), "1 green, 2 yellow, 3 red"),
    ),
    (
        ("enterprise_key", "enterprises"),
        ("broker_key", "brokers"),
        ("seller_key", "sellers"),
        ("officer_key", "officers"),
        ("truck_key", "trucks"),
        ("driver_key", "drivers"),
    ),
)
LINES = Table(
    "lines",
    DECLARED,
    ("declaration_key", "line_no"),
    True,
    (
        *_LINE,
        Column("hs", _TEXT, "declared code, eight digits"),
        Column("description", _TEXT, "text as the declarant wrote it, at most 200 characters, NFC"),
        Column("origin", _TEXT, "declared origin, ISO 3166-1"),
        Column("quantity", QUANTITY, "in `unit`"),
        Column("unit", _TEXT, "UN/ECE Recommendation 20"),
        Column("unit_price_usd", PRICE, "US dollars per unit"),
        Column("value_usd", MONEY, "quantity × unit price, US dollars"),
        Column("net_weight_kg", WEIGHT, "kg"),
        Column("gross_weight_kg", WEIGHT, "kg"),
        Column("packages", pa.int32(), "packages"),
        Column("certificate_key", pa.int64(), "certificate of origin behind a claimed preference", True),
        Column("customs_value_vnd", _DONG, "dong"),
        Column("duty_rate", RATE, "import duty rate that was applied, a fraction"),
        Column("vat_rate", RATE, "rate of value-added tax, a fraction"),
        Column("duty_vnd", _DONG, "dong"),
        Column("vat_vnd", _DONG, "dong"),
    ),
    (("declaration_key", "declarations"), ("certificate_key", "certificates")),
)
CERTIFICATES = Table(
    "certificates",
    DECLARED,
    ("certificate_key",),
    True,
    (
        Column("certificate_key", pa.int64(), "key"),
        Column("form", _TEXT, "E (China) or RCEP"),
        Column("reference", _TEXT, "reference number, invented"),
        Column("origin", _TEXT, "country that it certifies"),
        Column("hs6", _TEXT, "six digits on the certificate"),
        Column("issued_on", _DAY, "day of issue"),
        Column("gross_weight_kg", WEIGHT, "gross weight on the certificate, kg"),
        Column("third_party_invoice", pa.bool_(), "invoiced by a third party"),
        Column("retroactive", pa.bool_(), "issued retroactively"),
    ),
)
INSPECTIONS = Table(
    "inspections",
    DECLARED,
    ("declaration_key", "line_no"),
    True,
    (
        *_LINE,
        Column("inspected_at", INSTANT, "instant of the result"),
        Column("reason", _TEXT, "random or rule"),
        Column("propensity", pa.float64(), "probability with which it was selected, 0 to 1"),
        Column("officer_key", _KEY, "officer"),
        Column("outcome", _TEXT, "none, error or fraud: what the officer concluded"),
        Column("finding", _TEXT, "value, quantity, code, origin, regime, goods; empty when none", True),
        Column("adjusted_value_usd", MONEY, "value after the inspection", True),
        Column("adjusted_quantity", QUANTITY, "quantity after the inspection", True),
        Column("adjusted_hs", _TEXT, "code after the inspection", True),
        Column("adjusted_origin", _TEXT, "origin after the inspection", True),
    ),
    (("declaration_key", "declarations"), ("officer_key", "officers")),
)
PASSAGES = Table(
    "passages",
    DECLARED,
    ("passage_key",),
    True,
    (
        Column("passage_key", pa.int64(), "key"),
        Column("weight", pa.float64(), "passages that it stands for"),
        Column("passed_at", INSTANT, "instant at the gate"),
        Column("month", _SMALL, "months since the world began"),
        Column("flow", _TEXT, "import or export"),
        Column("gate", _TEXT, "gate"),
        Column("value_usd", MONEY, "value of goods declared elsewhere, US dollars"),
    ),
    optional=True,
)
TRUE_LINES = Table(
    "lines",
    TRUTH,
    ("declaration_key", "line_no"),
    True,
    (
        *_LINE,
        Column("kind", _TEXT, "kind of goods that crossed"),
        Column("hs", _TEXT, "right code"),
        Column("origin", _TEXT, "right origin"),
        Column("quantity", QUANTITY, "what crossed, in the unit of the declared line"),
        Column("unit_price_usd", PRICE, "price really paid, US dollars per unit"),
        Column("value_usd", MONEY, "value really paid, US dollars"),
        Column("net_weight_kg", WEIGHT, "kg"),
        Column("regime", _TEXT, "regime that would have been right"),
        Column("hidden_kg", WEIGHT, "undeclared goods hidden in the load, kg"),
        Column("fraud", pa.bool_(), "meant to deceive"),
        Column("mechanism", _TEXT, "mechanism of the fraud; empty when there is none", True),
        Column("phoenix", pa.bool_(), "fraud of an enterprise that came back after it was caught"),
        Column("colluded", pa.bool_(), "cleared by a broker and a crew that work together"),
        Column("error", _TEXT, "honest error: value, code or weight; empty when there is none", True),
        Column("evaded_vnd", _DONG, "duty and tax that were not declared, dong, never negative"),
    ),
    (("declaration_key", "declarations"),),
)
TRUE_DECLARATIONS = Table(
    "declarations",
    TRUTH,
    ("declaration_key",),
    True,
    (
        Column("declaration_key", pa.int64(), "the declaration"),
        Column("fraud", pa.bool_(), "at least one line is fraud"),
        Column("fraud_lines", _SMALL, "lines that are fraud"),
        Column("evaded_vnd", _DONG, "duty and tax that were not declared, dong"),
    ),
    (("declaration_key", "declarations"),),
)
ORACLE = Table(
    "oracle",
    TRUTH,
    ("declaration_key", "line_no"),
    True,
    (*_LINE, Column("probability", pa.float64(), "of fraud, given all that is declared, 0 to 1")),
    (("declaration_key", "declarations"),),
    optional=True,
)
TRUE_ENTERPRISES = Table(
    "enterprises",
    TRUTH,
    ("enterprise_key",),
    False,
    (
        Column("enterprise_key", _KEY, "the enterprise"),
        Column("predecessor_key", _KEY, "enterprise of the same people that it continues", True),
        Column("first_caught_on", _DAY, "day of the first fraud that was found", True),
    ),
    (("enterprise_key", "enterprises"),),
    optional=True,
)
TABLES = (
    *(ENTERPRISES, BROKERS, SELLERS, OFFICERS, GOODS, TRUCKS, DRIVERS, DECLARATIONS, LINES, CERTIFICATES),
    *(INSPECTIONS, PASSAGES, TRUE_LINES, TRUE_DECLARATIONS, ORACLE, TRUE_ENTERPRISES),
)
