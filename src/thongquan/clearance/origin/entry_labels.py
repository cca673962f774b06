"""Words for papers being entered, signatures of PDFs, and specimens."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: dict[str, Promise] = {
    "reading": _("The machine is reading it"),
    "ready": _("Waiting to be compared and confirmed"),
    "failed": _("The machine could not read it"),
    "confirmed": _("Confirmed and registered"),
    "dropped": _("Put aside"),
}
SIGNINGS: dict[str, Promise] = {
    "valid": _("Valid signature of a trusted issuer"),
    "changed": _("Changed after it was signed"),
    "unknown_issuer": _("Whole, but its issuer is not known here"),
    "expired": _("Whole, but the certificate of the signer had expired"),
    "revoked": _("The certificate of the signer was revoked"),
    "broken": _("The signature cannot be validated"),
}
REVOCATIONS: dict[str, Promise] = {
    "held": _("Held against the list of revoked certificates of its issuer."),
    "outdated": _("The list of revoked certificates of its issuer is out of date: load the newest."),
    "missing": _("No list of revoked certificates of its issuer is loaded: whether it was revoked is not known."),
}
KINDS: dict[str, Promise] = {
    "stamp": pgettext_lazy("specimen", "Stamp"),
    "signature": pgettext_lazy("specimen", "Signature"),
}
