"""`make bench-records`: how fast the learning record store takes statements in, beside the barest INSERT of the same
rows in the same run, and how fast it finds among SIZE of them (1,000,000; SIZE=100000 for fewer).

With --reading the second alone.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.postgres import throwaway_cluster
from tests.bench.server import ROOT, running

PORT = 54351


def main() -> None:
    size = int(os.environ.get("SIZE", "1000000"))
    with throwaway_cluster(PORT) as cluster, TemporaryDirectory() as var:
        environment = environment_for(cluster.url, var)
        command = [sys.executable, str(ROOT / "site" / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(command, check=True, env=environment)
        os.environ.update(environment)
        _measure(environment, size)


def _measure(environment: dict[str, str], size: int) -> None:
    from tests.bench_records import ingest, population, reading  # start Django, which must know the database first

    authorization = population.make_credential()
    with running("granian", environment):
        print("granian, 2 workers, PostgreSQL, everything on this machine")
        for line in ingest.report(authorization) if "--reading" not in sys.argv else ():
            print(line, flush=True)
        print(f"loading {size:,} statements …", flush=True)
        paths = population.load(size)
        for line in reading.report(authorization, paths):
            print(line, flush=True)


if __name__ == "__main__":
    main()
