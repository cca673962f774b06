"""Reading the books."""

from thongquan.clearance.revenue.queries.balances import Balance, balance_of, overdue_vnd
from thongquan.clearance.revenue.queries.conditions import has_conditions_for_guarantee

__all__ = ["Balance", "balance_of", "has_conditions_for_guarantee", "overdue_vnd"]
