"""A practice office to test in: the shipped law, this week's rates and one person per role, in a database of its own.

The fixture `customs` (see `conftest.py`) copies it for every test that asks, from a template made once per worker;
so such tests commit for real, may use many connections, and leave nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from django.test import Client
from django.utils.timezone import localdate

from thongquan.base.accounts.models import User
from thongquan.base.accounts.operations import create_demo_people, create_token
from thongquan.base.accounts.queries import Actor, actor_of
from thongquan.base.accounts.scopes import SCOPES
from thongquan.base.core.clock import now
from thongquan.base.core.realm import fix_realm
from thongquan.base.ledger.operations import record_origin
from thongquan.clearance.classification.operations.attributes import load_attributes
from thongquan.clearance.tariff.operations import ensure_practice_rates, load_reference
from thongquan.clearance.violations.operations import load_acts
from thongquan.rules.document import Certificate, Document, Invoice, Line, Party, RateChoice, Vehicle

ENTERPRISE = "9999900011"
OTHER_ENTERPRISE = "9999900099"


def furnish() -> None:
    """Fill an empty, migrated database."""
    at = now()
    fix_realm(name="practice", at=at)
    record_origin(realm="practice", at=at)
    load_reference(at=at)
    load_acts(at=at)
    load_attributes(at=at)
    ensure_practice_rates(on=at.date(), at=at)
    create_demo_people(at=at)


@dataclass(frozen=True)
class World:
    """What a test does in the office."""

    database: str
    run_sql: Callable[..., list[tuple[Any, ...]]]

    def user(self, role: str) -> User:
        """The demo person of a role."""
        return User.objects.get(email=f"{role.replace('_', '.')}@demo.thongquan.example")

    def actor(self, role: str) -> Actor:
        """The same as an actor, second factor given."""
        return actor_of(self.user(role), now(), mfa=True)

    def client(self, role: str) -> Client:
        """A browser signed in as this person through the demo door."""
        client = Client(SERVER_NAME="127.0.0.1")
        answer = client.post("/demo/", {"role": role})
        assert answer.status_code == 302, answer.status_code
        return client

    def token(self, role: str, scopes: tuple[str, ...] = SCOPES) -> str:
        """A personal API token of this person."""
        return create_token(actor=self.actor(role), name="test", scopes=scopes, days=1, at=now()).secret

    def api(self, role: str) -> Client:
        """A program that signs its requests with this person's token."""
        return Client(
            SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {self.token(role)}", "accept-language": "en"}
        )


def import_document(*, invoice: str = "GX-2611-001", on: date | None = None, **changes: Any) -> Document:
    """A good five-line import at Hữu Nghị by the demo enterprise."""
    day = on or localdate(now())
    lines = (
        _line(1, "08081000", "Táo tươi giống Fuji, đóng thùng 10 kg", "12000", "KGM", "0.85"),
        _line(2, "07129090", "Nấm hương khô nguyên cái, đóng túi 5 kg", "800", "KGM", "6.4"),
        _line(3, "85176249", "Bộ định tuyến không dây hai băng tần, mẫu AX3000", "300", "PCE", "21.5"),
        _line(4, "64029990", "Dép nhựa EVA quai ngang, cỡ 36 đến 44", "1800", "NPR", "9.5"),
        _line(5, "84145999", "Quạt hút thông gió âm trần, mẫu HV-25", "450", "PCE", "38.4"),
    )
    document = Document(
        flow="import",
        regime="A11",
        office="15BB",
        trader=Party(name="Công ty TNHH Xuất nhập khẩu Bình Minh", tax_code=ENTERPRISE),
        counterpart=Party(name="Guangxi Pingxiang Trading Co., Ltd."),
        party_relation="1",
        unloading_place="VNHNG",
        transport_mode="4",
        vehicle=Vehicle(identifier="桂FA1234"),
        bills_of_lading=("PX-2611-001",),
        export_country="CN",
        arrival_on=day,
        packages=2150,
        package_unit="CT",
        gross_weight_kg=Decimal(22000),
        invoice=Invoice(
            number=invoice,
            issued_on=day - timedelta(days=2),
            kind="A",
            price_kind="A",
            incoterm="CIF",
            currency="CNY",
            amount=sum((line.value or Decimal(0) for line in lines), Decimal(0)),
            payment_method="TTR",
        ),
        freight=None,
        insurance=None,
        valuation_method="6",
        tax_term="D",
        lines=lines,
    )
    return msgspec.structs.replace(document, **changes)


def _line(number: int, hs: str, description: str, quantity: str, unit: str, price: str) -> Line:
    return Line(
        number=number,
        hs=hs,
        description=description,
        origin="CN",
        quantity=Decimal(quantity),
        unit=unit,
        unit_price=Decimal(price),
        value=Decimal(quantity) * Decimal(price),
        schedule="B05",
        certificate=Certificate(number="E26450000123456", form="E", line=number),
        choices=(RateChoice(tax="vat", rate="10", reason="Không thuộc diện giảm thuế"),),
        net_weight_kg=Decimal(4000),
        gross_weight_kg=Decimal(4200),
    )


def as_json(document: Document) -> bytes:
    """The body of a JSON lodgement."""
    return msgspec.json.encode(document)


__all__ = ["ENTERPRISE", "OTHER_ENTERPRISE", "SCOPES", "World", "as_json", "furnish", "import_document"]
