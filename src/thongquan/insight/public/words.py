"""Words for what tracking tells."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLAIN: dict[str, Promise] = {
    "channeled": _("Registered; customs has decided how it is checked"),
    "instructed": _("Customs has asked the declarant to correct the declaration"),
    "settled": _("Registered; duties are paid or guaranteed"),
    "released": _("The goods may be taken away; the final duties are still open"),
    "cleared": _("Cleared"),
    "preserved": _("The goods are kept at a place of preservation until a result comes"),
    "exited": _("Cleared, and the goods have left the supervision area"),
    "amended_after": _("Cleared and amended afterwards"),
    "audited": _("Cleared and audited afterwards"),
    "cancelled": _("Cancelled"),
    "expired": _("Expired: it is no longer valid"),
}
NEXT: dict[str, Promise] = {
    "file_documents": _("The declarant files the documents; the time of customs begins then."),
    "documents_checked": _("Customs checks the documents."),
    "present_goods": _("The declarant presents the goods; the time of customs begins then."),
    "goods_inspected": _("Customs inspects the goods."),
    "settle": _("The declarant pays the duties or has them guaranteed; the goods are cleared then."),
    "clear": _("Customs concludes the clearance; nothing is asked of the declarant now."),
    "instructed": _("The declarant amends the declaration."),
    "released": _("The declarant settles the final duties; the goods are cleared then."),
    "cleared": _("The goods may leave the supervision area."),
    "preserved": _("The result of the inspection is awaited; until then the goods may not be used."),
    "exited": _("Nothing more is to be done."),
    "amended_after": _("Nothing more is to be done."),
    "audited": _("Nothing more is to be done."),
    "cancelled": _("Nothing more is to be done under this number."),
    "expired": _("The goods have to be declared anew before they move."),
}
