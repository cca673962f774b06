"""What other rooms may ask of accounts: who acts, who may be seen, and what customs holds of an enterprise."""

from thongquan.base.accounts.queries.actors import (
    ANONYMOUS,
    Actor,
    actor_of,
    actor_of_email,
    actor_of_request,
    actor_of_token,
    forget_actors,
    has_second_factor,
    is_past_second_factor,
    system_actor,
)
from thongquan.base.accounts.queries.people import (
    Named,
    Person,
    TokenRow,
    demo_people,
    name_of,
    names_of,
    organizations_of,
    people_of,
    place_of,
    tokens_of,
    user_of_demo_role,
)
from thongquan.base.accounts.queries.standing import standing_of

__all__ = [
    "ANONYMOUS",
    "Actor",
    "Named",
    "Person",
    "TokenRow",
    "actor_of",
    "actor_of_email",
    "actor_of_request",
    "actor_of_token",
    "demo_people",
    "forget_actors",
    "has_second_factor",
    "is_past_second_factor",
    "name_of",
    "names_of",
    "organizations_of",
    "people_of",
    "place_of",
    "standing_of",
    "system_actor",
    "tokens_of",
    "user_of_demo_role",
]
