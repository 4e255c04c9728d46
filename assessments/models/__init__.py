"""What is asked and answered: the question bank, quizzes, attempts."""

from assessments.models.attempt import Attempt, Response, WrittenMark
from assessments.models.bank import Difficulty, Figure, Pool, Question, QuestionVersion
from assessments.models.oversight import EarlierResult, KeyCorrection, Signal
from assessments.models.quiz import ExtraTime, QuizDraw, QuizOpening, QuizPage, QuizPick
