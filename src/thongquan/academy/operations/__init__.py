"""Verbs of the academy: a sample day, cases of a practice world, exercises."""

from thongquan.academy.operations.exercising import decide_case, open_case, start_exercise
from thongquan.academy.operations.loading import Loaded, load_days
from thongquan.academy.operations.sample_day import SampleDay, lodge_sample_day, working_hours

__all__ = [
    "Loaded",
    "SampleDay",
    "decide_case",
    "load_days",
    "lodge_sample_day",
    "open_case",
    "start_exercise",
    "working_hours",
]
