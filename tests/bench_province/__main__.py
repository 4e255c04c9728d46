"""`make bench-province`: a whole province on PostgreSQL (SIZE=20000 for fewer people than 400,000)."""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.postgres import throwaway_postgres
from tests.bench.server import ROOT, running


def main() -> None:
    size = int(os.environ.get("SIZE", "400000"))
    with throwaway_postgres() as database, TemporaryDirectory() as var:
        environment = environment_for(database, var)
        os.environ.update(environment)
        subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"], check=True)
        subprocess.run([sys.executable, "-m", "tests.bench_province.filling", str(size)], check=True)
        from tests.bench_province.report import report  # starts Django, which must know the database first

        with running("granian", environment) as server:
            sys.exit(0 if report(server, size) else 1)


if __name__ == "__main__":
    main()
