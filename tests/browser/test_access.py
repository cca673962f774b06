"""Every page can be used by everybody: axe-core finds nothing serious on any page, in both schemes and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.flows.office_day import Seen, clients, furnished, pages
from tests.world import World

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = {"serious", "critical"}
JUDGE = """
async rules => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"], elementRef: false});
  return found.violations.map(one => ({
    rule: one.id, impact: one.impact,
    nodes: one.nodes.slice(0, 4).map(node => node.target.join(" ") + " | " +
      [...node.any, ...node.all, ...node.none].map(said => said.message).join("; ").slice(0, 240)),
  }));
}
"""
_ELEMENT = re.compile(r'<(\w+)(?:[^>]*?\bclass="([^"]*)")?')
DARK_AND_SMALL = {
    "",
    "calculator/",
    "control/",
    "control/<declaration:number>/documents",
    "control/<declaration:number>/inspection",
    "control/gate/",
    "declarations/",
    "declarations/<declaration:number>/",
    "declarations/<declaration:number>/versions",
    "declarations/draft/<int:draft_id>/",
    "express/<int:batch>/",
    "files/of/<str:subject>/view",
    "law/codes/<str:hs>/",
    "notices/",
    "questions/<int:thread_id>/",
    "residents/forms/<slug:form>/",
    "revenue/of/<str:subject>/",
    "status/",
    "team/",
    "today/",
    "violations/<int:violation_id>/",
}
"""Pages looked at once more, dark and as wide as a phone."""


def shape(html: str) -> set[tuple[str, str]]:
    """What a page is made of: its elements with their classes."""
    return set(_ELEMENT.findall(html))


def telling(several: Iterable[Seen]) -> Iterator[Seen]:
    """Every address once, and again for a reader or a thing that shows an element no page before had."""
    routes: set[str] = set()
    known: set[tuple[str, str]] = set()
    for one in several:
        made_of = shape(one.html)
        if one.route not in routes or made_of - known:
            yield one
        routes.add(one.route)
        known |= made_of


def judged(page: Page, one: Seen, script: str, how: str) -> list[str]:
    """What axe finds on a page, one line each."""
    page.goto(one.address)
    page.evaluate(script)
    found: list[dict[str, Any]] = page.evaluate(JUDGE, RULES)
    return [
        f"{said['rule']}: {one.address} ({one.role or 'visitor'}, {how})\n    " + "\n    ".join(said["nodes"])
        for said in found
        if said["impact"] in SERIOUS
    ]


def test_axe_finds_nothing_serious_on_any_page(customs: World, chromium: Browser, office: str) -> None:
    """All addresses there are, with every element any role is shown."""
    known = clients(customs)
    chosen = list(telling(pages(known, furnished(customs))))
    sessions = {role: client.cookies.get(settings.SESSION_COOKIE_NAME) for role, client in known.items()}
    contexts: dict[tuple[str, str], BrowserContext] = {}
    script = AXE.read_text(encoding="utf-8")

    def seen_by(role: str, how: str, **options: Any) -> Page:
        context = contexts.get((role, how))
        if context is None:
            context = chromium.new_context(base_url=office, bypass_csp=True, reduced_motion="reduce", **options)
            session = sessions[role]
            if session is not None:
                context.add_cookies([{"name": session.key, "value": session.value, "url": office}])
            contexts[role, how] = context
            context.new_page()
        return context.pages[0]

    try:
        found, again = [], set(DARK_AND_SMALL)
        for one in chosen:
            found += judged(seen_by(one.role, "light"), one, script, "light")
            if one.route in again:
                again.discard(one.route)
                small = seen_by(one.role, "dark", color_scheme="dark", viewport={"width": 390, "height": 800})
                found += judged(small, one, script, "dark, 390")
    finally:
        for context in contexts.values():
            context.close()
    assert again == set(), "pages of the sample that nobody could open"
    assert len(chosen) > 100
    assert not found, f"{len(found)} serious violations:\n" + "\n".join(found)
