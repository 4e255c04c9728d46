"""`make bench-likeness`: doubles among 400,000 people on SQLite, with days of birth and with years only (SIZE=20000 for
fewer); fails above 10 minutes or 700 MB, or where fewer doubles are found than is promised."""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.server import ROOT


def main() -> None:
    size = os.environ.get("SIZE", "400000")
    sys.exit(max(_measured(size, known) for known in ("day", "year")))


def _measured(*arguments: str) -> int:
    with TemporaryDirectory() as var:
        os.environ.update(environment_for(f"sqlite:///{var}/site.sqlite3", var))
        subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"], check=True)
        subprocess.run([sys.executable, "-m", "tests.bench_likeness.filling", *arguments], check=True)
        return subprocess.run([sys.executable, "-m", "tests.bench_likeness.report", *arguments], check=False).returncode


if __name__ == "__main__":
    main()
