"""`make bench-search`: how good the answers are, for each engine. ARGS=--poor lists what was answered badly.

SQLite, a PostgreSQL that is thrown away after, and Elasticsearch's engine over `osmem-server`, an in-memory server of
its protocol. ONLY=sqlite|postgresql|elasticsearch measures one of them.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.postgres import throwaway_postgres

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    only = os.environ.get("ONLY")
    with TemporaryDirectory() as var:
        if only in (None, "sqlite"):
            _measure(f"sqlite:///{var}/site.sqlite3", var, "SQLite")
        if only in (None, "elasticsearch"):
            _measure(f"sqlite:///{var}/elastic.sqlite3", var, "Elasticsearch's engine over osmem-server", "--elastic")
    if only in (None, "postgresql"):
        with throwaway_postgres() as database, TemporaryDirectory() as var:
            _measure(database, var, "PostgreSQL")


def _measure(database: str, var: str, name: str, *engine: str) -> None:
    print(f"\n=== {name}", flush=True)
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "VAR_DIR": var,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "LOG_LEVEL": "ERROR",
    }
    manage = [sys.executable, str(ROOT / "site" / "manage.py")]
    for command in (["migrate", "--verbosity", "0"], ["demo"], ["search_rebuild"]):
        subprocess.run([*manage, *command], check=True, env=environment, stdout=subprocess.DEVNULL)
    measure = [sys.executable, "-m", "tests.judged_search.measure", *engine, *sys.argv[1:]]
    subprocess.run(measure, check=True, env=environment, cwd=ROOT)


if __name__ == "__main__":
    main()
