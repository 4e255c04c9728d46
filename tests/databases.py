"""The migrations run once on this code; every worker's database is a copy. `python -m tests.databases` runs them ahead.

The model of the copies is kept: a run that finds migrations and packages as they were migrates nothing. `make clean`
forgets it.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from config import REPOSITORY

PREFIX = "migrated_"
_ROOTS = ("site", *(app.partition(".")[0] for app in settings.LOCAL_APPS))
_FIRST = ("migrations/*.py", "triggers.py")


def clone(name: str | Path) -> None:
    """Connects to a new database of that name, in which nothing was written since the migrations."""
    if _name() not in _kept():
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (REPOSITORY / "site", REPOSITORY)))}
        subprocess.run([sys.executable, "-m", "tests.databases"], cwd=REPOSITORY, env=environment, check=True)
    with _alone():
        if connection.vendor == "sqlite":
            _forget_file(Path(name))
            shutil.copyfile(_place(_name()), name)
        else:
            _administer(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{_name()}"')
    _connect(name)


def exists(name: str | Path) -> bool:
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def remove(name: str | Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        _forget_file(Path(name))
    else:
        _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def prepare() -> None:
    """Makes the database of this code, after its migrations, unless an earlier run or another worker made it."""
    with _alone():
        made, kept = _name(), _kept()
        if made in kept:
            return
        for name in kept:
            remove(_place(name))
        unfinished = _place("unfinished")
        connection.settings_dict["TEST"]["NAME"] = unfinished
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        if connection.vendor == "sqlite":
            Path(unfinished).rename(_place(made))
        else:
            _administer(f'ALTER DATABASE "{unfinished}" RENAME TO "{made}"')


def _kept() -> list[str]:
    if connection.vendor == "sqlite":
        return [path.stem for path in settings.VAR.glob(f"{PREFIX}*.sqlite3")]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [name for (name,) in cursor.fetchall()]


def _place(name: str) -> str | Path:
    return settings.VAR / f"{name}.sqlite3" if connection.vendor == "sqlite" else name


@cache
def _name() -> str:
    """Follows from the packages, the migrations, the triggers, and the modules that these import."""
    digest = hashlib.sha256((REPOSITORY / "requirements.txt").read_bytes())
    first = [path for root in _ROOTS for end in _FIRST for path in (REPOSITORY / root).rglob(end)]
    for path in sorted({*first, *(module for one in first for module in _imported(one))}):
        digest.update(f"{path.relative_to(REPOSITORY)}\n".encode() + path.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [f"{node.module}.{one.name}" for one in node.names] if isinstance(node, ast.ImportFrom) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            place = name.replace(".", "/")
            for file in (f"{place}.py", f"{place}/__init__.py", f"site/{place}.py", f"site/{place}/__init__.py"):
                if (REPOSITORY / file).exists():
                    yield REPOSITORY / file


@contextmanager
def _alone() -> Iterator[None]:
    """No other worker makes or copies the model at the same time."""
    with (settings.VAR / "databases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _administer(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forget_file(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _connect(name: str | Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = str(name)
    connection.ensure_connection()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    prepare()
