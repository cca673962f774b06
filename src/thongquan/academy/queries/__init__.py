"""What an officer may know of their exercises: the truth of a case only once they have decided it."""

from thongquan.academy.queries.exercises import (
    ExerciseFile,
    ExerciseRow,
    Judged,
    Line,
    Turn,
    exercise_file,
    exercises_of,
    open_exercise_of,
    specimens_at,
    turn_on,
)
from thongquan.academy.queries.scores import Score, score_of

__all__ = [
    "ExerciseFile",
    "ExerciseRow",
    "Judged",
    "Line",
    "Score",
    "Turn",
    "exercise_file",
    "exercises_of",
    "open_exercise_of",
    "score_of",
    "specimens_at",
    "turn_on",
]
