"""What is asked and answered: the question bank, quizzes, attempts."""

from assessments.models.attempt import Attempt, Response
from assessments.models.bank import Difficulty, Kind, Question, QuestionVersion
from assessments.models.exchange import ImportLine, QuestionImport
from assessments.models.quiz import QuizDraw, QuizPage

__all__ = [
    "Attempt",
    "Difficulty",
    "ImportLine",
    "Kind",
    "Question",
    "QuestionImport",
    "QuestionVersion",
    "QuizDraw",
    "QuizPage",
    "Response",
]
