"""`make bench-outbox`: 400,000 weekly letters told, settled and handed to a mail server on this machine, in the
background, killed three times (SIZE=10000 for fewer): how long, what was lost or came twice, what pages wait meanwhile.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.postgres import throwaway_cluster
from tests.bench.server import ROOT, running

PORT = 54353
SINK_PORT = 8766  # below those that outgoing connections take for themselves


def main() -> None:
    size = int(os.environ.get("SIZE", "400000"))
    with throwaway_cluster(PORT) as cluster, TemporaryDirectory() as var:
        environment = environment_for(cluster.url, var)
        environment |= {"DJANGO_SETTINGS_MODULE": "tests.bench_outbox.settings", "SINK_PORT": str(SINK_PORT)}
        os.environ.update(environment)
        subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"], check=True)
        from tests.bench_outbox.report import report  # starts Django, which must know the database first

        with running("granian", environment):
            sys.exit(0 if report(size, f"{var}/taken") else 1)


if __name__ == "__main__":
    main()
