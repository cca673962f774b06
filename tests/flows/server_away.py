"""Run by `test_bad_input`: a program whose own database server is stopped and started again under it."""

from __future__ import annotations

import json
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "thongquan.config.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (after the set-up)
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from tests.world import World, as_json, furnish, import_document  # noqa: E402
from thongquan.config import embedded  # noqa: E402
from thongquan.config.cli import boot  # noqa: E402

LODGE = "/api/v1/declarations/"


def lodge(client: Client, invoice: str) -> int:
    answer = client.post(LODGE, as_json(import_document(invoice=invoice)), content_type="application/json")
    return int(answer.status_code)


def main() -> None:
    server = embedded.start("away")
    boot.use(server.url)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    furnish()
    world = World(database="away", run_sql=lambda *_: [])
    client = world.api("broker")
    page = world.client("broker")
    seen = {"before": lodge(client, "A-1")}
    server.server.stop()
    seen["away"] = lodge(client, "A-2")
    seen["page"] = page.get("/declarations/").status_code
    server.server.ensure_postgres_running()
    seen["back"] = lodge(client, "A-2")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM declarations_declaration")
        seen["stored"] = cursor.fetchone()[0]
    connections.close_all()
    server.stop()
    print(json.dumps(seen))


main()
