"""The OpenAPI description is true: generated requests, on a fixed seed, meet no server error and no undescribed answer."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.world import World
from thongquan.config.wsgi import application

load_all_checks()
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]


def described_operations() -> list[Any]:
    """Every operation of the description that the running program gives."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    return [result.ok() for result in schema.get_all_operations()]


def send_many(operation: Any, token: str) -> None:
    """Generated requests to one operation, the same ones on every run."""

    @seed(20261122)
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    send()


def test_no_generated_request_breaks_the_server(customs: World, settings: Any) -> None:
    settings.API_RATE_LIMIT = "100000/minute"
    settings.ALLOWED_HOSTS = ["*"]
    token, operations = customs.token("broker"), described_operations()
    assert len(operations) >= 8
    for operation in operations:
        send_many(operation, token)


def test_the_description_is_complete(customs: World) -> None:
    """Every operation says its refusals, and the document is described in full."""
    described = customs.api("broker").get("/api/v1/openapi.json").json()
    assert {"Document", "Line", "Summary"} <= set(described["components"]["schemas"])
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (path, method)
            refusals = {"401", "429"} if operation.get("security") else {"429"}
            assert refusals <= set(operation["responses"]) or "/law/" in path, (path, method)


def test_the_page_of_the_api_is_for_everyone(customs: World, client: Any) -> None:
    """A stranger may read how to speak to the program; the page needs no script."""
    page = client.get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert "/api/v1/declarations/decide" in text
    assert "Idempotency-Key" in text
