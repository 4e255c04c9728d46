"""No test takes longer than the budget, but with a written reason: `@pytest.mark.slow(reason="…")`.

Measured is the processor time of the worker and of what it has started, the browser above all: unlike the clock it
stays the same where the machine has other things to do. It tells whoever writes a test to make it smaller, or to make
of it a `make bench-…` with a small version here. `--junitxml` has the seconds of each test.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BUDGET_SECONDS = 20
_TICKS = os.sysconf("SC_CLK_TCK")
_BEGAN, _ENDED = pytest.StashKey[float](), pytest.StashKey[float]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.stash[_BEGAN] = _used(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Before what the session has started, the browser for one, is stopped, and its time is gone with it."""
    item.stash[_ENDED] = _used(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    report = yield
    if report.when == "teardown" and _ENDED in item.stash:
        seconds = item.stash[_ENDED] - item.stash[_BEGAN]
        report.user_properties.append(("processor_seconds", f"{seconds:.2f}"))
        if report.passed and (complaint := over_budget(item, seconds)):
            report.outcome, report.longrepr = "failed", complaint
    return report


def over_budget(item: pytest.Item, seconds: float) -> str:
    """What to say about a test that took so long; nothing if it may."""
    marker = item.get_closest_marker("slow")
    if seconds <= BUDGET_SECONDS or (marker and marker.kwargs.get("reason")):
        return ""
    return (
        f"{item.nodeid} took {seconds:.0f} s of the processor, its budget is {BUDGET_SECONDS} s: make it smaller,"
        ' or say why not by @pytest.mark.slow(reason="…").'
    )


def _used(item: pytest.Item) -> float:
    """Processor seconds so far; what runs beside this process counts for browser tests only, which wait for it."""
    own = sum(os.times()[:2])
    return own + sum(map(_of, _started_by(os.getpid()))) if item.get_closest_marker("browser") else own


def _started_by(pid: int) -> Iterator[int]:
    for child in map(int, " ".join(map(_text, _lists_of_children(pid))).split()):
        yield child
        yield from _started_by(child)


def _lists_of_children(pid: int) -> list[Path]:
    try:
        return [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:  # it has just ended
        return []


def _of(pid: int) -> float:
    """Of a process and of its children that have ended."""
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just ended
        return ""
