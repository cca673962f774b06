"""The marks that each mechanism leaves on the declared side, beside what a cheat cannot be seen by."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """How a mechanism changes what is declared.

    `price`: mean and deviation of the change of the logarithm of the declared price, in a share `price_share` of cases;
    `quantity`: the same for the quantity, which shows only in `gross`, the logarithm of gross weight over what the
    quantity would weigh; `code`: another code is declared; `origin`: another country is; `certificate`: shares of
    retroactive and of third-party certificates and of weights that differ. `finding` is what an inspection calls it and
    `detection` how often it sees it.
    """

    name: str
    finding: str
    detection: float
    price: tuple[float, float] = (0.0, 0.0)
    price_share: float = 0.0
    quantity: tuple[float, float] = (0.0, 0.0)
    gross: tuple[float, float] = (0.0, 0.0)
    code: bool = False
    origin: bool = False
    certificate: tuple[float, float, float] | None = None
    quota: bool = False
    threshold: bool = False
    hides: bool = False


HONEST_CERTIFICATE = (0.06, 0.07, 0.04)
PRICE_ERROR, PRICE_ERROR_SPREAD = 0.008, 1.0
CODE_ERROR = 0.020
GROSS_ERROR, GROSS_ERROR_SPREAD = 0.008, 0.20
GROSS_NOISE = 0.02
CERTIFICATE_NOISE, CERTIFICATE_SPREAD = 0.01, 0.12
QUOTA_USD, QUOTA_LOW, QUOTA_FRAUD_LOW = 77.0, 0.2, 0.88
THRESHOLD_USD, LOT_MEAN, LOT_SPREAD = 5_000.0, 0.0, 0.4
SPLIT_LOW, SPLIT_HIGH = 0.80, 0.995
"""Honest error and noise, and the two thresholds: the residents' quota (2 million dong) and that of split lots.

The second threshold, 5,000 dollars, is one of the practice world: no law names it.
"""

MARKS = (
    Mark("undervaluation", "value", 0.70, price=(-0.55, 0.22), price_share=1.0),
    Mark("understatement", "quantity", 0.80, quantity=(-0.35, 0.12), gross=(0.09, 0.05)),
    Mark("cheaper_code", "code", 0.65, price=(-0.35, 0.15), price_share=0.4, code=True),
    Mark("false_certificate", "origin", 0.45, origin=True, certificate=(0.30, 0.12, 0.45)),
    Mark("transit", "origin", 0.40, origin=True, certificate=(0.12, 0.55, 0.10), price=(0.25, 0.15), price_share=0.5),
    Mark("regime_misuse", "regime", 0.60, quota=True),
    Mark("collusion", "value", 0.70, price=(-0.40, 0.20), price_share=1.0),
    Mark("contraband", "goods", 0.75, gross=(0.075, 0.03), hides=True),
    Mark("split_shipment", "value", 0.50, threshold=True),
)
