"""The scenarios in the order in which they are printed."""

import statistics
import sys
from collections.abc import Iterator

import django

from tests.bench.server import ROOT, Server

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from membership.models import User  # noqa: E402
from tests.bench import crowd, learners, scenarios  # noqa: E402
from training_materials.models import CoursePage  # noqa: E402

COURSE_PATH = f"/khoa-hoc/{learners.COURSE}/"
PAIRS = 5


def report(server: Server) -> Iterator[str]:
    """One line for each scenario, and the ratio of the page cache to a bare view as the median of pairs."""
    yield str(scenarios.page(server, "home, no account", "/"))
    yield str(scenarios.page(server, "course page, no account", COURSE_PATH))
    yield f"page cache to bare view behind the same middleware: {_cache_ratio(server):.2f}"
    signed_in = learners.session_of(User.objects.get(username="an"))
    yield str(scenarios.page(server, "course page, signed in", COURSE_PATH, signed_in))
    crowd.add_attempts(learners.quiz_of_the_course())
    yield f"with {crowd.ATTEMPTS} attempts in the database:"
    yield str(scenarios.sending(server, "starting", scenarios.begin, learners.make_learners(60, begun=False)))
    yield str(scenarios.sending(server, "saving an answer", scenarios.save_answers, learners.make_learners(12)))
    yield str(scenarios.sending(server, "handing in ten answers", scenarios.finish, learners.make_learners(60)))
    twenty = learners.make_learners(60, crowd.long_quiz(CoursePage.objects.get(slug=learners.COURSE)))
    yield str(scenarios.sending(server, "handing in twenty answers", scenarios.finish, twenty))
    at_once = learners.make_learners(60)
    yield str(scenarios.sending(server, "attempt: page, ten answers, result", scenarios.attempt_at_once, at_once))
    one_by_one = learners.make_learners(40)
    by_answer = scenarios.attempt_answer_by_answer
    yield str(scenarios.sending(server, "attempt, answer by answer", by_answer, one_by_one))


def _cache_ratio(server: Server) -> float:
    """Short slices in turns, so that what else the machine does hits both alike."""
    ratios = []
    for _pair in range(PAIRS):
        cached = scenarios.page(server, "cached", COURSE_PATH, seconds=2)
        bare = scenarios.page(server, "bare", "/bare/", seconds=2)
        ratios.append(cached.per_second / bare.per_second)
    return statistics.median(ratios)
