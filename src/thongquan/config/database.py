"""Connection settings from a database address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

NO_DATABASE = "postgresql://postgres@/thongquan?host=/nonexistent"


def settings_of(url: str | None) -> dict[str, Any]:
    """Django's settings for a `postgresql://` address.

    Without an address the settings name no reachable server: commands that need one start it first and say where it is.
    Raises ValueError for another kind of database.
    """
    parts = urlsplit(url or NO_DATABASE)
    if parts.scheme not in {"postgresql", "postgres"}:
        message = f"DATABASE_URL must be a postgresql:// address, not {parts.scheme!r}"
        raise ValueError(message)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "thongquan.base.core.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 2,
            "connect_timeout": 5,
            **({"sslmode": query["sslmode"]} if "sslmode" in query else {}),
        },
    }
