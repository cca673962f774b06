"""Certificates and signatures: whose count, from when to when, and over which bytes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from tests.world import ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.signatures import detached
from thongquan.base.signatures.operations import (
    NewCertificate,
    issue_practice_certificate,
    keep_signature,
    load_revocations,
    register_certificate,
    trust_authority,
    verify_signature,
    withdraw_certificate,
    words_to_sign,
)
from thongquan.base.signatures.operations.authorities import practice_key
from thongquan.base.signatures.queries import certificates_of, signatures_of
from thongquan.rules.codes import Code

BODY = b'{"flow": "import"}'


def issued(customs: World, at: datetime) -> NewCertificate:
    """A certificate of the demo enterprise with its key."""
    return issue_practice_certificate(actor=customs.actor("declarant"), code=ENTERPRISE, at=at)


def signed(new: NewCertificate, body: bytes = BODY) -> str:
    """A detached signature over the body."""
    key = serialization.load_pem_private_key(new.key, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return detached.sign(body, key=key, certificate=detached.read_certificate(new.certificate))


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.faults[0].code


def test_a_signature_of_a_registered_certificate_holds_and_is_kept(customs: World) -> None:
    at = now()
    value = signed(issued(customs, at))
    verified = verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=at)
    assert verified.code == ENTERPRISE
    keep_signature(actor=customs.actor("declarant"), subject="declaration:100000000010", verified=verified, at=at)
    kept = signatures_of("declaration:100000000010")
    assert [(one.code, one.value) for one in kept] == [(ENTERPRISE, value)]
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action LIKE 'signatures.%%'") == [(3,)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda value: value, Code.TQ_SIG_006),
        (lambda value: value[:-4] + ("AAAA" if not value.endswith("AAAA") else "BBBB"), Code.TQ_SIG_006),
        (lambda value: "not a signature", Code.TQ_SIG_001),
        (lambda value: "", Code.TQ_SIG_001),
        (lambda value: "x" * 9000, Code.TQ_SIG_001),
    ],
)
def test_other_bytes_and_broken_signatures_are_refused(customs: World, change: object, code: Code) -> None:
    at = now()
    value = signed(issued(customs, at))
    changed = change(value)  # type: ignore[operator]  # a parameter of the test
    body = BODY if changed != value else BODY + b" "
    with pytest.raises(Refused) as refusal:
        verify_signature(body=body, value=changed, codes={ENTERPRISE}, at=at)
    assert code_of(refusal) == code


def test_a_signature_without_algorithm_is_refused(customs: World) -> None:
    at = now()
    header, _, tail = signed(issued(customs, at)).split(".")
    none = detached._base64url(b'{"alg":"none","b64":false,"x5t#S256":"' + b"A" * 43 + b'"}')
    for value in (f"{none}..", f"{none}..{tail}", f"{header}.."):
        with pytest.raises(Refused):
            verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=at)


def test_an_unknown_certificate_and_that_of_somebody_else_are_refused(customs: World) -> None:
    at = now()
    new = issued(customs, at)
    value = signed(new)
    with pytest.raises(Refused) as refusal:
        verify_signature(body=BODY, value=value, codes={"0100100100"}, at=at)
    assert code_of(refusal) == Code.TQ_SIG_003
    customs.run_sql("DELETE FROM signatures_certificate")
    with pytest.raises(Refused) as refusal:
        verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=at)
    assert code_of(refusal) == Code.TQ_SIG_002


def test_a_certificate_counts_only_within_its_time(customs: World) -> None:
    at = now()
    value = signed(issued(customs, at))
    for moment in (at - timedelta(hours=1), at + timedelta(days=366)):
        with pytest.raises(Refused) as refusal:
            verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=moment)
        assert code_of(refusal) == Code.TQ_SIG_004
    assert verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=at + timedelta(days=364))


def test_a_withdrawn_certificate_counts_no_more_but_did_before(customs: World) -> None:
    at = now()
    new = issued(customs, at)
    value, later = signed(new), at + timedelta(hours=1)
    with pytest.raises(NotFound):
        withdraw_certificate(actor=customs.actor("broker"), certificate_id=new.certificate_id, at=later)
    withdraw_certificate(actor=customs.actor("declarant"), certificate_id=new.certificate_id, at=later)
    with pytest.raises(Refused) as refusal:
        verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=later)
    assert code_of(refusal) == Code.TQ_SIG_005
    assert verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=at)
    assert certificates_of(customs.actor("declarant"), later)[0].state == "withdrawn"


def revocations_of(serial: str, at: datetime, key: object = None) -> bytes:
    """A list of revoked certificates of the practice authority, in PEM."""
    issuer = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Thong Quan practice authority"),
        ]
    )
    revoked = x509.RevokedCertificateBuilder().serial_number(int(serial, 16)).revocation_date(at).build()
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(at)
    listed = builder.next_update(at + timedelta(days=1)).add_revoked_certificate(revoked)
    if isinstance(key, rsa.RSAPrivateKey):
        return listed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return listed.sign(practice_key(), None).public_bytes(serialization.Encoding.PEM)


def test_a_revoked_certificate_is_refused_from_that_moment(customs: World) -> None:
    at = now()
    new = issued(customs, at)
    value, later = signed(new), at + timedelta(hours=2)
    serial = detached.serial_of(detached.read_certificate(new.certificate))
    listed = revocations_of(serial, later)
    system = system_actor("signatures")
    assert load_revocations(actor=system, listed=listed, at=later) == 1
    assert load_revocations(actor=system, listed=listed, at=later) == 0
    assert verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=at)
    with pytest.raises(Refused) as refusal:
        verify_signature(body=BODY, value=value, codes={ENTERPRISE}, at=later)
    assert code_of(refusal) == Code.TQ_SIG_005


def test_a_list_that_nobody_trusted_signed_is_refused(customs: World) -> None:
    at = now()
    issued(customs, at)
    forged = revocations_of("1f", at, key=rsa.generate_private_key(public_exponent=65537, key_size=2048))
    for listed in (forged, b"nothing"):
        with pytest.raises(Refused) as refusal:
            load_revocations(actor=system_actor("signatures"), listed=listed, at=at)
        assert code_of(refusal) == Code.TQ_SIG_010
    with pytest.raises(NotAllowed):
        load_revocations(actor=customs.actor("declarant"), listed=forged, at=at)


def test_a_certificate_needs_a_trusted_issuer_and_its_key_at_hand(customs: World) -> None:
    at = now()
    new, actor = issued(customs, at), customs.actor("declarant")
    with pytest.raises(Refused) as refusal:
        register_certificate(actor=actor, code=ENTERPRISE, certificate=new.certificate, proof=signed(new), at=at)
    assert code_of(refusal) == Code.TQ_SIG_009
    customs.run_sql("DELETE FROM signatures_certificate")
    with pytest.raises(Refused) as refusal:
        register_certificate(actor=actor, code=ENTERPRISE, certificate=new.certificate, proof=signed(new), at=at)
    assert code_of(refusal) == Code.TQ_SIG_006
    with pytest.raises(Refused) as refusal:
        register_certificate(actor=actor, code=ENTERPRISE, certificate=new.certificate, proof="a..b", at=at)
    assert code_of(refusal) == Code.TQ_SIG_001
    proof = signed(new, words_to_sign(ENTERPRISE))
    assert register_certificate(actor=actor, code=ENTERPRISE, certificate=new.certificate, proof=proof, at=at)
    for strange in (b"no certificate", self_signed()):
        with pytest.raises(Refused) as refusal:
            register_certificate(actor=actor, code=ENTERPRISE, certificate=strange, proof=proof, at=at)
        assert code_of(refusal) == Code.TQ_SIG_008


def self_signed() -> bytes:
    """A certificate that nobody issued but its holder."""
    key, at = ec.generate_private_key(ec.SECP256R1()), now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "self")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = built.serial_number(7).not_valid_before(at).not_valid_after(at + timedelta(days=1))
    return dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_a_neighbor_gets_no_certificate_for_another_enterprise_and_a_stranger_none_at_all(customs: World) -> None:
    at = now()
    for role, code in (("broker", ENTERPRISE), ("clearance_officer", ENTERPRISE), ("declarant", "0100100100")):
        with pytest.raises(NotAllowed):
            issue_practice_certificate(actor=customs.actor(role), code=code, at=at)


def test_only_an_administrator_of_the_region_names_issuers(customs: World) -> None:
    at = now()
    with pytest.raises(NotAllowed):
        trust_authority(actor=customs.actor("clearance_officer"), certificate=self_signed(), at=at)
    with pytest.raises(Refused) as refusal:
        trust_authority(actor=customs.actor("administrator"), certificate=self_signed(), at=at)
    assert code_of(refusal) == Code.TQ_SIG_008
    assert trust_authority(actor=customs.actor("administrator"), certificate=an_authority(), at=at)


def an_authority() -> bytes:
    """A root certificate."""
    key, at = rsa.generate_private_key(public_exponent=65537, key_size=2048), now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Root")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = built.serial_number(8).not_valid_before(at).not_valid_after(at + timedelta(days=1))
    rooted = dated.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return rooted.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_practice_certificates_exist_in_practice_realms_only(customs: World) -> None:
    customs.run_sql("ALTER TABLE core_realm DISABLE TRIGGER USER")
    customs.run_sql("UPDATE core_realm SET name = 'real'")
    with pytest.raises(NotFound):
        issued(customs, now())
