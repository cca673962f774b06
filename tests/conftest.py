"""Every test runs on a real PostgreSQL: one embedded server per machine user, one database per run and worker."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.shared_data import shared

if TYPE_CHECKING:
    from tests.world import World

_MEMORY = Path("/dev/shm")
_ROOM = 6 * 2**30


def _fast_place() -> Path:
    """Memory, where there is room for databases that nobody keeps: copying one for a test takes half the time."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        return _MEMORY
    return Path(tempfile.gettempdir())


_HOME = _fast_place() / f"thongquan-tests-{os.getuid()}"
_HOME.mkdir(exist_ok=True)
os.environ.setdefault("TQ_DATA_DIR", str(_HOME))
os.environ.setdefault("TQ_REALM", "practice")
os.environ["DJANGO_SETTINGS_MODULE"] = "thongquan.config.settings"
os.environ["TQ_LAKE_DIR"] = str(_HOME / f"lake-{os.getpid()}")


if not shared().is_dir():  # `tools/test` says so; small cases of our own cover the same code
    collect_ignore = [
        "clearance/declarations/formats/wco/test_pack.py",
        "clearance/declarations/formats/wco/test_tax_oracle.py",
        "reference/test_shared.py",
        "learning/risk/test_public.py",
    ]

hypothesis.settings.register_profile(
    "office",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("office")
"""A slow machine is no defect, and CI tries the same examples every time."""


def pytest_configure(config: pytest.Config) -> None:
    """Start a server before Django reads its settings; a parallel run has one per worker and none for its controller.

    Servers are not shared: a transaction that one test holds open would keep the outbox of another waiting.
    """
    workers = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if not workers and not os.environ.get("DATABASE_URL"):
        from thongquan.config import embedded  # decides on directories at import, after the lines above

        slot, lock = _free_slot()
        server = embedded.start(f"tq_{os.getpid()}", directory=slot)
        embedded.relax(server.url)
        os.environ["DATABASE_URL"] = server.url
        config.stash[_SERVER] = (server, lock)
    _set_up_django()
    if not hasattr(config, "workerinput"):
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)


def _set_up_django() -> None:
    import django  # settings read the address of the database
    from django.db import connections

    from thongquan.config.database import settings_of

    connections.databases["default"].update(settings_of(os.environ.get("DATABASE_URL")))  # where they were read before
    django.setup()


def _free_slot() -> tuple[Path, IO[str]]:
    """A server directory nobody else uses now, and the lock that says so while it is open."""
    for number in itertools.count():
        lock = (_HOME / f"slot-{number}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        return _HOME / f"postgresql-{number}", lock
    raise AssertionError


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in CI why the run fails although every test that ran passed."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CI"):
        terminalreporter.section("skipped tests fail in CI", red=True)
        for report in skipped:
            terminalreporter.write_line(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and exitstatus == 0 and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and give its directory to the next run."""
    shutil.rmtree(os.environ["TQ_LAKE_DIR"], ignore_errors=True)
    held = config.stash.get(_SERVER, None)
    if held is not None:
        from thongquan.config import embedded

        server, lock = held
        embedded.drop(server, f"tq_{os.getpid()}")
        server.stop()
        lock.close()
        os.environ.pop("DATABASE_URL", None)


_SERVER: pytest.StashKey[tuple[Any, IO[str]]] = pytest.StashKey()


@pytest.fixture(scope="session", autouse=True)
def _emptying_passes_the_ledger() -> None:
    """After a test with real commits all tables are emptied; the ledger's triggers would refuse, so they sleep then."""
    from django.db import connection  # the database is known only after the configuration above

    empty = connection.ops.sql_flush

    def asleep(*args: Any, **kwargs: Any) -> list[str]:
        statements = empty(*args, **kwargs)
        return statements and ["SET LOCAL session_replication_role = replica", *statements]

    connection.ops.sql_flush = asleep  # type: ignore[method-assign]  # a change for tests only


@pytest.fixture(scope="session")
def world_template(django_db_blocker: Any) -> Iterator[str]:
    """A furnished office, copied by `customs`."""
    from django.core.management import call_command
    from django.db import connection, connections

    from tests.world import furnish
    from thongquan.clearance.tariff.queries import current_law

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        name = f"tq_world_{os.getpid()}"
        _copy("template0", name)
        _use(name)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        furnish()
        _LAW.append(current_law())
        connections.close_all()
        _use(before)
        yield name
        _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def customs(world_template: str, django_db_blocker: Any) -> Iterator[World]:
    """An office of its own for one test; see `tests.world`."""
    from django.core.cache import cache
    from django.db import connection, connections

    from tests.world import World
    from thongquan.base.accounts.auth import api_throttle
    from thongquan.base.accounts.throttle import public_throttle
    from thongquan.base.core.secrets import secret
    from thongquan.clearance.declarations.numbers import forget_blocks
    from thongquan.clearance.risk.queries.champions import forget_champion
    from thongquan.clearance.risk.queries.live import forget_live
    from thongquan.clearance.tariff.queries import forget_law
    from thongquan.insight.public.limits import track_throttle
    from thongquan.insight.status.shown import forget as forget_measured

    def forget() -> None:
        """What the process holds of a database must not outlive it; the furnished office's law is that of every copy."""
        forget_law(but=_LAW[-1])
        forget_blocks()
        forget_live()
        forget_champion()
        secret.cache_clear()
        api_throttle.forget()
        public_throttle.forget()
        track_throttle.forget()
        forget_measured()

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        name = f"{world_template}_{next(_count)}"
        _copy(world_template, name)
        _use(name)
        forget()
        try:
            yield World(database=name, run_sql=_run)
        finally:
            connections.close_all()
            _use(before)
            forget()
            cache.close()
            shutil.rmtree(os.environ["TQ_LAKE_DIR"], ignore_errors=True)
            _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_count = itertools.count()
_LAW: list[Any] = []
"""The law of the furnished office: a copy reads its own only when a test changes it."""


@pytest.fixture(scope="session", autouse=True)
def _one_look_at_static_files() -> None:
    """Every test client sets up the middleware anew; the list of static files is made once for all of them."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, seen = WhiteNoiseMiddleware.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def once(self: Any, root: str, prefix: str) -> None:
        if (root, prefix) not in seen:
            before = set(self.files)
            look(self, root, prefix)
            seen[root, prefix] = {url: self.files[url] for url in self.files.keys() - before}
        self.files.update(seen[root, prefix])

    WhiteNoiseMiddleware.update_files_dictionary = once  # a change for tests only


def _use(name: str) -> None:
    """Point every new connection to another database of the server."""
    from django.db import connections

    connections.close_all()
    connections.databases["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _copy(template: str, name: str) -> None:
    from django.db import connections

    connections.close_all()
    _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def _sql(statement: str) -> None:
    """Run a statement on the server's own database."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)


def _run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement in the office's database and give its rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
