"""Certificates an office signs its papers with: requested, installed, used, withdrawn; the key never in the database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from django.conf import settings

from tests.base.attachments import made
from tests.clearance.origin.entry.signing import Office
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.models import Seal
from thongquan.base.signatures.operations import (
    install_seal,
    load_revocations,
    request_seal,
    seal_paper,
    seals,
    trust_authority,
    withdraw_seal,
)
from thongquan.base.signatures.queries import paper_signings
from thongquan.rules.codes import Code

SIGNER, REASON = "Phạm Quang Minh", "00001/XMXX-15BB"


def given_by(authority: Office, request: bytes) -> bytes:
    """The certificate an authority makes of a request (PEM)."""
    asked, at = x509.load_pem_x509_csr(request), now()
    made_of = (
        x509.CertificateBuilder()
        .subject_name(asked.subject)
        .issuer_name(authority.root.subject)
        .public_key(asked.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(authority.certificate.extensions.get_extension_for_class(x509.KeyUsage).value, critical=True)
    )
    return made_of.sign(authority.root_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def installed(customs: World, authority: Office) -> tuple[int, bytes]:
    """A seal of Hữu Nghị under a trusted authority, and its certificate."""
    chief, at = customs.actor("administrator"), now()
    trust_authority(actor=chief, certificate=authority.pem(), at=at)
    certificate = given_by(authority, request_seal(actor=chief, office="15BB"))
    return install_seal(actor=chief, office="15BB", certificate=certificate, at=at), certificate


def test_an_office_signs_with_the_certificate_its_authority_gave(customs: World) -> None:
    seal, certificate = installed(customs, Office("Ban Cơ yếu, test"))
    content, used = seal_paper(office="15BB", content=made.pdf(), signer=SIGNER, reason=REASON, at=now())
    assert used == seal
    assert [(one.state, one.covers_all, one.revocations) for one in paper_signings(content, now())] == [
        ("valid", True, "missing")
    ]
    assert "Hữu Nghị" in paper_signings(content, now())[0].signer
    assert b"/ETSI.CAdES.detached" in content
    (key,) = [
        path.read_bytes() for path in (Path(settings.SECRETS_DIR) / "seals").iterdir() if _fits(path, certificate)
    ]
    stored = customs.run_sql("SELECT encode(der, 'hex') FROM signatures_seal")[0][0]
    assert key.hex() not in stored
    assert b"PRIVATE KEY" in key


def _fits(path: Path, certificate: bytes) -> bool:
    public = x509.load_pem_x509_certificate(certificate).public_key()
    own = serialization.load_pem_private_key(path.read_bytes(), None).public_key()
    return own == public


def test_a_changed_paper_is_seen_and_a_revoked_seal_signs_no_more(customs: World) -> None:
    authority = Office("Authority of seals")
    _seal, certificate = installed(customs, authority)
    at = now()
    content = seal_paper(office="15BB", content=made.pdf(), signer=SIGNER, reason=REASON, at=at)[0]
    place = content.index(b"/ByteRange")
    assert paper_signings(content[:20] + b"X" + content[21:], at)[0].state in {"changed", "broken"}
    assert place > 20
    serial = x509.load_pem_x509_certificate(certificate).serial_number
    listed = authority.revocations(serial, issued=at - timedelta(hours=1), until=at + timedelta(days=1))
    load_revocations(actor=customs.actor("administrator"), listed=listed, at=at)
    assert paper_signings(content, at)[0].state == "revoked"
    again, used = seal_paper(office="15BB", content=made.pdf(), signer=SIGNER, reason=REASON, at=at)
    assert Seal.objects.count() == 2
    assert used is not None
    assert paper_signings(again, at)[0].issuer != paper_signings(content, at)[0].issuer


def test_a_withdrawn_seal_signs_no_more_and_without_one_the_paper_stays_as_it_was(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal, _certificate = installed(customs, Office("Another authority"))
    chief, at = customs.actor("administrator"), now()
    withdraw_seal(actor=chief, seal=seal, at=at)
    with pytest.raises(NotFound):
        withdraw_seal(actor=chief, seal=seal, at=at)
    monkeypatch.setattr(seals, "realm_name", lambda: "real")
    content = made.pdf()
    assert seal_paper(office="15BB", content=content, signer=SIGNER, reason=REASON, at=at) == (content, None)


@pytest.mark.parametrize("fault", [Code.TQ_SIG_004, Code.TQ_SIG_008, Code.TQ_SIG_009, Code.TQ_SIG_011])
def test_what_cannot_be_installed_is_refused(customs: World, fault: Code) -> None:
    authority = Office("Fourth authority")
    _seal, certificate = installed(customs, authority)
    own = authority.certificate.public_bytes(serialization.Encoding.PEM)
    unknown = given_by(Office("Unknown"), request_seal(actor=customs.actor("administrator"), office="15BB"))
    cases = {
        Code.TQ_SIG_004: (certificate, now() + timedelta(days=31)),
        Code.TQ_SIG_008: (unknown, now()),
        Code.TQ_SIG_009: (certificate, now()),
        Code.TQ_SIG_011: (own, now()),
    }
    data, at = cases[fault]
    with pytest.raises(Refused) as refused:
        install_seal(actor=customs.actor("administrator"), office="15BB", certificate=data, at=at)
    assert [one.code for one in refused.value.faults] == [fault]


def test_a_stranger_and_a_neighbor_install_nothing(customs: World) -> None:
    for role in ("director", "clearance_officer", "declarant"):
        with pytest.raises(NotAllowed):
            request_seal(actor=customs.actor(role), office="15BB")
        with pytest.raises(NotAllowed):
            install_seal(actor=customs.actor(role), office="15BB", certificate=b"", at=now())
        with pytest.raises(NotAllowed):
            withdraw_seal(actor=customs.actor(role), seal=1, at=now())
