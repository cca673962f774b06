"""What the shell around every page needs: desks with counts, language, theme, clocks."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from thongquan.base.core.clock import now
from thongquan.base.core.people import Actor, actor_behind
from thongquan.base.core.realm import realm_name
from thongquan.base.core.registry import Desk, registry

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NEIGHBOR_ZONE = ZoneInfo("Asia/Shanghai")
PORTAL_ROLES = frozenset({"declarant", "broker", "partner_agency", "neighbor_customs"})


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A desk in the rail: where it leads, its live count (None: no count), and whether one is there now."""

    key: str
    label: object
    url: str
    icon: str
    count: int | None
    here: bool


class Shell:
    """Read lazily by the base template, so that pages without a rail pay nothing for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.at = now()

    @property
    def actor(self) -> Actor:
        """Who looks at the page."""
        return actor_behind(self.request)

    @property
    def rail(self) -> list[RailEntry]:
        """The desks of the one who looks; empty for someone who is not signed in."""
        return rail_of(self.actor, self.request.path) if self.actor.is_authenticated else []

    @property
    def heartbeat(self) -> dict[str, str] | None:
        """Where this page says that somebody looks at it, and hears who else does; None for most."""
        found = (beat(self.request, self.actor) for beat in registry.heartbeats if self.actor.is_authenticated)
        return next((one for one in found if one), None)

    @property
    def top_parts(self) -> list[tuple[str, dict[str, object]]]:
        """What rooms have put into the top bar for this person, each with its template."""
        made = [(template, part_of(self.actor)) for template, part_of in registry.top_parts]
        return [(template, part) for template, part in made if part is not None]

    @property
    def theme(self) -> str:
        """`light` or `dark` when the person chose one, else empty: the system decides."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Codes and own names of the languages spoken here."""
        return list(settings.LANGUAGES)

    @property
    def realm(self) -> str | None:
        """Name of the realm, shown on every page unless it is the real one."""
        return realm_name()

    @property
    def is_portal(self) -> bool:
        """Whether this is somebody from outside customs: larger type than at a desk."""
        return not self.actor.is_authenticated or bool(self.actor.roles & PORTAL_ROLES)

    @property
    def here_iso(self) -> str:
        """This moment, for machines."""
        return self.at.isoformat()

    @property
    def here_time(self) -> str:
        """Hour and minute in Hà Nội."""
        return f"{self.at.astimezone(OFFICE_ZONE):%H:%M}"

    @property
    def there_time(self) -> str:
        """Hour and minute in Beijing."""
        return f"{self.at.astimezone(NEIGHBOR_ZONE):%H:%M}"


def shell(request: HttpRequest) -> dict[str, object]:
    """The context processor."""
    return {"shell": Shell(request)}


def rail_of(actor: Actor, path: str) -> list[RailEntry]:
    """The rail for an actor; a desk whose page does not exist in this installation is left out."""
    entries = []
    for desk in registry.desks_of(actor.roles):
        url = _url_of(desk)
        if url is not None:
            count = desk.count(actor) if desk.count else None
            entries.append(RailEntry(desk.key, desk.label, url, desk.icon, count, here=False))
    return _marked(entries, path)


def _url_of(desk: Desk) -> str | None:
    try:
        return reverse(desk.url_name)
    except NoReverseMatch:
        return None


def _marked(entries: list[RailEntry], path: str) -> list[RailEntry]:
    """Mark the desk one is at: the longest address that begins the path."""
    fitting = [entry.url for entry in entries if entry.url == path or (entry.url != "/" and path.startswith(entry.url))]
    here = max(fitting, key=len, default=None)
    return [RailEntry(e.key, e.label, e.url, e.icon, e.count, here=e.url == here) for e in entries]
