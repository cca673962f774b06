"""Calling an address somebody else chose, without being led astray.

The name is resolved once, every address it leads to is checked, and the connection is made to the checked address
itself: what the name leads to a moment later does not matter. Redirects are not followed, proxies of the environment
are not asked, the whole exchange has one deadline, and only the beginning of the answer is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from thongquan.rules.codes import Code

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SECONDS = 10.0
READ_BYTES = 4096
EXCERPT = 400
MAX_URL = 500
_ENDS_OF_IPV4 = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
_WHOLE_OF_IPV6 = ipaddress.ip_network("2000::/3")
# Teredo and other protocol addresses, documentation, 6to4: some carry an IPv4 address inside.
_ENDS_OF_IPV6 = tuple(ipaddress.ip_network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


class Unreachable(Exception):  # noqa: N818  (a finding, not a program error)
    """The address was not called, or gave no whole answer. `code` says why, `detail` what exactly."""

    def __init__(self, code: Code, detail: str = "", *, latency_ms: int = 0) -> None:
        super().__init__(f"{code} {detail}")
        self.code, self.detail, self.latency_ms = code, detail, latency_ms


@dataclass(frozen=True)
class Answer:
    """What the other side said: its status and the beginning of its body, as text."""

    status: int
    excerpt: str
    latency_ms: int


def resolve(host: str, port: int) -> list[str]:
    """The addresses a host name leads to now. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def is_public(address: Address) -> bool:
    """Whether the whole internet may have this address: no private, local, link, carrier, multicast or special one.

    What leads to an IPv4 address by a detour (mapped, 6to4, Teredo, NAT64) is never public.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _ENDS_OF_IPV4)
    return address in _WHOLE_OF_IPV6 and not any(address in network for network in _ENDS_OF_IPV6)


def is_loopback(address: Address) -> bool:
    """Whether it is this very machine."""
    return address.is_loopback


@dataclass(frozen=True)
class Network:
    """How the outside is reached. Tests bring their own resolver, permits and trust; programs use `config`'s.

    `permits` says which addresses may be called, `permits_plain` which of them without TLS.
    """

    resolve: Callable[[str, int], list[str]] = resolve
    permits: Callable[[Address], bool] = is_public
    permits_plain: Callable[[Address], bool] = field(default=lambda address: False)
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = SECONDS

    def check_url(self, url: str) -> SplitResult:
        """The parts of an address that may be kept. Raises `Unreachable`: TQ-NOT-001, and -002 for a bare number."""
        parts = split_url(url)
        if parts.scheme not in ("https", "http") or (parts.scheme == "http" and not self._plain_at_all()):
            raise Unreachable(Code.TQ_NOT_001, url)
        with suppress(ValueError):
            self._check(parts, ipaddress.ip_address(str(parts.hostname)))
        return parts

    def address_of(self, parts: SplitResult) -> str:
        """The one address to call. Raises `Unreachable` when any of those the name leads to may not be called."""
        host = str(parts.hostname)
        try:
            found = self.resolve(host, port_of(parts))
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise Unreachable(Code.TQ_NOT_003, host)
        for text in found:
            self._check(parts, ipaddress.ip_address(text.partition("%")[0]))
        return found[0]

    def _plain_at_all(self) -> bool:
        return self.permits_plain(ipaddress.ip_address("127.0.0.1"))

    def _check(self, parts: SplitResult, address: Address) -> None:
        if not self.permits(address) or (parts.scheme == "http" and not self.permits_plain(address)):
            raise Unreachable(Code.TQ_NOT_002, str(address))


def split_url(url: str) -> SplitResult:
    """The parts of an address with a host and nothing hidden in it. Raises `Unreachable` TQ-NOT-001."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unreachable(Code.TQ_NOT_001, url[:80]) from None
    hidden = parts.username is not None or parts.password is not None or "#" in url or "\\" in url or port == 0
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= MAX_URL
    if hidden or not plain or not parts.hostname:
        raise Unreachable(Code.TQ_NOT_001, url[:80])
    return parts


def port_of(parts: SplitResult) -> int:
    """The port an address names or means."""
    return parts.port or (443 if parts.scheme == "https" else 80)


class _Pinned(http.client.HTTPConnection):
    """A connection to one checked address, in the name of the host."""

    def __init__(self, parts: SplitResult, address: str, network: Network) -> None:
        super().__init__(str(parts.hostname), port_of(parts), timeout=network.seconds)
        self.address = address
        self.trust = network.trust() if parts.scheme == "https" else None

    def connect(self) -> None:
        """Open the socket to the checked address; the certificate must be good for the name."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.trust is not None:
            wrapped = self.trust.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = wrapped  # at once, so that the deadline can cut the handshake too
            wrapped.do_handshake()

    def cut(self) -> None:
        """End the exchange from another thread."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def post(url: str, body: bytes, headers: Mapping[str, str], *, network: Network) -> Answer:
    """Send one body and give what was answered, whatever its status. Raises `Unreachable`."""
    began = time.monotonic()
    parts = network.check_url(url)
    connection = _Pinned(parts, network.address_of(parts), network)
    late = threading.Event()
    deadline = threading.Timer(network.seconds, _end, (connection, late))
    deadline.daemon = True
    deadline.start()
    try:
        status, excerpt = _exchange(connection, parts, body, headers)
    except (OSError, http.client.HTTPException, ValueError) as error:
        took = _milliseconds(began)
        if late.is_set() or isinstance(error, TimeoutError):
            raise Unreachable(Code.TQ_NOT_007, f"{network.seconds:g}", latency_ms=took) from None
        raise Unreachable(Code.TQ_NOT_008, _words(error), latency_ms=took) from None
    finally:
        deadline.cancel()
        connection.close()
    took = _milliseconds(began)
    if late.is_set():
        raise Unreachable(Code.TQ_NOT_007, f"{network.seconds:g}", latency_ms=took)
    return Answer(status, excerpt, took)


def _end(connection: _Pinned, late: threading.Event) -> None:
    late.set()
    connection.cut()


def _exchange(connection: _Pinned, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection.request("POST", target, body, {"Host": parts.netloc, "Connection": "close", **headers})
    answer = connection.getresponse()
    text = answer.read(READ_BYTES).decode("utf-8", "replace")
    return answer.status, "".join(one if one.isprintable() else " " for one in text)[:EXCERPT].strip()


def _words(error: Exception) -> str:
    """What went wrong, short; a certificate says why it was not trusted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__)[:160]


def _milliseconds(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
