"""A PostgreSQL of its own for measuring, thrown away after: durable commits, otherwise as the package sets it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = 54331


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Yields the DATABASE_URL of a fresh cluster on loopback; raises SystemExit where PostgreSQL is not installed."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    _run(programs, "initdb", "--pgdata", data, "--auth", "trust", "--encoding", "UTF8", "--username", "postgres")
    options = f"-c port={PORT} -c unix_socket_directories={folder} -c listen_addresses=127.0.0.1"
    _run(programs, "pg_ctl", "--pgdata", data, "--wait", "--log", str(folder / "log"), "--options", options, "start")
    try:
        yield f"postgres://postgres@127.0.0.1:{PORT}/postgres"
    finally:
        _run(programs, "pg_ctl", "--pgdata", data, "--mode", "immediate", "stop")
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise SystemExit(
            "Measuring needs PostgreSQL's server programs (Debian: apt install postgresql), or DATABASE_URL."
        )
    return found[-1].parent if found else Path(str(on_path)).parent


def _run(programs: Path, name: str, *arguments: str) -> None:
    command = [str(programs / name), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
