"""How this installation reaches the outside."""

from __future__ import annotations

from django.conf import settings

from thongquan.base.notices.network import Address, Network, is_loopback, is_public


def network_of_installation() -> Network:
    """Public addresses over TLS; in a practice realm that says so, this very machine too, also without TLS."""
    if not settings.WEBHOOKS_TO_LOOPBACK:
        return Network()
    return Network(permits=_also_loopback, permits_plain=is_loopback)


def _also_loopback(address: Address) -> bool:
    return is_loopback(address) or is_public(address)
