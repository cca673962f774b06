"""Which code do these goods have: candidates with the texts that led to them, and how sure the answer is."""

from thongquan.learning.suggest.answering import Candidate, Suggestion, suggest
from thongquan.learning.suggest.calibration import Calibration, calibration_error
from thongquan.learning.suggest.evaluating import Scores, evaluated
from thongquan.learning.suggest.files import load, save
from thongquan.learning.suggest.knowledge import Example, Source, digits_of
from thongquan.learning.suggest.model import LEVELS, Model
from thongquan.learning.suggest.refusals import QUESTIONS, Refusal, Vague
from thongquan.learning.suggest.splitting import apart
from thongquan.learning.suggest.training import Settings, train, trained_and_calibrated

__all__ = [
    "LEVELS",
    "QUESTIONS",
    "Calibration",
    "Candidate",
    "Example",
    "Model",
    "Refusal",
    "Scores",
    "Settings",
    "Source",
    "Suggestion",
    "Vague",
    "apart",
    "calibration_error",
    "digits_of",
    "evaluated",
    "load",
    "save",
    "suggest",
    "train",
    "trained_and_calibrated",
]
