"""Column types that PostgreSQL has and Django does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Func

if TYPE_CHECKING:
    IntField = models.Field[int, int]
else:
    IntField = models.Field  # takes no type parameters at run time


class Xid8Field(IntField):
    """A 64-bit transaction id, as `pg_current_xact_id()` gives it; read as int."""

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        """Text from the driver becomes int."""
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> str | None:
        """The driver takes it as text."""
        return None if value is None else str(value)


class CurrentTransaction(Func):
    """The id of the running transaction (the top one, also inside savepoints)."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = Xid8Field()
