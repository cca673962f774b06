"""The head of the pages of certificates leads only where its reader may enter."""

from __future__ import annotations

import re

import pytest

from tests.world import World

NAV = re.compile(r'<nav class="or-sections".*?</nav>', re.DOTALL)


@pytest.mark.parametrize(
    "role", ["clearance_officer", "team_leader", "declarant", "broker", "gate_officer", "director"]
)
def test_every_link_of_the_head_may_be_entered(customs: World, role: str) -> None:
    reader = customs.client(role)
    page = next(
        answer.content.decode()
        for address in ("/origin/", "/origin/late/")
        if (answer := reader.get(address)).status_code == 200
    )
    found = NAV.search(page)
    links = re.findall(r'href="([^"]+)"', found[0]) if found else []
    assert links
    assert {link: reader.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert ("/origin/specimens/" in links) is (role in ("clearance_officer", "team_leader", "director"))
    assert ("/origin/new/" in links) is (role not in ("gate_officer", "director"))
