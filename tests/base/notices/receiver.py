"""A real HTTP server of somebody else, on this machine, and a network that finds it under a public name."""

from __future__ import annotations

import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from thongquan.base.core.clock import now
from thongquan.base.notices.network import Address, Network, is_loopback, is_public

HOST = "hooks.example.com"


@dataclass
class Request:
    """What arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """The server: what arrived, and what it answers in turn (the last answer again and again)."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=lambda: [(200, {}, b"thanks")])
    hold: Callable[[], object] = lambda: None

    def url(self, path: str = "/in", scheme: str = "http") -> str:
        return f"{scheme}://{HOST}:{self.port}{path}"

    def next_answer(self) -> tuple[int, dict[str, str], bytes]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def receiving(certificate: Path | None = None) -> Iterator[Receiver]:
    """Run a receiver; with a certificate it speaks TLS."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.requests.append(Request(self.path, headers, body))
            receiver.hold()
            status, given, answer = receiver.next_answer()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(answer)), **given}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            return None

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            return None

    server = Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Names:
    """A resolver of our own: addresses by host, and how often it was asked. A list of lists answers in turn."""

    known: dict[str, list[list[str]]] = field(default_factory=lambda: {HOST: [["127.0.0.1"]]})
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        turns = self.known.get(host)
        if not turns:
            raise OSError("no such host")
        return turns.pop(0) if len(turns) > 1 else turns[0]


SERVER = ipaddress.ip_address("127.0.0.1")


def only_server(address: Address) -> bool:
    """The receiver's address stands for a public one here; every other keeps its nature."""
    return address == SERVER or is_public(address)


def network(names: Names | None = None, **changes: Any) -> Network:
    """A network in which the receiver is allowed, without TLS too."""
    given: dict[str, Any] = {"permits": only_server, "permits_plain": is_loopback, "seconds": 5.0}
    return Network(resolve=names or Names(), **{**given, **changes})


def certificate_for(host: str, place: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate with its key for a host, and a context that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now() - timedelta(days=1),
        not_valid_after=now() + timedelta(days=1),
    )
    made = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = place / "server.pem"
    file.write_bytes(private + certificate)
    trusting = ssl.create_default_context(cadata=certificate.decode())
    return file, trusting
