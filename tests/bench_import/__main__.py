"""`make bench-import`: 10,000 GIFT questions of every kind into an empty bank on SQLite (SIZE=1000 for fewer).

`make bench-intake`: a table of 400,000 lines through the engine that all files come in by, once as .csv, once as .xlsx.

`make bench-roster`: a list of 400,000 people of a province on PostgreSQL.
"""

import os
import subprocess
import sys
from contextlib import nullcontext
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.postgres import throwaway_postgres
from tests.bench.server import ROOT


def main(what: str) -> None:
    runs = {"questions": [("tests.bench_import.report", "10000")]}
    runs["lines"] = [("tests.bench_import.lines", "400000", ending) for ending in ("csv", "xlsx")]
    runs["roster"] = [("tests.bench_import.roster", "400000")]
    size = os.environ.get("SIZE")
    with throwaway_postgres() if what == "roster" else nullcontext("") as database:
        sys.exit(max(_measured(database, module, size or usual, *more) for module, usual, *more in runs[what]))


def _measured(database: str, module: str, *arguments: str) -> int:
    with TemporaryDirectory() as var:
        os.environ.update(environment_for(database or f"sqlite:///{var}/site.sqlite3", var))
        subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"], check=True)
        return subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode


if __name__ == "__main__":
    main(*sys.argv[1:])
