"""The declaration, its versions with their lines and decisions, proposals, drafts, and the copy that search reads.

A declaration's key is the first eleven digits of its number; the twelfth counts amendments (VNACCS numbering).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

ENDED = ["cancelled", "expired"]
_WAITING = models.Q(waiting_for__gt="")


class Declaration(models.Model):
    """One declaration as it stands now; what was lodged and decided is in its versions, which never change.

    From `assigned_to` on, columns are for queues and have defaults, so that lodging writes none of them:
    `assigned_to` is `user:12` or empty; `waiting_for` is customs, declarant, or empty where nobody has to act; `due_at`
    and `due_clock` are those of the clock that obliges; `rank` is the order in a queue (`queries.places`), null until
    it was reckoned, within a second of lodging.
    """

    id = models.BigIntegerField(primary_key=True)
    number = models.CharField(max_length=12, unique=True)
    flow = models.CharField(max_length=6)
    regime = models.CharField(max_length=3)
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300)
    lodged_by = models.CharField(max_length=32)
    source = models.CharField(max_length=8)
    state = models.CharField(max_length=24)
    channel = models.SmallIntegerField()
    version = models.SmallIntegerField()
    registered_at = models.DateTimeField()
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    fingerprint = models.BinaryField(max_length=32)
    assigned_to = models.CharField(max_length=32, db_default="")
    waiting_for = models.CharField(max_length=9, db_default="")
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=32, db_default="")
    is_perishable = models.BooleanField(db_default=False)
    rank = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["office", "-registered_at"], name="declarations_of_office"),
            models.Index(fields=["tax_code", "-registered_at"], name="declarations_of_trader"),
            models.Index(fields=["office", "waiting_for", "rank", "id"], condition=_WAITING, name="queue_of_office"),
            models.Index(fields=["tax_code", "waiting_for", "rank", "id"], condition=_WAITING, name="queue_of_trader"),
            models.Index(
                fields=["assigned_to", "rank", "id"],
                condition=_WAITING & ~models.Q(assigned_to=""),
                name="queue_of_officer",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=~models.Q(state__in=ENDED), name="one_live_declaration_of_goods"
            )
        ]


class Version(models.Model):
    """A declaration as lodged or amended, with the decision on it and the facts the decision was made from.

    `document` is JSON, `facts` and `decision` are MessagePack (`rules.encoding`).
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="versions")
    version = models.SmallIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    document = models.BinaryField()
    facts = models.BinaryField()
    decision = models.BinaryField()
    law_version = models.CharField(max_length=64)
    rules_release = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["declaration", "version"], name="one_version")]


class Line(models.Model):
    """A line of a version, for lists, search and statistics; the document remains the truth."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="lines")
    version = models.SmallIntegerField()
    number = models.SmallIntegerField()
    hs = models.CharField(max_length=12)
    origin = models.CharField(max_length=2)
    schedule = models.CharField(max_length=8)
    description = models.TextField()
    quantity = models.DecimalField(max_digits=24, decimal_places=4)
    unit = models.CharField(max_length=6)
    net_weight_kg = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["declaration", "version", "number"], name="one_line")]


class Event(models.Model):
    """Something that happened to a declaration after it was lodged: its story, from which clocks are derived.

    `data` and `reason` may hold words about people; the ledger has only what must never be erased.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=24)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["declaration", "id"], name="events_of_declaration")]


class SearchCopy(models.Model):
    """Folded words of a declaration, kept by an outbox handler so that lodging does not pay for search."""

    declaration = models.OneToOneField(Declaration, models.CASCADE, primary_key=True, related_name="search_copy")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_words")]


class Draft(models.Model):
    """A declaration being written: whatever was typed, never judged, never lost.

    `purpose` is lodge, amend, request, correct or preregister; the last four name in `amends` the number they are
    about. `focus` is the path of the field at which it opens.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    lodged_number = models.CharField(max_length=12, blank=True)
    purpose = models.CharField(max_length=12, default="lodge")
    amends = models.CharField(max_length=12, blank=True)
    focus = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-saved_at"], name="drafts_of_owner")]


class Proposal(models.Model):
    """A change that waits for another person: `kind` amendment (after clearance), correction or cancellation.

    `base` is the version it was made on, `document` is as in `Version` (empty for a cancellation), `ground` a code of
    the law. `outcome` is empty while it waits, then accepted or refused.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12)
    base = models.SmallIntegerField()
    document = models.BinaryField(default=b"")
    ground = models.CharField(max_length=24, blank=True)
    reason = models.TextField()
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, blank=True)
    decided_by = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "kind"], condition=models.Q(outcome=""), name="one_waiting_proposal"
            )
        ]


class Link(models.Model):
    """A declaration of goods that one form could not hold: which of how many, and the first of them."""

    declaration = models.OneToOneField(Declaration, models.PROTECT, primary_key=True, related_name="link")
    first = models.ForeignKey(Declaration, models.PROTECT, related_name="branches")
    branch = models.SmallIntegerField()
    branches = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "branch"], name="one_branch")]


class PreRegistration(models.Model):
    """Data given before registration: free to change, kept for the days the law says, under the key of its number.

    Whether it has lapsed is told by the clock; `registered_at` is set when it became a declaration.
    """

    id = models.BigIntegerField(primary_key=True)
    flow = models.CharField(max_length=6)
    office = models.CharField(max_length=6, blank=True)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300, blank=True)
    document = models.BinaryField()
    changes = models.IntegerField(default=0)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tax_code", "-at"], name="preregistered_of_trader")]


class ListColumns(models.Model):
    """The columns a person chose for the list of declarations, in order."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    names = models.JSONField(default=list)


class Template(models.Model):
    """A declaration to begin from, kept under a name, without what belongs to one shipment alone.

    `tax_code` is the enterprise it is for, empty when none was chosen. `firm` is empty while it is the owner's alone,
    else the code of the enterprise or broker whose people share it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    tax_code = models.CharField(max_length=14, blank=True)
    firm = models.CharField(max_length=14, blank=True)
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_template_of_a_name")]
        indexes = [models.Index(fields=["firm"], condition=~models.Q(firm=""), name="templates_of_firm")]
