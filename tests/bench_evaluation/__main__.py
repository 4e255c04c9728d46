"""`make bench-evaluation`: a province of 1,000,000 people and 10,000,000 facts (SIZE=100000 for fewer people)."""

import os
import subprocess
import sys
from contextlib import nullcontext
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.postgres import throwaway_postgres
from tests.bench.server import ROOT


def main() -> None:
    size = int(os.environ.get("SIZE", "1000000"))
    given = os.environ.get("BENCH_DATABASE_URL")  # an empty database, or one kept from a run before
    with nullcontext(given) if given else throwaway_postgres() as database, TemporaryDirectory() as var:
        os.environ.update(environment_for(database, var))
        subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"], check=True)
        _measure(size)


def _measure(size: int) -> None:
    sys.path.insert(0, str(ROOT / "site"))
    import django  # starts after the database is known

    django.setup()
    from tests.bench_evaluation.report import report

    report(size, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
