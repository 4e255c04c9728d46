"""What is asked and answered: the question bank, quizzes, attempts."""

from assessments.models.attempt import Attempt, Response
from assessments.models.bank import Difficulty, Question, QuestionVersion
from assessments.models.extra_time import ExtraTime
from assessments.models.figures import Figure
from assessments.models.marking import WrittenMark
from assessments.models.oversight import EarlierResult, KeyCorrection, Signal
from assessments.models.quiz import QuizDraw, QuizOpening, QuizPage
