"""A good Form E, the law of its day and the declaration that claims it; tests change one thing each."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from thongquan.rules.origin.certificate import Paper, PaperLine
from thongquan.rules.origin.declared import Declared, DeclaredLine
from thongquan.rules.origin.law import AgreementLaw, Box, Issuer, OriginLaw, ProductRule, Term

ON = date(2026, 11, 20)
SOURCE = "a test"


def term(name: str, value: int) -> Term:
    return Term(name=name, value=Decimal(value), unit="", source=SOURCE)


LAW = OriginLaw(
    on=ON,
    agreement=AgreementLaw(
        code="ACFTA",
        schedule="B05",
        proof="certificate",
        members=("CN", "LA", "TH", "VN"),
        valid_from=date(2020, 1, 1),
        source=SOURCE,
    ),
    forms=frozenset({"E"}),
    boxes=(
        Box(box="1", field="exporter", required=True, source=SOURCE),
        Box(box="8", field="lines.criterion", required=True, source=SOURCE),
        Box(box="4", field="", required=False, source=SOURCE),
    ),
    criteria=frozenset({"WO", "PE", "CTH", "RVC", "PSR"}),
    terms={
        one.name: one
        for one in (
            term("validity_months", 12),
            term("retroactive_after_days", 3),
            term("retroactive_within_months", 12),
            term("late_filing_days", 365),
        )
    },
    issuers=(Issuer(country="CN", code="NANNING", valid_from=date(2020, 1, 1), source=SOURCE),),
    rules=(ProductRule(hs="", rule="CTH|RVC40", source=SOURCE), ProductRule(hs="0808", rule="WO", source=SOURCE)),
    minor=frozenset({"typing", "unit", "hs8", "vessel", "description"}),
    factors={"TNE>KGM": Decimal(1000)},
)
PAPER = Paper(
    agreement="ACFTA",
    form="E",
    number="E26450100123",
    issued_on=ON - timedelta(days=5),
    shipped_on=ON - timedelta(days=4),
    issuing_country="CN",
    issuer="NANNING",
    exporter="Guangxi Pingxiang Trading Co., Ltd.",
    consignee="Công ty TNHH Xuất nhập khẩu Bình Minh",
    vehicle="桂FA1234",
    transport_document="PX-2611-001",
    invoices=("GX-2611-001",),
    lines=(
        PaperLine(
            number=1,
            hs="080810",
            description="Fresh apples",
            criterion="WO",
            origin="CN",
            quantity=Decimal(12000),
            unit="KGM",
            gross_weight_kg=Decimal(12600),
        ),
        PaperLine(
            number=2, hs="841459", description="Fans", criterion="CTH", origin="CN", quantity=Decimal(450), unit="PCE"
        ),
    ),
)
CLAIM = Declared(
    on=ON,
    filed_on=ON,
    tax_code="9999900011",
    trader="Công ty TNHH Xuất nhập khẩu Bình Minh",
    invoice="GX 2611 001",
    invoice_issuer="Guangxi Pingxiang Trading Co., Ltd.",
    transport_documents=("PX-2611-001",),
    vehicle="桂FA1234",
    lines=(
        DeclaredLine(
            number=1,
            hs="08081000",
            description="Fresh apples",
            origin="CN",
            quantity=Decimal(12000),
            unit="KGM",
            gross_weight_kg=Decimal(12600),
            item=1,
            due_mfn_vnd=Decimal(9_000_000),
            due_preference_vnd=Decimal(1_000_000),
        ),
        DeclaredLine(
            number=2, hs="84145999", description="Fans", origin="CN", quantity=Decimal(450), unit="PCE", item=2
        ),
    ),
)
