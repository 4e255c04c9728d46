"""What production is set up from says the same everywhere. That it works is walked by `make test-production`."""

import os
import re
import subprocess
import sys
import tarfile

import pytest

from config import REPOSITORY
from config.bodies import MOST_BYTES, THREADS
from home.management.commands.check_production import _STAND_IN

FOLDER = REPOSITORY / "docs" / "production"
SUPERVISOR, NGINX = ((FOLDER / name).read_text() for name in ("supervisor.conf", "nginx.conf"))
README = (REPOSITORY / "README.md").read_text()


def test_everything_that_production_demands_is_set_or_made():
    told = set(re.findall(r"^([A-Z_]+)=", (FOLDER / "hoc-tap.env").read_text(), flags=re.MULTILINE))
    made = {"SECRET_KEY", "PERSON_HASH_KEY", "LEDGER_SIGNING_KEY"}
    assert set(_STAND_IN) <= told | made
    assert all(name in README for name in told | made)


def test_the_shell_reads_what_the_site_is_told():
    read = ["sh", "-euc", 'set -a; . "$0"; printf %s "$DEFAULT_FROM_EMAIL"', str(FOLDER / "hoc-tap.env")]
    told = subprocess.run(read, capture_output=True, check=True).stdout.decode()
    assert told == "Công dân học tập <hoc-tap@hoc-tap.example.vn>"


@pytest.mark.parametrize("header", ["", "X-Real-IP"])
def test_production_does_not_start_before_it_is_told_how_clients_are_known(header):
    told = {**os.environ, **_STAND_IN, "CLIENT_ADDRESS_HEADER": header}
    start = [sys.executable, "-c", "import config.settings.production"]
    started = subprocess.run(start, cwd=REPOSITORY / "site", env=told, capture_output=True, text=True, check=False)
    assert re.search("ImproperlyConfigured: .*CLIENT_ADDRESS_HEADER", started.stderr)


@pytest.mark.parametrize(("dumping", "made"), [("echo", {"dump", "tar"}), ("false", {"part"})])
def test_old_copies_go_and_no_half_one_bears_a_whole_ones_name(tmp_path, dumping, made):
    for name in ("private/health/1", "private/kept", "media/kept"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).touch()
    (old := tmp_path / "copies" / "old.tar").parent.mkdir()
    old.touch()
    os.utime(old, (0, 0))
    script = (FOLDER / "copies").read_text().replace("/var/backups/hoc-tap", str(old.parent))
    script = script.replace("/var/lib/hoc-tap", str(tmp_path / "site")).replace("runuser", dumping)
    subprocess.run(["sh", "-c", script], check=False)
    assert {file.suffix[1:] for file in old.parent.iterdir()} == made
    for copy in old.parent.glob("*.tar"):
        with tarfile.open(copy) as packed:
            assert {"private/kept", "media/kept"} <= set(packed.getnames())
            assert "private/health" not in packed.getnames()


def test_the_proxy_passes_to_the_processes_that_the_supervisor_runs():
    count = re.search(r"numprocs=(\d)", SUPERVISOR)[1]
    ports = re.findall(r"server 127\.0\.0\.1:(\d+) ", NGINX)
    assert ports == [f"800{number}" for number in range(1, int(count) + 1)]


def test_threads_and_sizes_are_those_of_the_code():
    assert f"--blocking-threads {THREADS} " in SUPERVISOR
    assert f"client_max_body_size {MOST_BYTES // 2**20}m;" in NGINX


def test_the_proxy_serves_nothing_that_asks_for_permission():
    assert re.findall(r"(?:alias|root) (\S+);", NGINX) == [
        "/var/lib/hoc-tap/static/",
        "/var/lib/hoc-tap/media/images/",
    ]


def test_every_file_is_put_in_its_place_by_the_readme():
    for file in FOLDER.iterdir():
        assert f"docs/production/{file.name} " in README
