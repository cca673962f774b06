"""From a document to a decision: gather the facts, one bounded read per app that has a say, then ask the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import LiteralString
from zoneinfo import ZoneInfo

from django.conf import settings
from msgspec.structs import replace

from thongquan.base.accounts.queries import STANDING, Actor, standing_told
from thongquan.base.core.asking import answers, asked_together
from thongquan.base.core.faults import Refused
from thongquan.base.core.secrets import secret
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.permissions import check_may_lodge
from thongquan.clearance.declarations.queries import numbers_with_fingerprint
from thongquan.clearance.origin.queries.lodging import CERTIFICATES, Named, asked_by, certificates_named, named_told
from thongquan.clearance.revenue.operations.exemption_uses import exemption_faults, names_a_list
from thongquan.clearance.risk.queries.live import live_hits
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules import draw
from thongquan.rules.clearance import decide, redacted
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document
from thongquan.rules.facts import Duplicate, Facts, Standing

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def fingerprint_of(document: Document) -> bytes:
    """32 bytes equal for the same declarant, invoice, goods and transport (`rules.draw.fingerprint`)."""
    return draw.fingerprint(document)


def decided_anew(facts: Facts, document: Document, *, registered_at: datetime) -> tuple[Facts, Decision]:
    """What is decided of a corrected document from the facts of one in force, by the law of the day of registration
    (Law 107/2016/QH13 Art. 8). Raises `Refused` with the document's faults."""
    law = current_law().slice_for(document, registered_at.astimezone(LOCAL).date())
    again = replace(facts, document=document, law=law, duplicates=())
    decision = decide(again)
    if not decision.accepted:
        raise Refused([fault for fault in decision.faults if fault.severity == "error"])
    return again, decision


def gather_facts(
    document: Document,
    *,
    fingerprint: bytes,
    at: datetime,
    look_for_duplicates: bool = True,
    registered_at: datetime | None = None,
    own: frozenset[int] = frozenset(),
    left_out: frozenset[str] = frozenset(),
    subject: str = "",
) -> Facts:
    """Everything the decision is made from. Reads: law version, standing, earlier declarations of the same goods, and
    certificates of origin where lines name some; what `subject` uses of these already is left to it.

    Who stores an accepted declaration need not look for duplicates first: the database refuses the second. An
    amendment is judged by the law of the day of registration (Law 107/2016/QH13 Art. 8), and its `own` keys are no
    duplicates. `left_out` are keys of the law for fields that an incomplete declaration leaves out (`incomplete`).
    """
    earlier = numbers_with_fingerprint(fingerprint) if look_for_duplicates else []
    law = current_law().slice_for(document, (registered_at or at).astimezone(LOCAL).date())
    standing, named = _known(document, at=at, on=law.on, subject=subject)
    return Facts(
        at=at,
        document=document,
        law=replace(law, known_codes=law.known_codes | left_out) if left_out else law,
        standing=standing,
        duplicates=tuple(Duplicate(number=number) for number in earlier if key_of_number(number) not in own),
        draw=draw.draw_from(fingerprint, secret=secret(settings.DRAW_SECRET_NAME), key_id=settings.DRAW_SECRET_NAME),
        certificates=named.certificates,
        origin_laws=named.laws,
        profiles=live_hits(document, standing, law, at, named.certificates),
    )


@contextmanager
def known_together(documents: Iterable[tuple[Document, datetime]]) -> Iterator[None]:
    """What is known of the traders and certificates of these documents, to be lodged at these moments, in two questions
    for all of them: within, judging asks no more of it. For lodgements that are written together at the end.
    """
    asked = [asked_by(document, on=at.astimezone(LOCAL).date()) for document, at in documents]
    naming = [one for one in asked if one.numbers]
    bare = [one for one in asked if not one.numbers]
    with asked_together(naming, *_parts(named=True)), asked_together(bare, *_parts(named=False)):
        yield


def _parts(*, named: bool) -> tuple[LiteralString, ...]:
    return (STANDING, CERTIFICATES) if named else (STANDING,)


def _known(document: Document, *, at: datetime, on: date, subject: str) -> tuple[Standing, Named]:
    """What is known of the trader at this moment and of the certificates its lines name, in one trip."""
    asked = asked_by(document, on=at.astimezone(LOCAL).date(), subject=subject)
    standing, *certificates = answers(asked, *_parts(named=bool(asked.numbers)))
    return standing_told(standing), named_told(next(iter(certificates), None), document, on=on)


def with_certificates_now(facts: Facts, subject: str = "") -> Facts:
    """The same facts with the certificates as they stand at this moment."""
    named = certificates_named(facts.document, on=facts.law.on, subject=subject)
    return replace(facts, certificates=named.certificates, origin_laws=named.laws)


def decide_declaration(*, actor: Actor, document: Document, at: datetime) -> Decision:
    """What would be decided: validity and duties, never channel or risk. Stores nothing, takes nothing from lists.

    Raises `NotAllowed` when the actor may not lodge for this trader.
    """
    check_may_lodge(actor, document.trader.tax_code if document.trader else None)
    facts = gather_facts(document, fingerprint=fingerprint_of(document), at=at)
    return redacted(_with_lists(decide(facts), facts), "declarant", lodged=False)


def _with_lists(decision: Decision, facts: Facts) -> Decision:
    """The same, refused where lodging would be refused by an exemption list."""
    if not (decision.accepted and names_a_list(facts.document)):
        return decision
    faults = exemption_faults(document=facts.document, on=facts.law.on)
    if not faults:
        return decision
    return Decision(
        accepted=False,
        faults=(*decision.faults, *faults),
        law_version=decision.law_version,
        rules_release=decision.rules_release,
    )
