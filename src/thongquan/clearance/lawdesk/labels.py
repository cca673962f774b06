"""Words for states and steps of workbaskets and dry runs."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.sentences.labels import TAXES

STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("workbasket", "Draft"),
    "proposed": pgettext_lazy("workbasket", "Waits for approval"),
    "published": pgettext_lazy("workbasket", "Published"),
    "discarded": pgettext_lazy("workbasket", "Discarded"),
}
STEPS: dict[str, Promise] = {
    "start": pgettext_lazy("workbasket", "Started"),
    "edit": pgettext_lazy("workbasket", "Changed"),
    "try": _("Dry run asked for"),
    "propose": _("Given for approval"),
    "return": pgettext_lazy("workbasket", "Returned"),
    "approve": _("Approved and published"),
    "discard": pgettext_lazy("workbasket", "Discarded"),
    "reverse": _("Reversal drafted"),
}
RUN_STATES: dict[str, Promise] = {
    "queued": pgettext_lazy("dry run", "Waits for its turn"),
    "running": pgettext_lazy("dry run", "Under way"),
    "done": pgettext_lazy("dry run", "Done"),
    "failed": pgettext_lazy("dry run", "Broke down"),
    "stopped": pgettext_lazy("dry run", "Stopped without a result"),
}


def name_of_tax(tax: str) -> str:
    """A tax in words, or the fee."""
    return gettext("Customs fee") if tax == "fee" else gettext(TAXES[tax]) if tax in TAXES else tax
