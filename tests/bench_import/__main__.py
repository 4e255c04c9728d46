"""`make bench-import`: 10,000 GIFT questions of every kind into an empty bank on SQLite (SIZE=1000 for fewer)."""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.server import ROOT


def main() -> None:
    size = int(os.environ.get("SIZE", "10000"))
    with TemporaryDirectory() as var:
        os.environ.update(
            VAR_DIR=var,
            DATABASE_URL=f"sqlite:///{var}/site.sqlite3",
            DJANGO_SETTINGS_MODULE="tests.bench.settings",
            PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            LOG_LEVEL="ERROR",
        )
        subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"], check=True)
        measured = subprocess.run([sys.executable, "-m", "tests.bench_import.report", str(size)], check=False)
    sys.exit(measured.returncode)


if __name__ == "__main__":
    main()
