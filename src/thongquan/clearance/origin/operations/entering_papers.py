"""Papers entered by machine and person: stored, read in the background, confirmed field by field, or dropped.

Legal basis: Circular 33/2023/TT-BTC Art. 11-12, 15 (the certificate filed, its copies and scans).
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.attachments.operations import store_file
from thongquan.base.attachments.queries import content_of
from thongquan.base.attachments.types import PDF, PICTURES, type_of
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.ledger.operations import record
from thongquan.base.signatures.queries import trusted
from thongquan.clearance.origin.entry_states import OPEN, EntryState
from thongquan.clearance.origin.formats.paper.found import FoundPaper, found_paper
from thongquan.clearance.origin.formats.paper.layout import squeezed
from thongquan.clearance.origin.formats.paper.reading import read_paper
from thongquan.clearance.origin.formats.paper.shape import Page
from thongquan.clearance.origin.formats.texts import Written, changed_fields
from thongquan.clearance.origin.models import Entry
from thongquan.clearance.origin.operations.entering import enter_certificate, faults_of_written, holder_faults
from thongquan.clearance.origin.permissions import check_may, offices_for
from thongquan.clearance.origin.queries.entering import Certain, ReadPaper, entries_in_scope
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

TASK = "thongquan.clearance.origin.tasks.read_entry"


def enter_paper(
    *, actor: Actor, office: str, tax_code: str, trader_name: str, name: str, content: bytes, at: datetime
) -> int:
    """Keep a paper (PDF or picture) and ask the machine to read it; gives the entry's number.

    Raises `NotAllowed`; `Refused`: TQ-DEC-001, -003 (office, tax code), TQ-ORI-077 another kind of file, and what
    `store_file` says of it.
    """
    if faults := list(holder_faults(office, tax_code)):
        raise Refused(faults)
    check_may(actor, "origin.register", office=office, tax_code=tax_code)
    kind, faults = type_of(content, name)
    if not faults and kind not in PICTURES | {PDF}:
        raise Refused([Fault(code=Code.TQ_ORI_077, path="file", value=kind)])
    of_office = office in offices_for(actor, "origin.register")
    owner = f"office:{office}" if of_office else f"enterprise:{tax_code}"
    with transaction.atomic():
        file = store_file(actor=actor, owner=owner, name=name, content=content, at=at)
        row = Entry.objects.create(
            office=office,
            tax_code=tax_code,
            trader_name=trader_name or enterprise_names([tax_code]).get(tax_code, ""),
            state=EntryState.READING,
            file_id=file.id,
            file_name=file.name[:200],
            made_at=at,
            made_by=actor.reference,
        )
        _told("origin.paper_entered", row, actor.reference, at, sha256=file.sha256)
        app.configure_task(TASK).defer(entry=row.pk)
        return row.pk


def read_entry(*, entry: int, at: datetime) -> None:
    """Read a paper in its walls and keep what was found; a paper that was read already stays as it is."""
    row = Entry.objects.filter(id=entry, state=EntryState.READING).first()
    if row is None:
        return

    def progress(done: int, of: int) -> None:
        Entry.objects.filter(id=entry).update(pages_read=done, pages=of)

    try:
        file, content = content_of(row.file_id)
        pages, signings = read_paper(content, file.content_type, progress=progress, trusted=trusted(at))
        found = found_paper(pages)
    except Refused as refused:
        _kept(entry, EntryState.FAILED, at, faults=msgspec.to_builtins(refused.faults))
        return
    _with_known_name(found, row.trader_name)
    _kept(
        entry,
        EntryState.READY,
        at,
        pages=len(pages),
        read=msgspec.to_builtins(_read(found, pages)),
        signings=msgspec.to_builtins(signings),
        notes=msgspec.to_builtins(found.notes),
    )


def _kept(entry: int, state: EntryState, at: datetime, **values: object) -> None:
    Entry.objects.filter(id=entry, state=EntryState.READING).update(state=state, read_at=at, **values)


def _read(found: FoundPaper, pages: list[Page]) -> ReadPaper:
    written = found.written
    return ReadPaper(
        fields=written.fields,
        lines=written.lines,
        boxes=written.boxes,
        sure={path: Certain(round(one.sure, 4), one.page) for path, one in found.sure.items()},
        turned=[page.turned for page in pages],
        form=found.form,
    )


def _with_known_name(found: FoundPaper, name: str) -> None:
    """A scan loses the marks of Vietnamese and blanks: where the letters are those of the trader, its name is put."""
    given = found.written.fields.get("consignee", "")
    if name and given and squeezed(given).startswith(squeezed(name)):
        rest = given if name in given else name
        found.written.fields["consignee"] = rest


def confirm_entry(
    *,
    actor: Actor,
    entry: int,
    office: str,
    tax_code: str,
    trader_name: str,
    written: Written,
    compared: bool,
    at: datetime,
) -> int:
    """Register the certificate as a person confirms it beside the image; gives the certificate's identity.

    What was written otherwise than read is kept with who wrote it. Raises `NotFound`, `NotAllowed`; `Refused` with
    TQ-ORI-075 (no longer open), -076 (not compared), and everything of `enter_certificate`.
    """
    with transaction.atomic():
        row = _open_row(actor, entry)
        before = msgspec.convert(row.read, ReadPaper)
        read = Written(before.fields, before.lines, before.boxes)
        made = _registered(actor, Holding(office, tax_code, trader_name), written, read.boxes, at, compared=compared)
        changed = [list(one) for one in changed_fields(read, written.without_blank_lines())]
        row.state, row.certificate_id, row.changed = EntryState.CONFIRMED, made, changed
        row.closed_at, row.closed_by = at, actor.reference
        row.save(update_fields=["state", "certificate_id", "changed", "closed_at", "closed_by"])
        _told("origin.paper_confirmed", row, actor.reference, at, certificate=made, changed=len(changed))
        return made


class Holding(msgspec.Struct, frozen=True):
    """Where and for whom."""

    office: str
    tax_code: str
    trader_name: str


def _registered(
    actor: Actor, holding: Holding, written: Written, boxes: dict[str, str], at: datetime, *, compared: bool
) -> int:
    whole = Written(written.fields, written.lines, boxes)
    if not compared:
        unsaid = Fault(code=Code.TQ_ORI_076, path="compared")
        told = faults_of_written(whole, office=holding.office, tax_code=holding.tax_code, at=at)
        raise Refused([unsaid, *told])
    return enter_certificate(
        actor=actor,
        office=holding.office,
        tax_code=holding.tax_code,
        trader_name=holding.trader_name,
        written=whole,
        at=at,
    )


def drop_entry(*, actor: Actor, entry: int, at: datetime) -> None:
    """Put a paper aside; nothing is registered and the row stays. Raises `NotFound`, `NotAllowed`, TQ-ORI-075."""
    with transaction.atomic():
        row = _open_row(actor, entry)
        row.state, row.closed_at, row.closed_by = EntryState.DROPPED, at, actor.reference
        row.save(update_fields=["state", "closed_at", "closed_by"])
        _told("origin.paper_dropped", row, actor.reference, at)


def _open_row(actor: Actor, entry: int) -> Entry:
    """The paper, locked, while a person may still decide on it."""
    if not 0 < entry < 2**63 or not entries_in_scope(actor).filter(id=entry).exists():
        raise NotFound(str(entry))
    row = Entry.objects.select_for_update().get(id=entry)
    check_may(actor, "origin.register", office=row.office, tax_code=row.tax_code)
    if row.state not in OPEN:
        raise Refused([Fault(code=Code.TQ_ORI_075, path="state")])
    return row


def _told(action: str, row: Entry, actor: str, at: datetime, **details: object) -> None:
    record(action=action, subject=f"entry:{row.pk}", actor=actor, at=at, details={"file": row.file_id, **details})
