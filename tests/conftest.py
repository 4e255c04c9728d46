"""What every test has at hand."""

import asyncio
import gc
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation
from django_ratelimit import core as ratelimit
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests import databases, laid
from tests.factories.people import Standing, standing_people
from tests.flushing import Rows, empty_and_restore, snapshot
from work.kept import forget_everything

# The same examples in each run, however slow the machine is: where one fails, a change has made it fail. Others are
# looked for by `pytest --hypothesis-profile=searching`.
_AT_ANY_SPEED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
examples.register_profile("steady", derandomize=True, **_AT_ANY_SPEED)
examples.register_profile("searching", max_examples=1_000, **_AT_ANY_SPEED)
examples.load_profile("steady")

pytest_plugins = ["tests.budget"]
_WAYS_TO_THE_DATABASE = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what may reach the database: pytest-django lets nothing else, but for what runs in a process of its own."""
    names, module = getattr(item, "fixturenames", ()), vars(getattr(item, "module", None) or object)
    if item.get_closest_marker("django_db") or not _WAYS_TO_THE_DATABASE.isdisjoint(names) or "subprocess" in module:
        item.add_marker("database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, and the small ones fill the time of the worker that is done with its half."""
    items.sort(key=lambda item: not item.get_closest_marker("browser"))


def pytest_collectstart() -> None:
    """What is collected stays to the end: looking through it for garbage, again and again, would find none."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How much ran against a server of Elasticsearch's protocol, and what was left out, with the reason."""
    told = terminalreporter.stats
    run = [one for one in told.get("passed", []) if one.when == "call" and "[elasticsearch" in one.nodeid]
    left_out = [one for one in told.get("skipped", []) if "osmem-server:" in str(one.longrepr)]
    if run or left_out:
        terminalreporter.write_line(
            f"osmem-server: {len(run)} tests passed, {len(left_out)} left out for what it lacks"
        )
    for one in left_out:
        terminalreporter.write_line(f"  {one.nodeid}: {one.longrepr[-1]}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    laid.begin()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Instead of pytest-django's: a copy of the migrated database, or with ``--reuse-db`` the one that is there."""
    name = connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        if django_db_createdb or not (django_db_keepdb and databases.exists(name)):
            databases.clone(name)
        else:
            connection.creation.create_test_db(verbosity=0, keepdb=True, serialize=False)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            databases.remove(name)


@pytest.fixture
def standing(db: None) -> Standing:
    """Units and people that tests know by name."""
    return standing_people()


@pytest.fixture
def private_files(settings: Any, tmp_path: Path) -> Path:
    """The private storage in a folder of the test's own."""
    options = {"location": tmp_path / "private", "base_url": None}
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path / "private"


@pytest.fixture
def one_rate_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may be asked so often a minute, or an hour, is counted in one such time: no new one begins meanwhile."""
    began = int(time.time())
    monkeypatch.setattr(ratelimit, "_get_window", lambda _value, period: began + period)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Nothing kept, and no language chosen, by a test before."""
    forget_everything()
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_loop_of_others(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright leaves its event loop marked as running between its steps, so after a browser test none could be run
    in the same worker; what follows gets a thread without one, and Playwright its own back. Django keeps connections
    by loop: the test's transaction is open on the one that it already has."""
    loop, ours = asyncio._get_running_loop(), connections["default"]
    if loop and not request.node.get_closest_marker("browser"):
        asyncio._set_running_loop(None)
        if connections["default"] is not ours:
            connections["default"].close()
            connections["default"] = ours
    yield
    asyncio._set_running_loop(loop)


@pytest.fixture(autouse=True, scope="session")
def _fresh_files() -> None:
    """No file of an earlier run is there to be found, or swept."""
    shutil.rmtree(settings.FILES, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _flush_and_restore() -> Iterator[None]:
    """What a test commits is emptied after it, the ledger too, and what the migrations laid is laid again."""
    set_up = TransactionTestCase._fixture_setup.__func__
    kept: list[Rows] = []

    def keep_first(test_case: type[TransactionTestCase]) -> None:
        if not kept:
            kept.append(snapshot())
        set_up(test_case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(keep_first))
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test_case: empty_and_restore(kept[0]))
        yield
