"""Audiences: who may be told, by side. Declarants' side and officers' side never share a notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from thongquan.base.accounts.queries import agents_of, officers_of, trader_people
from thongquan.config.notices.happenings import Happening

CHECKING = ("clearance_officer",)
SIGNING = ("team_leader",)
AUDITING = ("auditor",)
WATCHING = ("risk_analyst", "director", "internal_control")
RULING = ("team_leader", "director")


class People:
    """Who is who for one batch of messages; each question is asked once."""

    def __init__(self, happenings: Iterable[Happening], at: datetime) -> None:
        known = list(happenings)
        pairs = {(one.about.lodged_by, one.tax_code) for one in known if one.about}
        self.at = at
        self._agents = agents_of(pairs, at)
        brokers = frozenset[str]().union(*self._agents.values()) | {str(one.payload.get("broker", "")) for one in known}
        self._people = trader_people({one.tax_code for one in known} | brokers, at)
        self._officers: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}

    def of_code(self, code: str) -> frozenset[str]:
        """Everyone of an enterprise or a broker."""
        return self._people.get(code, frozenset())

    def brokers_of(self, one: Happening) -> frozenset[str]:
        """The brokers that lodged it, while their mandate holds."""
        return self._agents.get((one.about.lodged_by, one.tax_code), frozenset()) if one.about else frozenset()

    def officers(self, office: str, roles: tuple[str, ...]) -> frozenset[str]:
        """Those who hold one of the roles for the office now."""
        if not office:
            return frozenset()
        key = (office, roles)
        if key not in self._officers:
            self._officers[key] = frozenset(officers_of(office, roles, self.at))
        return self._officers[key]


Audience = Callable[[Happening, People], frozenset[str]]


def enterprise(one: Happening, people: People) -> frozenset[str]:
    """The people of the enterprise."""
    return people.of_code(one.tax_code)


def traders(one: Happening, people: People) -> frozenset[str]:
    """The people of the enterprise and of the broker that lodged, while its mandate holds."""
    return enterprise(one, people).union(*(people.of_code(code) for code in people.brokers_of(one)))


def enterprise_if_lodged_by_others(one: Happening, people: People) -> frozenset[str]:
    """The enterprise, when somebody else lodged in its name; colleagues see their own work in the list."""
    own = enterprise(one, people)
    return frozenset() if one.doer in own else own


def broker_named(one: Happening, people: People) -> frozenset[str]:
    """The people of the broker that a mandate names."""
    return people.of_code(str(one.payload.get("broker", "")))


def officer_in_charge(one: Happening, people: People) -> frozenset[str]:
    """The officer the declaration is assigned to; nobody when it is in the office's queue."""
    assigned = one.about.assigned_to if one.about else ""
    return frozenset({assigned}) if assigned else frozenset()


def in_charge_or_leaders(one: Happening, people: People) -> frozenset[str]:
    """The officer in charge, else the team leaders: somebody has to answer."""
    return officer_in_charge(one, people) or leaders(one, people)


def inspectors(one: Happening, people: People) -> frozenset[str]:
    """The officers an inspection was just assigned to."""
    named = one.data.get("officers", ())
    return frozenset(str(officer) for officer in named if str(officer) != str(one.data.get("replaced", "")))


def leaders(one: Happening, people: People) -> frozenset[str]:
    """The team leaders of the office."""
    return people.officers(one.office, SIGNING)


def checkers(one: Happening, people: People) -> frozenset[str]:
    """The clearance officers of the office."""
    return people.officers(one.office, CHECKING)


def auditors(one: Happening, people: People) -> frozenset[str]:
    """The auditors who look after the office."""
    return people.officers(one.office, AUDITING)


def rulers(one: Happening, people: People) -> frozenset[str]:
    """Those who rule on codes of goods at the office."""
    return people.officers(one.office, RULING)


def asker(one: Happening, people: People) -> frozenset[str]:
    """The officer who asked for what is answered."""
    named = str(one.payload.get("asked_by", ""))
    return frozenset({named}) if named.startswith("user:") else frozenset()


def auditors_of_case(one: Happening, people: People) -> frozenset[str]:
    """The auditors of the offices that a case of risk touches."""
    return _of_offices(one, people, AUDITING)


def leaders_of_case(one: Happening, people: People) -> frozenset[str]:
    """The team leaders of the offices that a case of risk touches."""
    return _of_offices(one, people, SIGNING)


def watchers(one: Happening, people: People) -> frozenset[str]:
    """Analysts, directors and internal control of the offices named."""
    return _of_offices(one, people, WATCHING)


def owner(one: Happening, people: People) -> frozenset[str]:
    """The owner of what it is about."""
    named = str(one.payload.get("owner", ""))
    return frozenset({named}) if named.startswith("user:") else frozenset()


def _of_offices(one: Happening, people: People, roles: tuple[str, ...]) -> frozenset[str]:
    named = one.payload.get("offices", ())
    return frozenset[str]().union(*(people.officers(str(office), roles) for office in named))
