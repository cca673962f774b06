"""What PostgreSQL does without us: the same rows and indexes, one commit each, by eight processes with psycopg."""

from __future__ import annotations

import itertools
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg

from benchmarks.rows import fresh, marks_of, statements_of

PROCESSES = 8
FIRST_KEY = 20_000_000_000
KEYS_EACH = 1_000_000

Rows = dict[str, list[dict[str, Any]]]
Connection = psycopg.Connection[Any]
Writer = Callable[[Connection, int], Callable[[], None]]


def rate(url: str, writer: Writer, seconds: float, *, run: int) -> float:
    """Declarations written per second by all processes together."""
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(PROCESSES), context.Queue()
    first = FIRST_KEY + run * PROCESSES * KEYS_EACH
    processes = [
        context.Process(target=_process, args=(url, writer, seconds, first + place * KEYS_EACH, barrier, results))
        for place in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    counts = [results.get(timeout=seconds + 60) for _ in processes]
    for process in processes:
        process.join()
    return sum(counts) / seconds


def _process(
    url: str, writer: Writer, seconds: float, first: int, barrier: Barrier, results: multiprocessing.Queue[int]
) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        write = writer(connection, first)
        done = 0
        barrier.wait()
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            write()
            done += 1
    results.put(done)


def row_by_row(rows: Rows) -> Writer:
    """One `execute` per row, then a commit."""

    def prepared(connection: Connection, first: int) -> Callable[[], None]:
        connection.autocommit = False
        statements, several, cursor = statements_of(rows), fresh(rows, start=first), connection.cursor()

        def write() -> None:
            for table, parameters in next(several).items():
                for one in parameters:
                    cursor.execute(statements[table], one)
            connection.commit()

        return write

    return prepared


def one_statement(text: str, parameters: dict[str, Any]) -> Writer:
    """All rows in one prepared statement, which is its own transaction."""

    def prepared(connection: Connection, first: int) -> Callable[[], None]:
        keys, cursor = itertools.count(first), connection.cursor()

        def write() -> None:
            cursor.execute(text, {**parameters, **marks_of(next(keys))}, prepare=True)

        return write

    return prepared
