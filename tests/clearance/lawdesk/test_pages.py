"""Pages of the law desk: from a draft to the law and back over HTTP, and who never sees any of it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from tests.clearance.lawdesk.desk import CONTROL, DUTY, FEE, NO_PAYMENT, draft, filed, tried
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.lawdesk.models import Break, DryRun, Workbasket
from thongquan.clearance.lawdesk.operations import propose_workbasket
from thongquan.clearance.lawdesk.tasks import run_dry_run
from thongquan.clearance.lawdesk.views.steps import SPECS

POLLING = 'hx-trigger="every 2s"'
LANGUAGES = ["vi", "en", "zh-hans", "fr"]


def uploaded(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def made() -> None:
    """What the task queue would do."""
    for run in DryRun.objects.filter(state="queued"):
        run_dry_run(run=run.id)


def test_a_change_of_law_over_http(customs: World) -> None:
    number = filed(customs)
    officer, director = customs.client("law_officer"), customs.client("director")
    day = localdate(now()) + timedelta(days=10)
    assert "/lawdesk/" in officer.get("/law/").content.decode()
    start = {"title": "Giảm lệ phí", "why": "Thông tư X", "effective_on": day.isoformat()}
    page = officer.post("/lawdesk/", start)["Location"]
    fee = {"parameter-name": "fee_import_vnd", "parameter-value": "25000", "parameter-source": "Thông tư X"}
    assert officer.post(f"{page}parameter", fee).status_code == 302
    rate = {"rate-hs8": "85176249", "rate-tax": "import_duty", "rate-schedule": "B05", "rate-rate": "9"}
    assert officer.post(f"{page}rate", {**rate, "rate-source": "Nghị định X"}).status_code == 302
    shown = officer.get(page).content.decode()
    assert all(words in shown for words in ("20000", "25000", "85176249 import_duty B05", "Thông tư X"))

    assert officer.post(f"{page}try", {"try-since": "30d"}).status_code == 302
    run = DryRun.objects.get()
    queued = customs.run_sql("SELECT task_name, args ->> 'run', lock FROM procrastinate_jobs WHERE args ? 'run'")
    assert queued == [(run_dry_run.name, str(run.id), "dryrun")]
    waiting = officer.get(f"/lawdesk/dry-runs/{run.id}/", headers={"HX-Request": "true"})
    assert "hx-trigger" in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers
    made()
    assert officer.get(f"/lawdesk/dry-runs/{run.id}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    shown = officer.get(page).content.decode()
    assert number in shown
    assert '<rect class="ld-more"' in shown
    assert officer.post(f"{page}propose", {"propose-words": ""}).status_code == 302
    assert officer.post(f"{page}approve", {"approve-words": ""}).status_code == 422
    assert 'class="tq-note is-warning"' in officer.get(page).content.decode()

    assert page in director.get("/lawdesk/?state=proposed").content.decode()
    assert director.post(f"{page}approve", {"approve-words": "Đồng ý"}).status_code == 302
    assert "25000" in Client().get(f"/law/parameters/?on={day.isoformat()}").content.decode().replace(".", "").replace(
        "\xa0", ""
    )
    back = officer.post(f"{page}reverse", {"reverse-effective_on": day.isoformat(), "reverse-words": "Nhầm"})[
        "Location"
    ]
    assert back != page
    assert f'href="{page}"' in officer.get(back).content.decode()


def test_breaks_are_confirmed_one_by_one_on_the_page(customs: World) -> None:
    filed(customs)
    basket = draft(customs, NO_PAYMENT, "code_lists.csv")
    tried(customs, basket)
    propose_workbasket(actor=customs.actor("law_officer"), workbasket=basket, words="", at=now())
    director, page = customs.client("director"), f"/lawdesk/{basket}/"
    name = f"approve-reason_{Break.objects.get().id}"
    assert f'name="{name}"' in director.get(page).content.decode()
    refused = director.post(f"{page}approve", {"approve-words": "", name: ""})
    assert refused.status_code == 422
    assert "TQ-LWD-005" in refused.content.decode()
    assert f'href="#id_{name}"' in refused.content.decode()
    assert director.post(f"{page}approve", {"approve-words": "", name: "Đã báo trước"}).status_code == 302
    assert "Đã báo trước" in director.get(page).content.decode()


def test_a_file_of_changes_is_taken_or_told_row_by_row(customs: World) -> None:
    officer = customs.client("law_officer")
    page = f"/lawdesk/{draft(customs)}/"
    bad = b"hs8,tax,schedule,rate,source\n85176249,import_duty,B05,viel,x\n"
    refused = officer.post(f"{page}file", {"file-file": uploaded(bad, "cells.csv")})
    assert refused.status_code == 422
    assert "cells.csv:2:rate" in refused.content.decode()
    assert officer.post(f"{page}file", {"file-file": uploaded(CONTROL, "conditions.csv")}).status_code == 302
    change = re.search(r'name="remove-change" value="(\d+)"', officer.get(page).content.decode())
    assert change is not None
    assert officer.post(f"{page}remove", {"remove-change": change[1]}).status_code == 302
    assert Workbasket.objects.get().changes.count() == 1
    assert officer.post(f"{page}discard", {"discard-words": "Thôi"}).status_code == 302
    assert Workbasket.objects.get().state == "discarded"


def test_a_file_is_tried_without_a_workbasket_and_taken_away(customs: World) -> None:
    number = filed(customs)
    director = customs.client("director")
    sent = {"file": uploaded(DUTY, "cells.csv"), "since": "7d"}
    page = director.post("/lawdesk/dry-runs/", sent)["Location"]
    assert director.get(f"{page}declarations.csv").status_code == 404
    made()
    assert number in director.get(page).content.decode()
    assert "cells.csv" in director.get("/lawdesk/dry-runs/").content.decode()
    assert number in director.get(f"{page}declarations.csv").content.decode()
    told = json.loads(director.get(f"{page}declarations.json").content)
    assert [row["number"] for row in told["declarations"]] == [number]
    assert director.get(f"{page}declarations.xlsx").content[:2] == b"PK"
    assert director.get(f"{page}declarations.pdf").status_code == 404
    bad = director.post("/lawdesk/dry-runs/", {"file": uploaded(FEE, "parameters.csv"), "since": "soon"})
    assert (bad.status_code, "TQ-LWD-011" in bad.content.decode()) == (422, True)


def test_a_dry_run_that_stopped_has_a_button_to_make_it_anew(customs: World) -> None:
    filed(customs)
    run, officer = tried(customs, draft(customs)), customs.client("law_officer")
    page = f"/lawdesk/dry-runs/{run}/"
    assert 'method="post" action="/lawdesk/dry-runs/' not in officer.get(page).content.decode()
    DryRun.objects.filter(id=run).update(state="running", outcome=None, heard_at=now() - timedelta(minutes=5))
    shown = officer.get(page).content.decode()
    assert f'method="post" action="{page}"' in shown
    assert POLLING not in shown
    assert f'action="{page}"' not in customs.client("auditor").get(page).content.decode()
    assert customs.client("auditor").post(page).status_code == 403
    assert officer.post(page).status_code == 302
    assert POLLING in officer.get(page).content.decode()
    made()
    assert DryRun.objects.get(id=run).state == "done"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_in_every_language(customs: World, language: str) -> None:
    filed(customs)
    basket = draft(customs, NO_PAYMENT, "code_lists.csv")
    run = tried(customs, basket)
    client = customs.client("law_officer")
    client.cookies["language"] = language
    for address in ("/lawdesk/", f"/lawdesk/{basket}/", "/lawdesk/dry-runs/", f"/lawdesk/dry-runs/{run}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in(customs: World) -> None:
    basket = draft(customs)
    for address in ("/lawdesk/", "/lawdesk/dry-runs/", f"/lawdesk/{basket}/", f"/lawdesk/{basket}/approve"):
        assert Client().get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["declarant", "clearance_officer", "team_leader", "neighbor_customs"])
def test_a_neighbor_sees_nothing_of_the_law_desk(customs: World, role: str) -> None:
    basket = draft(customs)
    run, client = tried(customs, basket), customs.client(role)
    assert "/lawdesk/" not in client.get("/law/").content.decode()
    for address in (
        *("/lawdesk/", "/lawdesk/dry-runs/", f"/lawdesk/{basket}/", f"/lawdesk/dry-runs/{run}/"),
        *(f"/lawdesk/dry-runs/{run}/declarations.{kind}" for kind in ("csv", "xlsx", "json")),
        *(f"/lawdesk/{basket}/{name}" for name in SPECS),
    ):
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code in (403, 405), address


def test_who_only_reads_is_offered_no_step(customs: World) -> None:
    basket = draft(customs)
    auditor = customs.client("auditor")
    shown = auditor.get(f"/lawdesk/{basket}/").content.decode()
    assert "fee_import_vnd" in shown
    assert f'action="/lawdesk/{basket}/' not in shown
    assert auditor.post("/lawdesk/", {"title": "x", "effective_on": "2030-01-01"}).status_code == 403
    assert auditor.post("/lawdesk/dry-runs/", {"since": "1d"}).status_code == 403
