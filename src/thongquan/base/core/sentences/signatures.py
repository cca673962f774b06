"""Sentences: certificates and signatures."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_SIG_001: Sentence(
        text=_("The signature cannot be read."),
        remedy=_(
            "Send a detached JWS (header..signature) whose header has x5t#S256 of the certificate and b64: false."
        ),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_002: Sentence(
        text=_("No certificate {value} is registered here."),
        remedy=_("Register the certificate first, on the page of certificates."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_003: Sentence(
        text=_("Certificate {value} belongs neither to the declarant nor to the agent who sends."),
        remedy=_("Sign with a certificate of the declarant or of your own organization."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_004: Sentence(
        text=_("Certificate {value} is valid from {from} to {until} only."),
        remedy=_("Sign with a certificate that is valid now."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_005: Sentence(
        text=_("Certificate {value} was revoked or withdrawn."),
        remedy=_("Sign with another registered certificate."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_006: Sentence(
        text=_("The signature is not over these very bytes by the key of certificate {value}."),
        remedy=_("Sign the file exactly as it is sent, and send nothing else."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_007: Sentence(
        text=_("This way of lodging asks for a signature."),
        remedy=_("Send a detached signature made with a registered certificate."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_008: Sentence(
        text=_("This is no signing certificate of an issuer trusted here: {value}"),
        remedy=_("Choose the certificate file (PEM or DER) that your certificate authority gave you."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_009: Sentence(
        text=_("Certificate {value} is registered already."),
        remedy=_("Nothing needs to be done, or choose another certificate."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_010: Sentence(
        text=_("This list of revoked certificates cannot be read or is not signed by an issuer trusted here: {value}"),
        remedy=_("Fetch the list (CRL, PEM or DER) again from the issuer."),
        basis=basis.SIGNING,
    ),
    Code.TQ_SIG_011: Sentence(
        text=_("The key of this certificate is not in this installation: {value}"),
        remedy=_("Make the request for the certificate here first (thongquan certificate request), then install it."),
        basis=basis.SIGNING,
    ),
}
