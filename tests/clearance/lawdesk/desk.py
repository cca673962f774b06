"""Law that somebody proposes, and declarations to try it on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from tests.world import World, import_document
from thongquan.base.accounts.models import Organization, User
from thongquan.base.accounts.operations import create_person
from thongquan.base.accounts.queries import Actor, actor_of
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.lawdesk.operations import add_changes, ask_dry_run, make_dry_run, start_workbasket
from thongquan.clearance.tariff.operations.changes import read_changes
from thongquan.clearance.tariff.queries.changes import LawRow

FEE = b"name,value,source\nfee_import_vnd,25000,Circular X\n"
DUTY = b"hs8,tax,schedule,rate,source\n85176249,import_duty,B05,9,Decree X\n"
CONTROL = b"hs_prefix,flow,kind,code,channel,source\n8517,import,control,TRY,3,Decision X\n"
NO_PAYMENT = b"list,code,repealed,source\npayment_method,TTR,yes,Decision X\n"


def filed(customs: World, at: datetime | None = None, **changes: Any) -> str:
    """Number of an import lodged by the demo enterprise."""
    moment = at or now()
    document = import_document(on=localdate(moment), **changes)
    return lodge_declaration(actor=customs.actor("declarant"), document=document, at=moment, source="api").number


def rewrite(customs: World, statement: str, *values: object) -> None:
    """Change what the database keeps from changing."""
    customs.run_sql("SET session_replication_role = replica")
    customs.run_sql(statement, *values)
    customs.run_sql("SET session_replication_role = origin")


def rows(content: bytes, file: str, on: date | None = None) -> tuple[LawRow, ...]:
    return read_changes(content=content, file=file, effective_on=on or localdate(now())).rows


def draft(customs: World, content: bytes = FEE, file: str = "parameters.csv", *, days: int = 10) -> int:
    """A workbasket of the law officer with the rows of a file."""
    officer, at = customs.actor("law_officer"), now()
    basket = start_workbasket(
        actor=officer, title="Biểu phí mới", why="Thông tư X", effective_on=localdate(at) + timedelta(days=days), at=at
    )
    add_changes(actor=officer, workbasket=basket, content=content, file=file, at=at)
    return basket


def tried(customs: World, basket: int) -> int:
    """The same, tried on the declarations of the last day."""
    at = now()
    since, until = at - timedelta(days=1), at + timedelta(hours=1)
    run = ask_dry_run(actor=customs.actor("law_officer"), workbasket=basket, since=since, until=until, at=at)
    make_dry_run(run=run, clock=now)
    return run


def second_law_officer(customs: World) -> Actor:
    """Another law officer of the region."""
    at = now()
    user = create_person(
        actor=customs.actor("administrator"),
        email="law2@example.vn",
        full_name="Lương Thị Hà",
        role="law_officer",
        organization_id=Organization.objects.get(kind="region", code="VI").pk,
        at=at - timedelta(days=1),
    )
    return actor_of(User.objects.get(pk=user), at, mfa=True)
