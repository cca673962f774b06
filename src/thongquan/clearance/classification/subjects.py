"""What is indexed: rooms above this one describe their declarations and their certificates, registered at start-up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal

import msgspec

from thongquan.rules.origin.criteria import Criterion


class GivenLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line as declared: dong, and US dollars per unit (0 when unknown)."""

    number: int
    code: str
    description: str
    origin: str = ""
    schedule: str = ""
    supplier: str = ""
    maker: str = ""
    price_usd: float = 0.0
    value_vnd: Decimal = Decimal(0)
    due_vnd: Decimal = Decimal(0)
    named: tuple[str, ...] = ()
    """Numbers of advance rulings that the line names."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration as it stands: its latest version and whether it counts; `declaration` is its eleven digits."""

    declaration: int
    version: int
    flow: str
    office: str
    importer: str
    importer_name: str
    on: date
    live: bool
    lines: tuple[GivenLine, ...]


class CertifiedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the certificate of a declared line says of its code: that of its item, by which criterion.

    `asked` is the criterion that the declared code asks for, None where the law at hand does not give it; `proved`: the
    declarant proved in time that it is met.
    """

    number: str
    hs: str
    criterion: str
    asked: Criterion | None = None
    proved: bool = False


Certified = Callable[[int, int], CertifiedLine | None]
_certificates: list[Certified] = []


def read_certificates_by(read: Certified) -> None:
    """Say who reads the certificate of a declaration's line."""
    _certificates[:] = [read]


def certified(declaration: int, line: int) -> CertifiedLine | None:
    """The certificate that a line names, by the eleven digits and the line; None while nobody reads certificates."""
    return _certificates[0](declaration, line) if _certificates else None


Read = Callable[[Collection[int]], list[Given]]
_readers: list[Read] = []


def read_declarations_by(read: Read) -> None:
    """Say who reads declarations for the index."""
    _readers[:] = [read]


def given_of(keys: Collection[int]) -> list[Given]:
    """Declarations by their keys as they stand now; none while nobody reads them."""
    return _readers[0](keys) if _readers else []


def number_of(declaration: int, version: int = 0) -> str:
    """The twelve digits under which people know a version of a declaration."""
    return f"{declaration}{version}"


def subject_of(declaration: int) -> str:
    """The typed reference of a declaration, the same in all its versions."""
    return f"declaration:{declaration}0"


def key_of(subject: str) -> int:
    """The eleven digits of a typed reference; 0 for anything else."""
    number = subject.partition(":")[2]
    return int(number[:-1]) if len(number) == 12 and number.isascii() and number.isdigit() else 0
