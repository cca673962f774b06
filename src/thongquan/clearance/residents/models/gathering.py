"""Collection lists: goods that a merchant gathered from residents, for one ordinary import declaration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thongquan.clearance.residents.models.forms import ShortForm


class CollectionList(models.Model):
    """Form BK-MGHCDBG 2019/HQVN. `state`: open, lodged, cleared, withdrawn. `collected_on` starts the 30 days."""

    number = models.CharField(max_length=12, unique=True)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300)
    office = models.CharField(max_length=6)
    state = models.CharField(max_length=10)
    collected_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, null=True, related_name="+")
    declaration_number = models.CharField(max_length=12, blank=True)
    subject = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tax_code", "-made_at"], name="collections_of_trader"),
            models.Index(fields=["subject"], name="collections_of_subject"),
        ]


class CollectedForm(models.Model):
    """A resident's form in a list. The database lets a form stand in one live list only."""

    collection = models.ForeignKey(CollectionList, models.PROTECT, related_name="forms")
    form = models.ForeignKey(ShortForm, models.PROTECT, related_name="collected")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=32)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form"], condition=Q(withdrawn_at=None), name="form_in_one_list")
        ]
