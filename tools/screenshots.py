"""Take the pictures of the README: a practice realm of its own is started, looked at with Chromium, and stopped.

`python tools/screenshots.py [NAME...]` writes `docs/images/NAME-WIDTH-THEME-LANGUAGE.png`, all of them or those named.
`TQ_PICTURES_OF=http://127.0.0.1:8000` looks at a practice realm that already runs.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright
from small_png import shrink

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZES = {1440: 900, 390: 844}
THEMES = ("light", "dark")
CHROMIUM = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
READY_SECONDS = 600
SETTLED_MS = 300

Shot = Callable[[Page, str], None]


def sign_in(page: Page, base: str) -> None:
    """The sign-in page with the roles of a practice realm."""
    page.goto(f"{base}/accounts/login/")


def broker_home(page: Page, base: str) -> None:
    """What a broker sees first."""
    step_into(page, base, "broker")


def lodge_form(page: Page, base: str) -> None:
    """A draft, begun as a copy of an earlier declaration, after a check of what still misses."""
    step_into(page, base, "broker")
    page.goto(f"{base}/declarations/?queue=all&flow=import")
    open_declaration(page)
    page.locator("button[name=copy]").click()
    page.locator("#check").click()
    page.wait_for_selector("#outcome > *")
    page.evaluate("scrollTo(0, 0)")


def officer_list(page: Page, base: str) -> None:
    """The declarations of an office."""
    step_into(page, base, "clearance_officer")
    page.goto(f"{base}/declarations/?queue=all")


def declaration(page: Page, base: str) -> None:
    """A declaration that an officer has to look at, with its reasons."""
    step_into(page, base, "clearance_officer")
    page.goto(f"{base}/declarations/?queue=all&channel=3&flow=import")
    open_declaration(page)


def duties(page: Page, base: str) -> None:
    """The same declaration's duties, its first line unfolded."""
    declaration(page, base)
    page.locator("#duties > details:has(.dc-taxes) > summary").first.click()
    page.evaluate(
        """() => { const part = document.getElementById('duties');
          const bar = document.elementFromPoint(195, 20).closest('header');
          scrollTo(0, Math.round(part.getBoundingClientRect().top + scrollY - (bar?.offsetHeight ?? 60) - 16)) }"""
    )
    page.wait_for_timeout(SETTLED_MS)


def law(page: Page, base: str) -> None:
    """The rates of one code on a day, from the line of a declaration."""
    step_into(page, base, "law_officer")
    page.goto(f"{base}/law/codes/61091010/")


def ledger(page: Page, base: str) -> None:
    """The entries of declarations in the ledger, as internal control reads them."""
    step_into(page, base, "internal_control")
    page.goto(f"{base}/ledger/?action=declaration.")


def desk_page(role: str, path: str) -> Shot:
    """A page of one address, as one role sees it."""

    def shot(page: Page, base: str) -> None:
        step_into(page, base, role)
        page.goto(f"{base}{path}")

    return shot


def public_page(path: str) -> Shot:
    """A page that everyone may read."""

    def shot(page: Page, base: str) -> None:
        page.goto(f"{base}{path}")

    return shot


SHOTS: dict[str, Shot] = {
    "sign-in": sign_in,
    "broker-home": broker_home,
    "lodge-form": lodge_form,
    "officer-list": officer_list,
    "declaration": declaration,
    "duties": duties,
    "checks": desk_page("clearance_officer", "/control/"),
    "gate": desk_page("gate_officer", "/control/gate/"),
    "team": desk_page("team_leader", "/team/"),
    "money": desk_page("clearance_officer", "/revenue/"),
    "residents": desk_page("gate_officer", "/residents/"),
    "express": desk_page("broker", "/express/"),
    "notices": desk_page("declarant", "/notices/"),
    "webhooks": desk_page("declarant", "/webhooks/"),
    "calculator": public_page("/calculator/?flow=import&hs=61091010&origin=CN&value=1000&currency=USD&quantity=200"),
    "procedures": public_page("/procedures/"),
    "status": public_page("/status/"),
    "law": law,
    "ledger": ledger,
}


def step_into(page: Page, base: str, role: str) -> None:
    """Sign in by the demo door."""
    page.goto(f"{base}/accounts/login/")
    page.locator(f'button[name=role][value="{role}"]').click()
    page.wait_for_url(f"{base}/")


def open_declaration(page: Page) -> None:
    """Follow the first number of a list."""
    page.locator("table a[href*='/declarations/']").first.click()
    page.wait_for_selector("#duties")


@contextmanager
def running() -> Iterator[str]:
    """A practice realm on a free port, gone afterwards; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="thongquan-pictures-") as home:
        environment = {**os.environ, "TQ_DATA_DIR": home, "TQ_REALM": "practice"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "thongquan.config.cli", "run", "--port", str(port)]
        with (Path(home) / "log").open("wb") as log:
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def wait_for(base: str, server: subprocess.Popen[bytes]) -> None:
    """Until the pages answer. Raises RuntimeError when the program ends before or takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{base}/accounts/login/").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise RuntimeError("the program did not become ready")


def look(browser: Browser, base: str, name: str, *, width: int, theme: str, language: str) -> None:
    """One page in one size, theme and language, written small."""
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if theme == "dark" else "light",
        locale=language,
        timezone_id="Asia/Ho_Chi_Minh",
    )
    page = context.new_page()
    SHOTS[name](page, base)
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{name}-{width}-{theme}-{language}.png"
    path.write_bytes(shrink(page.screenshot(animations="disabled")))
    print(f"{path.name} {path.stat().st_size // 1024} KB", file=sys.stderr)
    context.close()


def main() -> None:
    """Every page in Vietnamese at both widths in both themes; in English the wide light ones."""
    names = sys.argv[1:] or list(SHOTS)
    IMAGES.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("TQ_PICTURES_OF")
    with sync_playwright() as play, nullcontext(given) if given else running() as base:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        for name in names:
            look(browser, base, name, width=1440, theme="light", language="en")
            for width in SIZES:
                for theme in THEMES:
                    look(browser, base, name, width=width, theme=theme, language="vi")
        browser.close()


if __name__ == "__main__":
    main()
