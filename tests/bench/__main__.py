"""`make bench`: the site on PostgreSQL with two workers; requests per second and CPU milliseconds for each.

`make bench ARGS=--servers` also runs the same on gunicorn, in turns; `ARGS=--quizzes` leaves out the pages.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.postgres import throwaway_postgres
from tests.bench.server import COMMANDS, ROOT, running


def main() -> None:
    servers = list(COMMANDS) if "--servers" in sys.argv else ["granian"]
    with throwaway_postgres() as database, TemporaryDirectory() as var:
        environment = environment_for(database, var) | {"DJANGO_SETTINGS_MODULE": "tests.bench.limited"}
        for command in (["migrate", "--verbosity", "0"], ["demo"]):
            subprocess.run([sys.executable, str(ROOT / "site" / "manage.py"), *command], check=True, env=environment)
        os.environ.update(environment)
        for name in servers:
            _measure(name, environment)


def _measure(name: str, environment: dict[str, str]) -> None:
    from tests.bench.site import report  # starts Django, which must know the database first

    with running(name, environment) as server:
        print(f"\n{name}, 2 workers, PostgreSQL")
        for line in report(server, only_quizzes="--quizzes" in sys.argv):
            print(line, flush=True)


def environment_for(database: str, var: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "VAR_DIR": var,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "LOG_LEVEL": "ERROR",
    }


if __name__ == "__main__":
    main()
