"""What is owed and how it was met: liabilities, the journal, bank statements and guarantees.

A posting moves dong from one account to another, so the books balance by construction; rows of the journal are only
ever added (a trigger refuses to change them). What changes - whether a debt is settled, what a guarantee has left -
can be counted again from the journal, and a test does.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Liability(models.Model):
    """Duties and fee that a declaration owes, in dong, as lodged. `subject` is `declaration:<number>`.

    Written by the statement that stores the decision and not changed afterwards; the books follow from the outbox.
    """

    subject = models.CharField(max_length=32)
    tax_code = models.CharField(max_length=14)
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    secured_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    fee_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    totals_vnd = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject"], name="one_liability_per_version")]
        indexes = [models.Index(fields=["tax_code", "at"], name="liability_of_trader")]


class Debt(models.Model):
    """A subject in the books: who owes, where, since when. Its row is the lock of everything posted to the subject.

    `open_vnd` is what is owed now, `settled` whether it is paid, guaranteed or deferred as release asks, and
    `released_on` the day of release or clearance, from which deadlines and interest count.
    """

    subject = models.CharField(max_length=32, unique=True)
    tax_code = models.CharField(max_length=14)
    office = models.CharField(max_length=6, blank=True)
    priority = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    released_on = models.DateField(null=True)
    open_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    settled = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["tax_code", "registered_at"], name="debts_of_trader"),
            models.Index(fields=["office", "-registered_at"], name="debts_of_office"),
            models.Index(fields=["tax_code"], name="debts_open", condition=Q(open_vnd__gt=0)),
        ]
        constraints = [models.CheckConstraint(condition=Q(open_vnd__gte=0), name="debt_not_negative")]


class JournalEntry(models.Model):
    """One event of the books: what, about whom, by whom, when, and the day it counts for (`on`).

    `source` names what caused it once and for all (`lodged:declaration:...`), so that nothing is posted twice.
    """

    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=64)
    source = models.CharField(max_length=96, unique=True)
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="journal_of_subject")]


class Posting(models.Model):
    """Dong moved from the credited to the debited account (`operations.chart`), each account of somebody (`_of`)."""

    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="postings")
    debit = models.CharField(max_length=16)
    debit_of = models.CharField(max_length=64, blank=True)
    credit = models.CharField(max_length=16)
    credit_of = models.CharField(max_length=64, blank=True)
    tax = models.CharField(max_length=16, blank=True)
    amount_vnd = models.DecimalField(max_digits=20, decimal_places=0)

    class Meta:
        indexes = [
            models.Index(fields=["debit_of"], name="postings_debited"),
            models.Index(fields=["credit_of"], name="postings_credited"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="posting_moves_something"),
            models.CheckConstraint(
                condition=~(Q(debit=F("credit")) & Q(debit_of=F("credit_of"))), name="posting_moves_somewhere"
            ),
        ]


class BankStatement(models.Model):
    """A bank file taken in: its digest, account and days; `office` is whose money account it tells of."""

    digest = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    office = models.CharField(max_length=6)
    account = models.CharField(max_length=40)
    lines_read = models.IntegerField()
    lines_new = models.IntegerField()
    uploaded_by = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office", "-at"], name="statements_of_office")]


class BankLine(models.Model):
    """One booking of the bank. `key` is the same for the same booking in another file; `left_vnd` waits for somebody.

    `outcome` says how matching ended (`matching.Outcome`); names and texts are personal and stay out of the ledger.
    """

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines")
    number = models.IntegerField()
    key = models.BinaryField(max_length=32)
    reference = models.CharField(max_length=70, blank=True)
    booked_on = models.DateField()
    amount_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    left_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    payer = models.CharField(max_length=200, blank=True)
    payer_account = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    outcome = models.CharField(max_length=16)
    subject = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [models.Index(fields=["statement", "number"], name="lines_left", condition=Q(left_vnd__gt=0))]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_bank_booking"),
            models.CheckConstraint(condition=Q(left_vnd__gte=0), name="bank_line_not_negative"),
        ]


class Guarantee(models.Model):
    """A bank's promise for a trader: `single` for one declaration, `general` for many, up to `limit_vnd`.

    `state`: proposed, accepted, refused, closed. `available_vnd` is what is left; the database holds it within limits.
    """

    number = models.CharField(max_length=35, unique=True)
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=10)
    guarantor = models.CharField(max_length=200)
    tax_code = models.CharField(max_length=14)
    office = models.CharField(max_length=6)
    subject = models.CharField(max_length=32, blank=True)
    limit_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    available_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    valid_from = models.DateField()
    valid_to = models.DateField()
    proposed_by = models.CharField(max_length=32)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["tax_code", "-at"], name="guarantees_of_trader")]
        constraints = [
            models.CheckConstraint(
                condition=Q(available_vnd__gte=0) & Q(available_vnd__lte=F("limit_vnd")),
                name="guarantee_within_limits",
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="guarantee_period"),
        ]


class Reservation(models.Model):
    """What a guarantee stands for: a subject, the dong still reserved, and the last day of the promise for it."""

    guarantee = models.ForeignKey(Guarantee, models.PROTECT, related_name="reservations")
    subject = models.CharField(max_length=32)
    amount_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    until = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guarantee", "subject"], name="one_reservation"),
            models.CheckConstraint(condition=Q(amount_vnd__gte=0), name="reservation_not_negative"),
        ]
        indexes = [models.Index(fields=["subject"], name="reservations_of_subject")]
