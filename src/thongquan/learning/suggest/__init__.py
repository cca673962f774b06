"""Which code do these goods have: candidates with the texts that led to them, and how sure the answer is."""

from thongquan.learning.suggest.answering import Candidate, Suggestion, suggest, suggested_at
from thongquan.learning.suggest.calibration import Calibration, calibration_error
from thongquan.learning.suggest.evaluating import Scores, evaluated
from thongquan.learning.suggest.files import Digests, digests, load, save
from thongquan.learning.suggest.knowledge import Example, Source, digits_of
from thongquan.learning.suggest.model import LEVELS, Model
from thongquan.learning.suggest.refusals import QUESTIONS, Refusal, Vague
from thongquan.learning.suggest.reporting import Learned, Report, Strange, reported
from thongquan.learning.suggest.splitting import apart
from thongquan.learning.suggest.training import Settings, train, trained_and_calibrated

__all__ = [
    "LEVELS",
    "QUESTIONS",
    "Calibration",
    "Candidate",
    "Digests",
    "Example",
    "Learned",
    "Model",
    "Refusal",
    "Report",
    "Scores",
    "Settings",
    "Source",
    "Strange",
    "Suggestion",
    "Vague",
    "apart",
    "calibration_error",
    "digests",
    "digits_of",
    "evaluated",
    "load",
    "reported",
    "save",
    "suggest",
    "suggested_at",
    "train",
    "trained_and_calibrated",
]
