"""Which declarations to look at: features of what was declared, a model of findings, and a selection that can be told.

Pure: it reads declared trade and findings, never the truth of a world; `evaluating` alone does, to judge.
"""

from thongquan.learning.risk.features import Features, Meaning, features_of, keys_of
from thongquan.learning.risk.files import load, save
from thongquan.learning.risk.model import (
    Model,
    ModelDamagedError,
    ModelError,
    ModelMissingError,
    Reason,
    Scorer,
    Settings,
)
from thongquan.learning.risk.past import Revealed
from thongquan.learning.risk.selection import Case, Channel, Hour, Lane, Picked, hour_of, picked, rank_of
from thongquan.learning.risk.trade import Trade, read_trade
from thongquan.learning.risk.training import LEAST_FINDINGS, Labels, chosen, trained

__all__ = [
    "LEAST_FINDINGS",
    "Case",
    "Channel",
    "Features",
    "Hour",
    "Labels",
    "Lane",
    "Meaning",
    "Model",
    "ModelDamagedError",
    "ModelError",
    "ModelMissingError",
    "Picked",
    "Reason",
    "Revealed",
    "Scorer",
    "Settings",
    "Trade",
    "chosen",
    "features_of",
    "hour_of",
    "keys_of",
    "load",
    "picked",
    "rank_of",
    "read_trade",
    "save",
    "trained",
]
