"""`make test-hostile`: every address that links and forms lead to, as everybody of the demo, with what no form sends.

Pages are asked with parameters and headers out of place; each form that a page shows is sent with one field after the
other turned hostile, and with broken files. Nothing of it is kept: each request is rolled back. An answer of 500, or
one that gives a script back, fails (ARGS="an giang" for some people only; "visitor" has no account).
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.server import ROOT


def main(*people: str) -> None:
    with TemporaryDirectory() as var:
        os.environ.update(
            VAR_DIR=var,
            DATABASE_URL=f"sqlite:///{var}/site.sqlite3",
            DJANGO_SETTINGS_MODULE="tests.hostile.settings",
            PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        )
        for command in (["migrate", "--verbosity", "0"], ["demo"]):
            subprocess.run([sys.executable, str(ROOT / "site/manage.py"), *command], check=True, stdout=2)
        sys.exit(subprocess.run([sys.executable, "-m", "tests.hostile.crawl", *people], check=False).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
