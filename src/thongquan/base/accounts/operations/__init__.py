"""What can be done with people, organizations and tokens. Each verb writes one ledger row and one outbox row."""

from thongquan.base.accounts.operations.demo import DemoPerson, create_demo_colleagues, create_demo_people
from thongquan.base.accounts.operations.organizations import (
    assess_enterprise,
    ensure_organization,
    give_mandate,
    keep_histories,
    load_offices,
    withdraw_mandate,
)
from thongquan.base.accounts.operations.people import (
    close_person,
    create_person,
    end_role,
    grant_role,
    renew_access,
    set_language,
)
from thongquan.base.accounts.operations.tokens import NewToken, create_token, revoke_token

__all__ = [
    "DemoPerson",
    "NewToken",
    "assess_enterprise",
    "close_person",
    "create_demo_colleagues",
    "create_demo_people",
    "create_person",
    "create_token",
    "end_role",
    "ensure_organization",
    "give_mandate",
    "grant_role",
    "keep_histories",
    "load_offices",
    "renew_access",
    "revoke_token",
    "set_language",
    "withdraw_mandate",
]
