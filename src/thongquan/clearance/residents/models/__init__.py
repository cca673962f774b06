"""Border residents, their short declarations, merchants' collection lists, vehicles that come and go.

Names, phones and numbers of documents are personal data: they stand here, never in the ledger, and can be erased.
"""

from thongquan.clearance.residents.models.forms import FormEvent, FormLine, QuotaUse, ShortForm
from thongquan.clearance.residents.models.gathering import CollectedForm, CollectionList
from thongquan.clearance.residents.models.people import Identity, Resident
from thongquan.clearance.residents.models.watching import Look, Stay

__all__ = [
    "CollectedForm",
    "CollectionList",
    "FormEvent",
    "FormLine",
    "Identity",
    "Look",
    "QuotaUse",
    "Resident",
    "ShortForm",
    "Stay",
]
