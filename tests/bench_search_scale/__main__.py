"""`make bench-search-scale`: 100,000 documents of 200 words (SIZE=20000 for fewer), on SQLite and on PostgreSQL.

BENCH_DATABASE_URL names a database that is kept instead: empty it is filled first; filled by an earlier run with the
same SIZE, it is only searched. So the loading and the searching can be measured apart.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.postgres import throwaway_postgres
from tests.bench.server import ROOT


def main() -> None:
    """Each database in a process of its own: settings are read once."""
    if "--inside" in sys.argv:
        return _measure(int(os.environ.get("SIZE", "100000")))
    given, only = os.environ.get("BENCH_DATABASE_URL"), os.environ.get("ONLY")
    with TemporaryDirectory() as var:
        if given:
            return _run(given, var)
        if only != "postgresql":
            _run(f"sqlite:///{var}/bench.sqlite3", var)
        if only != "sqlite":
            with throwaway_postgres() as database:
                _run(database, var)
    return None


def _run(database: str, var: str) -> None:
    environment = environment_for(database, var)
    migrate = [sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(migrate, check=True, env=environment)
    subprocess.run([sys.executable, "-m", "tests.bench_search_scale", "--inside"], check=True, env=environment)


def _measure(size: int) -> None:
    sys.path.insert(0, str(ROOT / "site"))
    import django

    django.setup()
    from tests.bench_search_scale.report import report

    report(size, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
