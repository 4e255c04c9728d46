"""`make test-faults`: fifty learners take quizzes, others hand in files, write dossiers, freeze reports, sign decisions
and sign up, in production as the README sets it up, while processes, database, Redis, disk, mail and clients fail.

Afterwards all that was acknowledged must stand, once, the ledger must verify, no task may be left, each letter must
come once, and nobody may have seen an error that trying again did not heal. A control run, whose deliveries are
numbered when they are sent instead of when the answer was given, must lose answers: else this test could not fail.

With --short each fault strikes at least once, instead of three times.
"""

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.faults.drops import Drops
from tests.production import machine, site, walk
from tests.work.mail_server import MailServer

LEARNERS = 50
_MAIL_PORT, _LETTERS_WITHIN_SECONDS = 25, 180  # the worker looks each minute whether the mail server is back
_VARIABLES = Path("/etc/hoc-tap.env")
_PRIVATE = Path("/var/lib/hoc-tap/private")


@dataclass(frozen=True)
class Size:
    """``attempts`` of each learner, ``rounds`` of answers in each; at the end so many answers and faults at least."""

    attempts: int
    rounds: int
    answers: int
    faults: int


WHOLE, SHORT = Size(2, 6, 5_000, 27), Size(1, 6, 2_500, 9)


def main(*words: str) -> None:
    machine.enter("tests.faults")
    walk.install()
    walk.all_of_it()
    _make_ready()
    failures = _run(SHORT if "--short" in words else WHOLE)
    sys.exit("\n".join(["FAILED", *failures]) if failures else 0)


def _make_ready() -> None:
    """Without limits for so many at one address; with a disk that can be filled, and the database open to us."""
    with _VARIABLES.open("a") as variables:
        variables.write("DJANGO_SETTINGS_MODULE=tests.faults.settings\nPYTHONPATH=/srv/hoc-tap:/srv/hoc-tap/site\n")
    site.run("supervisorctl", "stop", "all")
    kept = site.run("mktemp", "-d").strip()
    site.run("cp", "-a", f"{_PRIVATE}/.", kept)
    site.run("mount", "-t", "tmpfs", "-o", "size=300m,mode=700", "tmpfs", str(_PRIVATE))
    site.run("cp", "-a", f"{kept}/.", str(_PRIVATE))
    site.run("runuser", "--user", "postgres", "--", "createuser", "--superuser", "root")
    site.run("supervisorctl", "start", "all")
    site.wait_for("the site", site.is_well)
    os.environ.update(line.split("=", 1) for line in shlex.split(_VARIABLES.read_text(), comments=True))


def _run(size: Size) -> list[str]:
    from tests.faults import classroom, faults, others  # start Django, which must know its settings first

    drops = Drops()
    room = classroom.set_up(LEARNERS, drops)
    worker = site.process_of("hoc-tap-worker")
    print(f"{LEARNERS} learners and {len(room.workers)} others begin.", flush=True)
    with faults.raining(drops) as rain:
        until = rain.has_reached(size.faults)
        with others.working(room.workers, until):
            seen = classroom.take_quizzes(room.learners, attempts=size.attempts, rounds=size.rounds, until=until)
    post = MailServer(_MAIL_PORT)  # is back
    found = classroom.compare(seen)
    done = ", ".join(f"{type(one).__name__} {len(one.acknowledged)}" for one in room.workers)
    print(f"With the keys: {seen}, {done}; {rain}; {found}", flush=True)
    failures = found.failures() + seen.failures() + [text for one in room.workers for text in one.failures()]
    if site.process_of("hoc-tap-worker") != worker:
        failures.append("the task worker did not outlive it")
    failures += _unhealed()
    control = classroom.take_quizzes(room.learners[:10], attempts=1, rounds=size.rounds, is_numbered_when_sent=True)
    lost = classroom.compare(control)
    print(f"Control, numbered when sent: {control}; {lost}", flush=True)
    site.wait_for("all letters", lambda: room.newcomer.has_all(post.taken), _LETTERS_WITHIN_SECONDS)
    failures += room.newcomer.amiss(post.taken)
    print(f"{len(post.taken)} letters came once the mail server was back.", flush=True)
    if seen.acknowledged < size.answers:
        failures.append(f"only {seen.acknowledged} answers were acknowledged")
    if not rain.is_enough(size.faults):
        failures.append(f"only {rain}")
    if not lost.lost:
        failures.append("the control run lost nothing: this test cannot fail")
    return failures


def _unhealed() -> list[str]:
    """The site names nothing amiss, no task is left, and the ledger with what was signed meanwhile verifies."""
    from tests.faults import classroom

    site.wait_for("health", site.is_well, 120)
    site.wait_for("the end of all tasks", lambda: not classroom.tasks_waiting(), 180)
    failed = classroom.tasks_failed()
    failures = [f"tasks that failed: {failed}"] if failed else []
    verified = subprocess.run(["hoc-tap", "ledger_verify"], text=True, capture_output=True, check=False)
    return failures + ([verified.stdout[-500:] + verified.stderr[-500:]] if verified.returncode else [])


if __name__ == "__main__":
    main(*sys.argv[1:])
