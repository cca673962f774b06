"""Webhooks over HTTP: make, read, change, pause, resume, rotate, delete; their log, and sending again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.base.notices import operations, schemas
from thongquan.base.notices.kinds import event_kinds
from thongquan.base.notices.outside import network_of_installation
from thongquan.base.notices.queries import webhooks as queries

router = Router(tags=["webhooks"], auth=api_auth, throttle=api_throttle)
LARGEST = 2**62


@router.get("/", openapi_extra=described(schemas.LISTED), summary="List webhooks")
def listed(request: HttpRequest) -> HttpResponse:
    """The webhooks of your own enterprises, and the kinds of events that can be chosen."""
    rows = queries.webhooks_of(actor=actor_of_request(request), at=now())
    return answer_json({"webhooks": rows, "kinds": list(event_kinds())})


@router.post(
    "/", openapi_extra=described(schemas.MADE, body=schemas.body(schemas.NewWebhook)), summary="Make a webhook"
)
def made(request: HttpRequest) -> HttpResponse:
    """The secret is in the answer, this once."""
    given, at, actor = read_json(request.body, schemas.NewWebhook), now(), actor_of_request(request)
    new = operations.create_endpoint(
        actor=actor,
        owner=given.owner,
        url=given.url,
        kinds=given.kinds,
        name=given.name,
        network=network_of_installation(),
        at=at,
    )
    hook = queries.webhook_of(actor=actor, endpoint=new.endpoint, at=at)
    return answer_json(schemas.Made(hook, new.secret), status=201)


@router.get("/{endpoint_id}", openapi_extra=described(schemas.FOUND), summary="Read a webhook")
def found(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """One webhook; its secret is not known any more."""
    return _told(request, endpoint_id)


@router.put(
    "/{endpoint_id}",
    openapi_extra=described(schemas.FOUND, body=schemas.body(schemas.ChangedWebhook)),
    summary="Change a webhook",
)
def changed(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Another address, other kinds, another name; the secret stays."""
    given = read_json(request.body, schemas.ChangedWebhook)
    operations.change_endpoint(
        actor=actor_of_request(request),
        endpoint=_small(endpoint_id),
        url=given.url,
        kinds=given.kinds,
        name=given.name,
        network=network_of_installation(),
        at=now(),
    )
    return _told(request, endpoint_id)


@router.delete("/{endpoint_id}", openapi_extra=described(schemas.DELETED), summary="Delete a webhook")
def deleted(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """For good; what it still had to send is given up."""
    operations.delete_endpoint(actor=actor_of_request(request), endpoint=_small(endpoint_id), at=now())
    return answer_json({"deleted": endpoint_id})


@router.post("/{endpoint_id}/pause", openapi_extra=described(schemas.FOUND), summary="Pause a webhook")
def paused(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Events are held until it is resumed."""
    return _after(request, endpoint_id, operations.pause_endpoint)


@router.post("/{endpoint_id}/resume", openapi_extra=described(schemas.FOUND), summary="Resume a webhook")
def resumed(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """What was held goes out."""
    return _after(request, endpoint_id, operations.resume_endpoint)


@router.post("/{endpoint_id}/rotate", openapi_extra=described(schemas.ROTATED), summary="Make a new secret")
def rotated(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """The new secret is in the answer, this once; the old one signs too for one more day."""
    at, actor = now(), actor_of_request(request)
    new = operations.rotate_secret(actor=actor, endpoint=_small(endpoint_id), at=at)
    return answer_json(schemas.Made(queries.webhook_of(actor=actor, endpoint=new.endpoint, at=at), new.secret))


@router.post("/{endpoint_id}/test", openapi_extra=described(schemas.AGAIN), summary="Send a test event")
def tested(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """A made-up event of the kind `webhook.test`."""
    operations.send_test(actor=actor_of_request(request), endpoint=_small(endpoint_id), at=now())
    return answer_json(schemas.Again(1), status=202)


@router.get("/{endpoint_id}/deliveries", openapi_extra=described(schemas.LOGGED), summary="Read the log of a webhook")
def logged(request: HttpRequest, endpoint_id: int, state: str = "", after: int | None = None) -> HttpResponse:
    """Newest first; `after` of the answer begins the next page."""
    log = queries.deliveries_of(
        actor=actor_of_request(request),
        endpoint=_small(endpoint_id),
        at=now(),
        state=state,
        after=None if after is None else _small(after),
    )
    return answer_json(log)


@router.get(
    "/{endpoint_id}/deliveries/{delivery_id}", openapi_extra=described(schemas.DELIVERY), summary="Read a delivery"
)
def delivery(request: HttpRequest, endpoint_id: int, delivery_id: int) -> HttpResponse:
    """Its body and every try."""
    whole = queries.delivery_of(
        actor=actor_of_request(request), endpoint=_small(endpoint_id), delivery=_small(delivery_id), at=now()
    )
    return answer_json(whole)


@router.post(
    "/{endpoint_id}/deliveries/{delivery_id}/replay",
    openapi_extra=described(schemas.AGAIN),
    summary="Send a delivery again",
)
def replayed(request: HttpRequest, endpoint_id: int, delivery_id: int) -> HttpResponse:
    """The same id and body."""
    operations.replay_delivery(
        actor=actor_of_request(request), endpoint=_small(endpoint_id), delivery=_small(delivery_id), at=now()
    )
    return answer_json(schemas.Again(1), status=202)


@router.post(
    "/{endpoint_id}/replay",
    openapi_extra=described(schemas.AGAIN, body=schemas.body(schemas.Since)),
    summary="Send everything again since a moment",
)
def replayed_since(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Within the last thirty days; a moment without a zone is read as UTC."""
    since = read_json(request.body, schemas.Since).since
    count = operations.replay_since(
        actor=actor_of_request(request),
        endpoint=_small(endpoint_id),
        since=since if since.tzinfo else since.replace(tzinfo=UTC),
        at=now(),
    )
    return answer_json(schemas.Again(count), status=202)


def _told(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    hook = queries.webhook_of(actor=actor_of_request(request), endpoint=_small(endpoint_id), at=now())
    return answer_json(hook)


def _after(request: HttpRequest, endpoint_id: int, act: Callable[..., None]) -> HttpResponse:
    act(actor=actor_of_request(request), endpoint=_small(endpoint_id), at=now())
    return _told(request, endpoint_id)


def _small(number: int) -> int:
    """The number, or one that nothing has where a column could not hold it."""
    return number if abs(number) < LARGEST else -1
