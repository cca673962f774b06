"""The register of residents: found by a document, made when new, erased when the law asks no longer.

Legal basis: Circular 80/2019/TT-BTC Art. 6 (border pass or citizen card); Law 91/2025/QH15 on personal data (erasure).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import date, datetime

from django.db import IntegrityError, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.core.secrets import secret
from thongquan.base.ledger.operations import record
from thongquan.clearance.residents.models import Identity, Resident
from thongquan.clearance.residents.shapes import PersonGiven
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

CARD, PASS = "card", "pass"
SECRET = "residents-identities"  # noqa: S105  (the name of a file of the installation, not what is in it)
_SHAPES = {CARD: re.compile(r"\d{12}"), PASS: re.compile(r"[A-Z0-9]{5,20}")}


def plain_number(number: str) -> str:
    """A document's number as it is compared: capitals and digits only."""
    return re.sub(r"[^A-Z0-9]", "", storable(number).upper())


def plain_phone(phone: str) -> str:
    """A telephone number as it is compared: digits only, the country's own prefix as 0."""
    digits = re.sub(r"\D", "", phone)
    return (f"0{digits[2:]}" if digits.startswith("84") and len(digits) > 10 else digits)[:20]


def digest_of(kind: str, number: str) -> bytes:
    """32 bytes that stand for a document and tell nothing of it without the installation's secret."""
    return hmac.new(secret(SECRET), f"{kind}:{number}".encode(), hashlib.sha256).digest()


def person_faults(person: PersonGiven) -> list[Fault]:
    """TQ-RES-002 for documents that cannot be, TQ-RES-008 for a name or commune that is missing."""
    faults = []
    shape = _SHAPES.get(person.kind)
    if shape is None or not shape.fullmatch(plain_number(person.number)):
        faults.append(Fault(code=Code.TQ_RES_002, path="number", value=person.number[:24]))
    if person.other_number:
        shape = _SHAPES.get(person.other_kind)
        if shape is None or not shape.fullmatch(plain_number(person.other_number)):
            faults.append(Fault(code=Code.TQ_RES_002, path="other_number", value=person.other_number[:24]))
    faults += [
        Fault(code=Code.TQ_RES_008, path=name)
        for name in ("full_name", "commune")
        if not storable(getattr(person, name))
    ]
    return faults


def locked_resident(person: PersonGiven, *, actor: Actor, on: date, at: datetime) -> Resident:
    """The person of these documents, made when new, locked until the transaction ends: counters take turns here.

    Name, commune and phone are kept as last seen on the document. Raises `Refused` with TQ-RES-013 when two documents
    belong to two people.
    """
    documents = _documents(person)
    found = {row.resident_id for row in Identity.objects.filter(digest__in=list(documents))}
    if len(found) > 1:
        raise Refused([Fault(code=Code.TQ_RES_013, path="other_number", value=masked(person.other_number))])
    key = found.pop() if found else _made(person, actor=actor, on=on, at=at)
    row = Resident.objects.select_for_update().get(pk=key)
    _add_documents(row, documents)
    row.full_name, row.commune = storable(person.full_name)[:120], storable(person.commune)[:120]
    row.phone = plain_phone(person.phone) or row.phone
    row.seen_on, row.erased_at = max(row.seen_on, on), None
    row.save()
    return row


def _documents(person: PersonGiven) -> dict[bytes, tuple[str, str]]:
    pairs = [(person.kind, plain_number(person.number))]
    if person.other_number:
        pairs.append((person.other_kind, plain_number(person.other_number)))
    return {digest_of(kind, number): (kind, number) for kind, number in pairs}


def _made(person: PersonGiven, *, actor: Actor, on: date, at: datetime) -> int:
    """A new person with the first document; when another counter was faster, that one's."""
    kind, number = person.kind, plain_number(person.number)
    digest = digest_of(kind, number)
    try:
        with transaction.atomic():
            row = Resident.objects.create(made_at=at, made_by=actor.reference, seen_on=on)
            Identity.objects.create(resident=row, kind=kind, number=number, digest=digest)
            record(action="resident.registered", subject=f"resident:{row.pk}", actor=actor.reference, at=at, details={})
            announce(kind="resident.registered", subject=f"resident:{row.pk}", payload={}, at=at)
            return row.pk
    except IntegrityError:
        return Identity.objects.get(digest=digest).resident_id


def _add_documents(row: Resident, documents: dict[bytes, tuple[str, str]]) -> None:
    known = {bytes(one.digest) for one in row.identities.all()}
    for digest, (kind, number) in documents.items():
        if digest in known:
            continue
        made, fresh = Identity.objects.get_or_create(
            digest=digest, defaults={"resident": row, "kind": kind, "number": number}
        )
        if not fresh and made.resident_id != row.pk:
            raise Refused([Fault(code=Code.TQ_RES_013, path="other_number", value=masked(number))])


def masked(number: str) -> str:
    """A document's number for eyes that need not know all of it."""
    return f"…{number[-4:]}" if len(number) > 4 else "…"
