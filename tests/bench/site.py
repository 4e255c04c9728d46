"""The scenarios in the order in which they are printed."""

import statistics
import sys
from collections.abc import Iterator

import django

from tests.bench.server import ROOT, Server

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from membership.models import User  # noqa: E402
from tests.bench import learners, quizzes, scenarios  # noqa: E402

COURSE_PATH = f"/khoa-hoc/{learners.COURSE}/"
PAIRS = 5


def report(server: Server, *, only_quizzes: bool = False) -> Iterator[str]:
    """One line for each scenario."""
    if not only_quizzes:
        yield from _pages(server)
    yield from quizzes.report(server)


def _pages(server: Server) -> Iterator[str]:
    """And the ratio of the page cache to a bare view, as the median of pairs."""
    yield str(scenarios.page(server, "home, no account", "/"))
    yield str(scenarios.page(server, "course page, no account", COURSE_PATH))
    yield f"page cache to bare view behind the same middleware: {_cache_ratio(server):.2f}"
    signed_in = learners.session_of(User.objects.get(username="an"))
    yield str(scenarios.page(server, "course page, signed in", COURSE_PATH, signed_in))


def _cache_ratio(server: Server) -> float:
    """Short slices in turns, so that what else the machine does hits both alike."""
    ratios = []
    for _pair in range(PAIRS):
        cached = scenarios.page(server, "cached", COURSE_PATH, seconds=2)
        bare = scenarios.page(server, "bare", "/bare/", seconds=2)
        ratios.append(cached.per_second / bare.per_second)
    return statistics.median(ratios)
