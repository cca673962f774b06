"""Looking after webhooks: making, changing, pausing, resuming, deleting them, and new secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.base.notices.kinds import event_kinds
from thongquan.base.notices.models import Delivery, Endpoint
from thongquan.base.notices.network import Network, Unreachable
from thongquan.base.notices.permissions import owned_codes
from thongquan.base.notices.sealing import new_secret, opened, sealed
from thongquan.base.notices.states import OLD_SECRET_FOR, DeliveryState, EndpointState
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MOST = 5
MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A secret just made; known here and never again."""

    endpoint: int
    secret: str


def create_endpoint(
    *, actor: Actor, owner: str, url: str, kinds: Iterable[str], network: Network, at: datetime, name: str = ""
) -> NewSecret:
    """Make a webhook for an enterprise or broker of the actor's own; its secret is given this once.

    Raises NotAllowed, NotFound for another's enterprise, and `Refused` with every fault: TQ-NOT-001, -002 (address),
    -004 (kinds), -005 (too many).
    """
    if owner not in owned_codes(actor, at):
        raise NotFound(owner)
    chosen = list(dict.fromkeys(kinds))
    live = Endpoint.objects.filter(owner=owner).exclude(state=EndpointState.DELETED).count()
    faults = [*_url_faults(url, network), *_kind_faults(chosen)]
    if live >= MOST:
        faults.append(Fault(code=Code.TQ_NOT_005, path="owner", value=owner, values={"most": str(MOST)}))
    if faults:
        raise Refused(faults)
    secret = new_secret()
    with transaction.atomic():
        row = Endpoint.objects.create(
            owner=owner,
            name=_plain(name),
            url=url,
            kinds=chosen,
            secret=sealed(secret),
            made_by=actor.reference,
            made_at=at,
            state_at=at,
        )
        _tell("webhook.created", row, actor, at)
    return NewSecret(row.pk, secret)


def change_endpoint(
    *, actor: Actor, endpoint: int, url: str, kinds: Iterable[str], network: Network, at: datetime, name: str = ""
) -> None:
    """Give a webhook another address, name or choice of kinds. Raises as `create_endpoint` does."""
    chosen = list(dict.fromkeys(kinds))
    with transaction.atomic():
        row = locked_endpoint(actor, endpoint, at)
        faults = [*_url_faults(url, network), *_kind_faults(chosen)]
        if faults:
            raise Refused(faults)
        row.url, row.kinds, row.name = url, chosen, _plain(name)
        row.save(update_fields=["url", "kinds", "name"])
        _tell("webhook.changed", row, actor, at)


def rotate_secret(*, actor: Actor, endpoint: int, at: datetime) -> NewSecret:
    """Make a new secret, given this once; the old one signs too for one more day. Raises NotAllowed, NotFound."""
    secret = new_secret()
    with transaction.atomic():
        row = locked_endpoint(actor, endpoint, at)
        row.old_secret, row.old_secret_until, row.secret = row.secret, at + OLD_SECRET_FOR, sealed(secret)
        row.save(update_fields=["old_secret", "old_secret_until", "secret"])
        _tell("webhook.secret_rotated", row, actor, at)
    return NewSecret(row.pk, secret)


def pause_endpoint(*, actor: Actor, endpoint: int, at: datetime) -> None:
    """Send nothing until it is resumed; events are held meanwhile. Raises NotAllowed, NotFound, TQ-NOT-010."""
    _move(actor, endpoint, at, EndpointState.PAUSED, {EndpointState.ACTIVE}, "webhook.paused")


def resume_endpoint(*, actor: Actor, endpoint: int, at: datetime) -> None:
    """Switch a paused or disabled webhook on again; what was held goes out. Raises NotAllowed, NotFound, TQ-NOT-010."""
    off = {EndpointState.PAUSED, EndpointState.DISABLED}
    _move(actor, endpoint, at, EndpointState.ACTIVE, off, "webhook.resumed")


def delete_endpoint(*, actor: Actor, endpoint: int, at: datetime) -> None:
    """End a webhook for good; what it still had to send is given up. Raises NotAllowed, NotFound."""
    every = set(EndpointState)
    _move(actor, endpoint, at, EndpointState.DELETED, every, "webhook.deleted")


def locked_endpoint(actor: Actor, endpoint: int, at: datetime) -> Endpoint:
    """The row of a webhook of the actor's own, locked. Raises NotAllowed, NotFound."""
    rows = Endpoint.objects.select_for_update().filter(owner__in=owned_codes(actor, at))
    found = rows.filter(pk=endpoint).exclude(state=EndpointState.DELETED).first()
    if found is None:
        raise NotFound(str(endpoint))
    return found


def set_state(row: Endpoint, state: EndpointState, at: datetime) -> None:
    """Move a locked webhook, and what it still has to send with it."""
    row.state, row.state_at = state, at
    if state == EndpointState.ACTIVE:
        row.failing_since = None
    row.save(update_fields=["state", "state_at", "failing_since"])
    rows = Delivery.objects.filter(endpoint=row)
    if state == EndpointState.ACTIVE:
        rows.filter(state=DeliveryState.HELD).update(state=DeliveryState.WAITING, tries=0, since=at, next_at=at)
    elif state == EndpointState.DELETED:
        open_ones = rows.filter(state__in=(DeliveryState.WAITING, DeliveryState.HELD))
        open_ones.update(state=DeliveryState.GIVEN_UP, done_at=at)
    else:
        rows.filter(state=DeliveryState.WAITING).update(state=DeliveryState.HELD)


def live_secrets(row: Endpoint, at: datetime) -> list[str]:
    """The secrets that sign now, the newest first."""
    old = [row.old_secret] if row.old_secret and row.old_secret_until and at < row.old_secret_until else []
    return [opened(stored) for stored in (row.secret, *old)]


def _move(
    actor: Actor, endpoint: int, at: datetime, state: EndpointState, sources: set[EndpointState], action: str
) -> None:
    with transaction.atomic():
        row = locked_endpoint(actor, endpoint, at)
        if EndpointState(row.state) not in sources:
            raise Refused([Fault(code=Code.TQ_NOT_010, path="state", value=row.state)])
        set_state(row, state, at)
        _tell(action, row, actor, at)


def url_fault(error: Unreachable, path: str = "url") -> Fault:
    """What stands in the way of an address, as a fault of a field."""
    return Fault(code=error.code, path=path, value=error.detail[:80])


def _url_faults(url: str, network: Network) -> list[Fault]:
    check: Callable[[str], object] = network.check_url
    try:
        check(url)
    except Unreachable as error:
        return [url_fault(error)]
    return []


def _kind_faults(chosen: list[str]) -> list[Fault]:
    known = event_kinds()
    unknown = [kind for kind in chosen if kind not in known] if chosen else [""]
    values = {"allowed": ", ".join(known)}
    return [Fault(code=Code.TQ_NOT_004, path="kinds", value=kind[:64] or "–", values=values) for kind in unknown]


def _plain(name: str) -> str:
    return "".join(one for one in name if one.isprintable()).strip()[:MAX_NAME]


def _tell(action: str, row: Endpoint, actor: Actor, at: datetime) -> None:
    """One ledger row and one message; the address stays out of both."""
    subject, details = f"enterprise:{row.owner}", {"webhook": row.pk}
    record(action=action, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=action, subject=subject, payload=details, at=at)
