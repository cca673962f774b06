"""What customs ruled on goods: classification notices, advance rulings, results of analysis; and where they were met.

Legal basis: Circular 14/2015/TT-BTC Art. 10-11 (analysis and its notice); Decree 08/2015/NĐ-CP Art. 24 (advance
ruling); Circular 38/2015/TT-BTC Art. 18.1g as amended (results of analysis used again).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thongquan.clearance.classification.models.rulings import Ruling


class Precedent(models.Model):
    """Goods and the code customs gave them, `[valid_from, valid_to)`; withdrawn, never deleted.

    `kind`: notice, ruling or analysis. `addressee` is the tax code it was told to, '' for everyone. `hs` has 4, 6 or 8
    digits. `features` are `learning.text.rare_numbers` of the description. `ruling` is the file a ruling came from.
    """

    kind = models.CharField(max_length=8)
    number = models.CharField(max_length=60)
    issued_by = models.CharField(max_length=200)
    issued_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    addressee = models.CharField(max_length=14, blank=True)
    hs = models.CharField(max_length=8)
    description = models.TextField()
    maker = models.CharField(max_length=300, blank=True)
    reasons = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=32)
    folded = models.TextField()
    features = ArrayField(models.IntegerField())
    ruling = models.OneToOneField(Ruling, models.PROTECT, null=True, related_name="precedent")
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=32)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=32, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["features"], name="precedents_by_features"),
            models.Index(fields=["fingerprint"], name="precedents_by_fingerprint"),
            models.Index(fields=["hs"], name="precedents_by_code"),
            models.Index(fields=["addressee"], name="precedents_by_addressee"),
            models.Index(fields=["number"], name="precedents_by_number"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="precedent_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["kind", "number", "issued_by", "fingerprint"],
                condition=models.Q(withdrawn_at=None),
                name="one_precedent_of_goods",
            ),
        ]


class PrecedentMet(models.Model):
    """A declared line that was held against a precedent: whether its code agrees. `live` until the line changes.

    `named`: the line itself names the number. `own`: it was told to this very trader. `likeness` is 0 to 1. `outcome`
    is what an officer said of a disagreement: wrong_code, other_goods or wrong_precedent.
    """

    subject = models.CharField(max_length=64)
    line = models.IntegerField()
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14, blank=True)
    on = models.DateField()
    precedent = models.ForeignKey(Precedent, models.PROTECT, related_name="met")
    declared = models.CharField(max_length=8)
    description = models.TextField()
    agrees = models.BooleanField()
    named = models.BooleanField()
    own = models.BooleanField()
    likeness = models.FloatField()
    at = models.DateTimeField()
    live = models.BooleanField(default=True)
    outcome = models.CharField(max_length=16, blank=True)
    words = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["office", "-id"],
                condition=models.Q(agrees=False, live=True, outcome=""),
                name="precedents_contradicted",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "line", "precedent"], name="one_meeting_of_line"),
        ]
