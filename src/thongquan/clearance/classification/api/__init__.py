"""Codes for goods over HTTP, a router for each part of the room."""

from ninja import Router

from thongquan.base.accounts.auth import api_auth, api_throttle

router = Router(tags=["classification"], auth=api_auth, throttle=api_throttle)
