"""What a form is made of before it is one: as typed at a counter, on a phone, or sent by a program."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class GoodsGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line: a code of the residents' list, how much, and what it cost in the currency of the form.

    `rate` names one of several rates of VAT (`8`, `10`), asked for only where something is taxed.
    """

    hs: str = ""
    description: str = ""
    quantity: Decimal | None = None
    value: Decimal | None = None
    rate: str = ""


class PersonGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The person: `kind` of the document (`card` citizen card, `pass` border pass), its number, name and commune.

    `other_kind` and `other_number` name a second document of the same person, so that both count on one quota.
    """

    kind: str = "card"
    number: str = ""
    full_name: str = ""
    commune: str = ""
    phone: str = ""
    other_kind: str = ""
    other_number: str = ""


class FormGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A short declaration: `flow` import or export, `purpose` own or resale, goods.

    `plate` is the truck that carries them and `buyer` for whom, where they carry for somebody.
    """

    flow: str = "import"
    purpose: str = "own"
    currency: str = "VND"
    lines: tuple[GoodsGiven, ...] = ()
    plate: str = ""
    buyer: str = ""


class MerchantGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an ordinary declaration needs beside the gathered goods."""

    plate: str = ""
    packages: int = 0
    package_unit: str = "PK"
    gross_weight_kg: Decimal | None = None
    unloading_place: str = ""
    vat_rate: str = ""
