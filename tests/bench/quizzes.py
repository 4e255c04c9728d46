"""Starting, answering and handing in: among few and many attempts, in a small and a large bank, in courses short
and long. Each line has requests a second, CPU milliseconds and queries for each request."""

from collections.abc import Iterator

from assessments.models import Attempt, Question, QuizPage
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from tests.bench import counting, crowd, learners, scenarios
from tests.bench.server import Server
from training_materials.models import CoursePage

ATTEMPTS = (500, 5_000)
QUESTIONS = 5_000
LESSONS = (5, 50, 200)
WARMING, STARTING, SAVING, FINISHING = 12, 40, 8, 100


def report(server: Server) -> Iterator[str]:
    crowd.leave_out_written()
    quiz = crowd.long_quiz(CoursePage.objects.get(slug=learners.COURSE))
    _warm_up(server, quiz)
    for attempts in ATTEMPTS:
        crowd.have_attempts(quiz, attempts)
        yield f"{attempts:,} attempts, {Question.objects.in_use().count():,} questions in the bank:"
        yield from _start_answer_finish(server, quiz)
    yield from _whole_attempts(server)
    for lessons in LESSONS:
        yield f"a course of {lessons} lessons, which handing in finishes:"
        yield from _finish_courses(server, crowd.course_of(lessons))
    crowd.add_questions(QUESTIONS)
    yield f"{ATTEMPTS[-1]:,} attempts, {Question.objects.in_use().count():,} questions in the bank, any may be drawn:"
    yield from _start_answer_finish(server, quiz)


def _warm_up(server: Server, quiz: QuizPage) -> None:
    """The first request of a worker loads what all others find loaded."""
    scenarios.sending(server, "", scenarios.begin, learners.make_learners(WARMING, quiz, begun=False))
    scenarios.sending(server, "", scenarios.finish, learners.make_learners(WARMING, quiz))


def _start_answer_finish(server: Server, quiz: QuizPage) -> Iterator[str]:
    one = learners.make_learners(1, quiz, begun=False)[0]
    queries = counting.most(one, scenarios.begin)
    people = learners.make_learners(STARTING, quiz, begun=False)
    yield str(scenarios.sending(server, "starting 20 questions", scenarios.begin, people, queries))
    one = learners.make_learners(1, quiz)[0]
    queries = counting.most(one, scenarios.save_one_answer)
    people = learners.make_learners(SAVING, quiz)
    yield str(scenarios.sending(server, "saving an answer", scenarios.save_answers, people, queries))
    yield _finish(server, quiz, "handing in 20 answers")


def _finish_courses(server: Server, quiz: QuizPage) -> Iterator[str]:
    finished = Evidence.objects.filter(kind=Kind.COURSE_COMPLETED, page_key=quiz.get_parent().translation_key)
    yield _finish(server, quiz, "handing in 20 answers")
    assert finished.count() == FINISHING + 1, f"{finished.count()} courses were finished"


def _finish(server: Server, quiz: QuizPage, name: str) -> str:
    one, *people = learners.make_learners(FINISHING + 1, quiz)
    crowd.finish_lessons(quiz)
    queries = counting.most(one, scenarios.finish)
    measured = scenarios.sending(server, name, scenarios.finish, people, queries)
    _demand_handed_in([one, *people])
    return str(measured)


def _demand_handed_in(people: list[learners.Learner]) -> None:
    """All twenty answers of each came through and were marked; otherwise something else was measured."""
    mine = Attempt.objects.filter(pk__in=[one.attempt for one in people], is_passed=True, points=crowd.ASKED)
    assert mine.count() == len(people), f"only {mine.count()} of {len(people)} attempts were handed in whole"


def _whole_attempts(server: Server) -> Iterator[str]:
    at_once, by_answer = scenarios.attempt_at_once, scenarios.attempt_answer_by_answer
    people = learners.make_learners(60)
    yield str(scenarios.sending(server, "attempt: page, ten answers, result", at_once, people))
    yield str(scenarios.sending(server, "attempt, answer by answer", by_answer, learners.make_learners(40)))
