"""Cards of the home page: the desk of a carrier, and what officers hold."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.express.permissions import checking_offices, registering_offices
from thongquan.clearance.express.queries import own_carriers
from thongquan.clearance.express.queries.batches import count_moving
from thongquan.clearance.express.queries.parcels import count_held


def desk(actor: object) -> dict[str, object] | None:
    """For those who send parcels and those who register them: how many batches are under way."""
    if not isinstance(actor, Actor):
        return None
    if not (actor.enterprises and own_carriers(actor)) and not registering_offices(actor):
        return None
    text = _("Batches of parcels under way.")
    link = {"url": reverse("express:list"), "action": _("Parcels by express")}
    return {"title": _("Parcels by express"), "count": count_moving(actor), "text": text, **link}


def held(actor: object) -> dict[str, object] | None:
    """For officers: parcels that wait for a decision."""
    if not isinstance(actor, Actor) or not checking_offices(actor):
        return None
    count = count_held(actor)
    if not count:
        return None
    link = {"url": reverse("express:held"), "action": _("Show")}
    return {"title": _("Held parcels"), "count": count, "text": _("Parcels that wait for a decision."), **link}


HOME_CARDS = [("web/_card.html", desk), ("web/_card.html", held)]
