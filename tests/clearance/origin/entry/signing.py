"""Signed papers for the tests: an authority, a signer, a signature in the PDF."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from thongquan.base.core.clock import now

SIGNER = "NANNING CUSTOMS, test"


class Office:
    """An authority with one signer under it."""

    def __init__(self, name: str = "Test root") -> None:
        self.root_key, self.key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.root = self._certificate(name, name, self.root_key, self.root_key, ca=True)
        self.certificate = self._certificate(SIGNER, name, self.key, self.root_key, ca=False)

    def _certificate(
        self, name: str, issuer: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey, *, ca: bool
    ) -> x509.Certificate:
        begins: datetime = now() - timedelta(days=2)
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=True,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=ca,
            crl_sign=ca,
            encipher_only=False,
            decipher_only=False,
        )
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=90))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(by, hashes.SHA256())
        )

    def revocations(self, *serials: int, issued: datetime, until: datetime) -> bytes:
        """A list of revoked certificates (DER)."""
        listed = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        listed = listed.last_update(issued).next_update(until)
        for serial in serials:
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(issued)
            listed = listed.add_revoked_certificate(one.build())
        return listed.sign(self.root_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def der(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.DER)

    def sign(self, content: bytes) -> bytes:
        packed = pkcs12.serialize_key_and_certificates(
            b"signer", self.key, self.certificate, [self.root], serialization.BestAvailableEncryption(b"x")
        )
        signer = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=b"x")
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        wanted = signers.PdfSignatureMetadata(field_name="Signature1")
        with ThreadPoolExecutor(1) as elsewhere:  # where no browser of another test has a loop running
            out = elsewhere.submit(signers.sign_pdf, writer, wanted, signer=signer).result()
        return bytes(out.getbuffer())


def changed(signed: bytes) -> bytes:
    """The same, a word of the signed part altered."""
    place = signed.rindex(b"startxref", 0, signed.index(b"/ByteRange"))
    return signed[: place - 20] + bytes([signed[place - 20] ^ 1]) + signed[place - 19 :]
