"""Taking personal data out: of people long not seen, and of one person on request.

Legal basis: Law 91/2025/QH15 on the protection of personal data; how long data are kept is the parameter
`resident_data_months`, unverified. Numbers, goods and amounts of forms stay, without the person.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.residents.law import number_of_law
from thongquan.clearance.residents.models import FormEvent, Identity, Resident, ShortForm, Stay
from thongquan.clearance.residents.operations.steps import needed_words
from thongquan.clearance.residents.permissions import check_may
from thongquan.clearance.residents.queries.carriers import kept_since
from thongquan.clearance.residents.states import State


def erase_old(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Take out what is older than the law lets it be kept, and prepared forms that nobody registered.

    Returns how many people, forms, stays and prepared forms were touched; a second run finds none.
    """
    today = timezone.localdate(at)
    limit = kept_since(today)
    with transaction.atomic():
        people = Resident.objects.filter(seen_on__lt=limit, identities__isnull=False)
        ids = list(people.values_list("pk", flat=True).distinct())
        Identity.objects.filter(resident__in=ids).delete()
        counts = {
            "people": Resident.objects.filter(pk__in=ids).update(full_name="", commune="", phone="", erased_at=at),
            "forms": _bare_forms(limit),
            "stays": Stay.objects.filter(came_at__date__lt=limit).exclude(driver="").update(driver=""),
            "prepared": _old_prepared(today, at),
        }
        if any(counts.values()):
            subject = f"residents:{limit.isoformat()}"
            record(action="residents.erased", subject=subject, actor=actor.reference, at=at, details=counts)
            announce(kind="residents.erased", subject=subject, payload=counts, at=at)
        return counts


def _bare_forms(limit: date) -> int:
    old = ShortForm.objects.filter(on__lt=limit)
    FormEvent.objects.filter(form__on__lt=limit).exclude(words="").update(words="")
    told = old.exclude(plate="", phone="", buyer="")
    return told.update(plate="", phone="", buyer="")


def _old_prepared(today: date, at: datetime) -> int:
    days = number_of_law("resident_form_days", today)
    rows = ShortForm.objects.filter(state=State.PREPARED.value, prepared_at__lt=at - timedelta(days=days + 1))
    count = rows.count()
    rows.delete()
    return count


def erase_resident(*, actor: Actor, office: str, resident: int, words: str, at: datetime) -> None:
    """Take out name, commune, phone and numbers of one person, at the person's request.

    What stands for the documents without telling them is kept until the limit, so that the quota of the month cannot be
    had twice. Raises `NotAllowed`, `NotFound`, `Refused` with TQ-RES-008 without a reason.
    """
    check_may(actor, "residents.erase", office=office)
    needed_words(words)
    with transaction.atomic():
        row = Resident.objects.select_for_update().filter(pk=resident).first()
        if row is None or not row.forms.filter(office=office).exists():
            raise NotFound(str(resident))
        row.full_name = row.commune = row.phone = ""
        row.erased_at = at
        row.save()
        row.identities.update(number="")
        ShortForm.objects.filter(resident=row).update(phone="")
        subject = f"resident:{row.pk}"
        record(action="resident.erased", subject=subject, actor=actor.reference, at=at, details={"office": office})
        announce(kind="resident.erased", subject=subject, payload={"office": office}, at=at)
