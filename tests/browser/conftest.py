"""A real Chromium on a served office of its own. Without a browser these tests fail; they are never skipped."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

if TYPE_CHECKING:
    from tests.world import World

ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--lang=en-US"]
WAIT_MS = 45_000  # a busy machine is no defect; what is there at once is not waited for
REFUSED = re.compile(r"[Ss]tatus (of|Error Code) 4\d\d")

# The browser's loop runs in this thread beside our synchronous set-up; nothing of Django is asynchronous here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("The browser tests need Chromium: run tools/browser.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def office(customs: World) -> Iterator[str]:
    """Address of a server of this test's own office; static files come from the middleware as in production."""
    from django.test.testcases import LiveServerThread  # settings are made by the root conftest first

    server = LiveServerThread("127.0.0.1", _as_it_is)  # type: ignore[arg-type]  # static files need no handler
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def _as_it_is(application: Any) -> Any:
    return application


class Desk:
    """A person at a browser: signs in through the demo door and works."""

    def __init__(self, browser: Browser, office: str) -> None:
        self.browser, self.office = browser, office
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def page(self, *, width: int = 1440, **options: Any) -> Page:
        """A fresh window."""
        options = {"locale": "vi-VN", "viewport": {"width": width, "height": 900}, **options}
        context = self.browser.new_context(base_url=self.office, **options)
        context.set_default_timeout(WAIT_MS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        return page

    def sign_in(self, role: str, page: Page | None = None, **options: Any) -> Page:
        """Step into a demo role."""
        page = page or self.page(**options)
        page.goto("/accounts/login/")
        page.locator(f"button[value='{role}']").click()
        page.wait_for_url("**/")
        return page

    @property
    def trouble(self) -> list[str]:
        """What scripts and the content policy complained of; refusals that a test provokes are told by their status."""
        return [text for text in self.complaints if not REFUSED.search(text)]


@pytest.fixture
def desk(chromium: Browser, office: str) -> Iterator[Desk]:
    """A person with a browser; all windows are closed afterwards."""
    person = Desk(chromium, office)
    yield person
    for context in person.contexts:
        context.close()
