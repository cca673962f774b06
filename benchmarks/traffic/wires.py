"""Kept connections to one web server, many requests under way at once, at little cost for the client."""

from __future__ import annotations

import asyncio
import contextlib
from typing import NamedTuple

HOST = "127.0.0.1"
MOST = 400
"""Connections at once; who finds none free waits, and that waiting counts."""
LAST_CHUNK = b"0\r\n\r\n"


class Answer(NamedTuple):
    """Status and body; the body of a chunked answer is left as it came."""

    status: int
    body: bytes


class _Wire(asyncio.Protocol):
    """One connection with at most one request under way."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.waiting: asyncio.Future[Answer] | None = None
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what one writes to."""
        self.transport = transport  # type: ignore[assignment]  # of a stream connection, always this kind

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits is told."""
        self.lost = True
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(ConnectionResetError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        """Give the answer once it is whole."""
        self.buffer += data
        answer = _whole(self.buffer)
        if answer and self.waiting and not self.waiting.done():
            self.buffer.clear()
            self.waiting.set_result(answer)

    async def ask(self, request: bytes) -> Answer:
        """Send and wait. Raises ConnectionError."""
        if self.lost or self.transport is None:
            raise ConnectionResetError("the server hung up")
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.waiting

    def close(self) -> None:
        """Hang up."""
        self.lost = True
        if self.transport is not None:
            self.transport.abort()


class Wires:
    """A pool of connections to one port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.idle: list[_Wire] = []
        self.room = asyncio.Semaphore(MOST)

    async def ask(self, request: bytes) -> Answer:
        """Send a request over a free connection. Raises ConnectionError, TimeoutError through `asyncio.timeout`."""
        async with self.room:
            while self.idle:
                wire = self.idle.pop()
                if not wire.lost:
                    with contextlib.suppress(ConnectionError):  # closed between two requests: not an error of the work
                        return await self._over(wire, request)
            return await self._over(await self._new(), request)

    async def _over(self, wire: _Wire, request: bytes) -> Answer:
        try:
            answer = await wire.ask(request)
        except BaseException:
            wire.close()
            raise
        self.idle.append(wire)
        return answer

    async def _new(self) -> _Wire:
        _transport, wire = await asyncio.get_running_loop().create_connection(_Wire, HOST, self.port)
        return wire

    def close(self) -> None:
        """Hang up everywhere."""
        for wire in self.idle:
            wire.close()


def _whole(buffer: bytearray) -> Answer | None:
    """The answer when head and body are there."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[:end]).lower()
    if b"transfer-encoding: chunked" in head:
        return Answer(int(head[9:12]), bytes(buffer[end + 4 :])) if buffer.endswith(LAST_CHUNK) else None
    _before, found, rest = head.partition(b"content-length:")
    length = int(rest.partition(b"\r\n")[0]) if found else 0
    if len(buffer) < end + 4 + length:
        return None
    return Answer(int(head[9:12]), bytes(buffer[end + 4 : end + 4 + length]))
