"""A client that costs little: one connection kept open, bodies encoded beforehand, plain sockets."""

from __future__ import annotations

import contextlib
import multiprocessing
import socket
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import TypeAlias

from benchmarks.rows import INVOICE, PLATE

CLIENTS = 8
GRACE_SECONDS = 120
LODGE = "/api/v1/declarations/"
Told: TypeAlias = "multiprocessing.Queue[object]"


class Load:
    """What the clients send: request bodies with two places to fill in, and whom they stand for."""

    def __init__(self, bodies: list[bytes], *, port: int, token: str) -> None:
        self.bodies, self.port, self.token = bodies, port, token

    def request(self, body: bytes) -> bytes:
        """A whole HTTP request."""
        head = (
            f"POST {LODGE} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def wait_for_server(port: int, *, seconds: float = 60) -> None:
    """Return when the server listens. Raises TimeoutError."""
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("the web server did not start")


def lodge_for(load: Load, seconds: float, *, run: int) -> tuple[float, list[float]]:
    """Let all clients lodge at once. Gives lodgements per second and the time of each in seconds.

    Raises RuntimeError when any answer is not 201.
    """
    barrier = multiprocessing.get_context("fork").Barrier(CLIENTS)
    found = clients_of(
        CLIENTS, seconds, lambda number, told: _client(load, seconds, run * CLIENTS + number, barrier, told)
    )
    times = [taken for one in found for taken in one]
    return len(times) / seconds, times


def clients_of(count: int, seconds: float, client: Callable[[int, Told], None]) -> list[list[float]]:
    """Run so many clients, each a process given its number and where to put its times. Gives the times of each.

    Raises RuntimeError with the text of the first answer that a client put there instead.
    """
    context = multiprocessing.get_context("fork")
    told: Told = context.Queue()
    processes = [context.Process(target=client, args=(number, told)) for number in range(count)]
    for process in processes:
        process.start()
    found = [told.get(timeout=seconds + GRACE_SECONDS) for _ in processes]
    for process in processes:
        process.join()
    for one in found:
        if isinstance(one, str):
            raise RuntimeError(one)  # noqa: TRY004  (the text of a refusal, not a wrong type)
    return [one for one in found if isinstance(one, list)]


def _client(load: Load, seconds: float, number: int, barrier: Barrier, told: Told) -> None:
    """One client: a different invoice and plate in every body, as long as the time lasts."""
    requests = [load.request(body) for body in load.bodies]
    first = number * len(requests) // CLIENTS % len(requests)  # clients side by side send different bodies
    requests = requests[first:] + requests[:first]
    with socket.create_connection(("127.0.0.1", load.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        times: list[float] = []
        barrier.wait()
        ends = time.perf_counter() + seconds
        while (started := time.perf_counter()) < ends:
            count = len(times)
            request = requests[count % len(requests)].replace(INVOICE, b"B%03d-%08d" % (number, count))
            connection.sendall(request.replace(PLATE, b"12C%07d" % count))
            answer = answer_of(connection)
            times.append(time.perf_counter() - started)
            if not answer.startswith(b"HTTP/1.1 201"):
                told.put(answer[:2000].decode(errors="replace"))
                return
    told.put(times)


def answer_of(connection: socket.socket) -> bytes:
    """One whole answer: head and as many bytes as it announces."""
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
