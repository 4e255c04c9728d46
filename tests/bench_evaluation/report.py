"""What is measured, in order, each line printed as soon as it is known."""

import os
import resource
import statistics
import subprocess
import sys
import time

from django.db import connection

from evaluation.criteria.actions.scoring import standing_programs
from evaluation.criteria.models import SuggestedScores
from membership.models import Person
from tests.bench.server import ROOT
from tests.bench_evaluation.bare import bare_seconds
from tests.bench_evaluation.dashboard import dashboard
from tests.bench_evaluation.one_dossier import one_dossier
from tests.bench_evaluation.population import populate
from tests.bench_evaluation.sealing import GOAL, proofs, sealing
from tests.factories.evaluation import AT

YEAR = 2026
PAIRS = int(os.environ.get("PAIRS", "3"))


def report(size: int, tell) -> None:
    begin = time.monotonic()
    if Person.objects.filter(code=f"B{size}").exists():
        tell(f"{size} people are there already")
    else:
        populate(size, tell)
        tell(f"{size} people loaded in {time.monotonic() - begin:.0f} s")
    [(program, _sets)] = standing_programs(AT.date())
    pairs = [(_scoring_seconds(size), bare_seconds(program, size)) for _pair in range(PAIRS)]
    for (ours, inside), bare in pairs:
        tell(
            f"suggested scores for all: {ours:.1f} s (of them {inside:.1f} s after the process had started), "
            f"barest SQL {bare:.1f} s, ratio {ours / bare:.2f}"
        )
    median = statistics.median(ours / bare for (ours, _inside), bare in pairs)
    alone = statistics.median(inside / bare for (_ours, inside), bare in pairs)
    tell(f"median ratio {median:.2f} (2.5 is the limit); without starting the process {alone:.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    tell(f"peak memory of the worker process: {peak:.0f} MB (500 is the limit)")
    tell(_resumed(size))
    one_dossier(YEAR, tell)
    dashboard(YEAR, tell)
    subprocess.run([sys.executable, "-m", "tests.bench_evaluation.certificates"], check=True, cwd=ROOT)
    _sealing(tell)


def _sealing(tell) -> None:
    """Rows that come beside the province's, which went in past the ledger's door and stay unsealed."""
    rates = [sealing(tell) for _round in range(3)]
    proofs(tell)
    tell(f"sealing: median {statistics.median(rates):,.0f} rows a second ({GOAL:,} is the goal)")


def _scoring_seconds(size: int) -> tuple[float, float]:
    """The whole process, and what it says of the work itself."""
    _empty()
    begin = time.monotonic()
    finished = subprocess.run(_command(), check=True, stdout=subprocess.PIPE, text=True)
    seconds = time.monotonic() - begin
    assert SuggestedScores.objects.count() >= size  # and the officers
    return seconds, float(finished.stdout.split()[-2])


def _resumed(size: int) -> str:
    """Killed in the middle, then run again: the same rows as in one go."""
    before = _digest()
    _empty()
    process = subprocess.Popen(_command(), stdout=subprocess.PIPE, text=True)
    for _line in range(3):
        process.stdout.readline()
    process.kill()
    process.wait()
    done = SuggestedScores.objects.count()
    subprocess.run(_command(), check=True, stdout=subprocess.DEVNULL)
    assert _digest() == before
    return f"killed with {done} of {size} written, run again: all rows as in one go"


def _command() -> list[str]:
    return [sys.executable, str(ROOT / "site/manage.py"), "score_province", "--year", str(YEAR)]


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE criteria_suggestedscores, criteria_scoringrun")
        cursor.execute("VACUUM (ANALYZE) criteria_suggestedscores")


def _digest() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), md5(string_agg(person_id || tenths::text, ',' ORDER BY person_id))"
            " FROM criteria_suggestedscores"
        )
        return cursor.fetchone()
