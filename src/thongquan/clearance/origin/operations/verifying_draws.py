"""Drawing certificates for verification at random: every draw is kept, with its chance and its seed.

Legal basis: verification at random stands in the agreements, whose texts are not at hand; the share is a dated
parameter marked unverified. A draw casts no doubt: the certificate stays as it stands until somebody doubts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from thongquan.base.accounts.queries import system_actor
from thongquan.clearance.origin.models import Certificate, Use, Verification, VerificationDraw, Verified
from thongquan.clearance.origin.operations.verifying_steps import happened
from thongquan.clearance.origin.queries import paper_of
from thongquan.clearance.origin.states import State
from thongquan.clearance.origin.verification_states import CaseState, CaseStep
from thongquan.rules.draw import draw_from

CLERK = system_actor("origin")


def draw_certificates(*, subjects: Iterable[str], share: Decimal, source: str, seed: str, at: datetime) -> int:
    """Draw over the certificates that subjects use; gives how many fell. One read and one write however many.

    `share` is the chance of each, a fraction; `seed` is 64 hexadecimal digits. What was drawn before, or is being
    verified, is not drawn again. For the program alone.
    """
    with transaction.atomic():
        used = dict(
            Use.objects.filter(
                subject__in=list(subjects),
                given_back_at=None,
                item__certificate__drawn=None,
                item__certificate__state__in=[State.REGISTERED, State.ACCEPTED],
            )
            .order_by("-id")
            .values_list("item__certificate_id", "subject")
        )
        rows = [_draw(key, subject, share, source, seed, at) for key, subject in sorted(used.items())]
        VerificationDraw.objects.bulk_create(rows, ignore_conflicts=True)
        fallen = [row.certificate_id for row in rows if row.picked]
        kept = VerificationDraw.objects.filter(certificate__in=fallen, seed=seed, verification=None)
        return _open_cases(list(kept.select_related("certificate")), at) if fallen else 0


def drawn_value(certificate: int, seed: str) -> Decimal:
    """The number in [0, 1) that a certificate draws from a seed: always the same."""
    return draw_from(f"origin:{certificate}".encode(), secret=bytes.fromhex(seed), key_id="").value


def _draw(key: int, subject: str, share: Decimal, source: str, seed: str, at: datetime) -> VerificationDraw:
    value = drawn_value(key, seed)
    return VerificationDraw(
        certificate_id=key,
        subject=subject,
        propensity=share,
        source=source,
        seed=seed,
        value=value,
        picked=value < share,
        at=at,
    )


def _open_cases(draws: list[VerificationDraw], at: datetime) -> int:
    """A case for each that fell, without a doubt in it; what is verified already needs none."""
    busy = set(
        Verified.objects.filter(certificate__in=[one.certificate_id for one in draws], is_open=True).values_list(
            "certificate_id", flat=True
        )
    )
    open_for = [one for one in draws if one.certificate_id not in busy]
    cases = Verification.objects.bulk_create([_case(one.certificate, at) for one in open_for])
    Verified.objects.bulk_create(
        [Verified(verification=case, certificate=one.certificate) for case, one in zip(cases, open_for, strict=True)]
    )
    for case, one in zip(cases, open_for, strict=True):
        one.verification = case
        data = {"certificates": [one.certificate_id], "propensity": f"{one.propensity:f}"}
        happened(case, CaseStep.OPEN, CLERK, at, data=data)
    VerificationDraw.objects.bulk_update(open_for, ["verification"])
    return len(open_for)


def _case(row: Certificate, at: datetime) -> Verification:
    return Verification(
        office=row.office,
        tax_code=row.tax_code,
        trader_name=row.trader_name,
        agreement=row.agreement,
        country=row.country,
        issuer=paper_of(row).issuer[:300],
        exporter=row.exporter,
        why="random",
        doubts=[],
        state=CaseState.OPENED,
        opened_at=at,
        opened_by=CLERK.reference,
    )
