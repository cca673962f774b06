"""Words for what this room keeps, shared by its pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, Promise] = {
    "classification:workbench": _("Two codes"),
}
"""The parts of the room as its pages name them, by address."""
