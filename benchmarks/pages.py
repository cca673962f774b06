"""A web server over one database, and a person at a browser that costs little: one kept connection, a session."""

from __future__ import annotations

import contextlib
import html
import http.client
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.client import wait_for_server
from benchmarks.office import say

LOG_TAIL = 4000


@contextlib.contextmanager
def serving(url: str) -> Iterator[int]:
    """The web server as `thongquan run` starts it, one process, no worker; yields its port."""
    from benchmarks.office import free_port
    from thongquan.config.cli.serve import _end, _web_command

    port = free_port()
    log = Path(os.environ["TQ_DATA_DIR"]) / f"pages-{port}.log"
    with log.open("wb") as output:
        child = subprocess.Popen(
            _web_command(port, 1),
            env={**os.environ, "DATABASE_URL": url},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_for_server(port)
        yield port
    except Exception:
        say(f"what the web server said:\n{log.read_text(encoding='utf-8', errors='replace')[-LOG_TAIL:]}")
        raise
    finally:
        _end([child])


class Browser:
    """Someone who stepped in through the demo door."""

    def __init__(self, port: int, role: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.get("/accounts/login/")
        token = self.cookies["csrftoken"]
        self._ask("POST", "/demo/", urlencode({"role": role, "csrfmiddlewaretoken": token}))

    def get(self, path: str) -> str:
        """A page. Raises RuntimeError for anything but 200."""
        status, body = self._ask("GET", path)
        if status != http.HTTPStatus.OK:
            message = f"{path}: {status}"
            raise RuntimeError(message)
        return body

    def next_page(self, path: str) -> str:
        """The query of the page that follows this one."""
        (query,) = re.findall(r'rel="next" href="\?([^"]*)"', self.get(path))
        return html.unescape(query)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _sign, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, answer.read().decode()
