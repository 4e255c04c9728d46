"""`make test-faults`: fifty learners take quizzes over HTTP while workers, database and connections are killed.

Afterwards every answer that was acknowledged must stand, no attempt may have two results, and no learner may have
seen an error that trying again did not heal. A control run, whose deliveries are numbered when they are sent instead
of when the answer was given, must lose answers: otherwise this test could not fail.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.postgres import Cluster, throwaway_cluster
from tests.bench.server import ROOT, running
from tests.faults.drops import Drops

PORT = 54333
LEARNERS, ATTEMPTS, ROUNDS = 50, 2, 6
LEAST_ANSWERS, LEAST_FAULTS = 5_000, 20


def main() -> None:
    with throwaway_cluster(PORT) as cluster, TemporaryDirectory() as var:
        os.environ.update(_environment(cluster.url, var))
        manage = [sys.executable, str(ROOT / "site" / "manage.py")]
        for command in (["migrate", "--verbosity", "0"], ["load_reference"]):
            subprocess.run([*manage, *command], check=True)
        failures = _run(cluster, dict(os.environ))
    sys.exit("\n".join(["FAILED", *failures]) if failures else 0)


def _run(cluster: Cluster, environment: dict[str, str]) -> list[str]:
    from tests.faults import classroom, faults  # start Django, which must know the database first

    drops = Drops()
    learners = classroom.set_up(LEARNERS, drops)
    print(f"{LEARNERS} learners begin.", flush=True)
    with running("granian", environment) as server:
        with faults.raining(cluster, server, drops) as rain:
            seen = classroom.take_quizzes(
                learners, attempts=ATTEMPTS, rounds=ROUNDS, until=rain.has_reached(LEAST_FAULTS)
            )
        found = classroom.compare(seen)
        print(f"With the keys: {seen}, {rain}; {found}", flush=True)
        control = classroom.take_quizzes(learners[:10], attempts=1, rounds=ROUNDS, is_numbered_when_sent=True)
        lost = classroom.compare(control)
        print(f"Control, numbered when sent: {control}; {lost}", flush=True)
    failures = found.failures() + seen.failures()
    if seen.acknowledged < LEAST_ANSWERS:
        failures.append(f"only {seen.acknowledged} answers were acknowledged")
    if not rain.is_enough(LEAST_FAULTS):
        failures.append(f"only {rain}")
    if not lost.lost:
        failures.append("the control run lost nothing: this test cannot fail")
    return failures


def _environment(database: str, var: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "VAR_DIR": var,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }


if __name__ == "__main__":
    main()
