"""Bringing law into the database: the shipped reference data, published tariffs, weekly exchange rates."""

from thongquan.clearance.tariff.operations.rates import ensure_practice_rates, import_rates
from thongquan.clearance.tariff.operations.reference import SHIPPED, load_reference
from thongquan.clearance.tariff.operations.report import LoadReport
from thongquan.clearance.tariff.operations.tariffs import import_tariff

__all__ = ["SHIPPED", "LoadReport", "ensure_practice_rates", "import_rates", "import_tariff", "load_reference"]
