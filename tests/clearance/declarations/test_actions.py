"""Buttons of the declaration page: what the table of steps opens, to those who may, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import gettext_lazy as _

from tests.world import World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.actions import Action, Panel, buttons_for, declaration_page
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.declarations.states import Step


@pytest.fixture
def some_actions() -> Iterator[None]:
    """Three actions and a panel instead of those of the rooms."""
    actions, panels = list(declaration_page.actions), list(declaration_page.panels)
    declaration_page.actions[:] = [
        Action(Step.INSTRUCT, _("Check"), "declarations:file"),
        Action(Step.RELEASE, _("Lodge"), "declarations:file", posts=True, primary=True),
        Action(Step.EXPIRE, _("Draft"), "declarations:file", when=lambda actor, stand: False),
    ]
    declaration_page.panels[:] = [
        Panel("declarations/_saved.html", lambda actor, stand: None),
        Panel("web/_empty.html", lambda actor, stand: {}, place="aside"),
    ]
    yield
    declaration_page.actions[:], declaration_page.panels[:] = actions, panels


def lodged(customs: World) -> str:
    return lodge_declaration(
        actor=customs.actor("declarant"), document=import_document(), at=now(), source="api"
    ).number


def test_an_action_shows_where_state_and_permission_allow_it(customs: World, some_actions: None) -> None:
    number, officer = lodged(customs), customs.actor("clearance_officer")
    assert [one.label for one in buttons_for(officer, stand_of(actor=officer, number=number))] == [_("Check")]
    take_step(actor=system_actor("revenue"), number=number, step=Step.SETTLE, at=now())
    settled = buttons_for(officer, stand_of(actor=officer, number=number))
    assert [(one.look, one.posts) for one in settled] == [("btn-primary", True), ("btn-outline", False)]
    declarant = customs.actor("declarant")
    assert buttons_for(declarant, stand_of(actor=declarant, number=number)) == []


def test_the_page_shows_buttons_and_panels(customs: World, some_actions: None) -> None:
    number = lodged(customs)
    page = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    assert page.count('class="dc-actions"') == 1
    assert "tq-empty" in page
    other = customs.client("declarant").get(f"/declarations/{number}/").content.decode()
    assert "dc-actions" not in other
