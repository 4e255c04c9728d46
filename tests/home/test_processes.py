"""Whenever it is stopped, nothing of it is left: what a program leaves behind would hold its end of the pipe open."""

import subprocess
import sys

import pytest

from config import REPOSITORY

RUN = """
import sys
from pathlib import Path
from home.management.commands.serve import Together
commands = [[sys.executable, "-c", code] for code in sys.argv[1:]]
Together(commands, Path.cwd(), patience=0.5).run()
print("over")
"""
SLEEPS = "import time; time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"
STOPS = "import os, signal; os.kill(os.getppid(), signal.{signal})"


def beget(code):
    return f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {code!r}])"


def left_nothing(*commands):
    """Waits for the end of the pipe, which whoever is left holds too. Raises TimeoutExpired."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *commands], cwd=REPOSITORY / "site", stdout=subprocess.PIPE, timeout=30, check=True
    )
    return ran.stdout == b"over\n"


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_stopped_while_the_second_starts(signal):
    assert left_nothing(f"{STOPS.format(signal=signal)}; {SLEEPS}", SLEEPS)


@pytest.mark.parametrize("child", [SLEEPS, DEAF])
def test_stopped_while_the_first_has_begotten_a_child_that_it_leaves(child):
    assert left_nothing(f"{beget(child)}; {STOPS.format(signal='SIGTERM')}; {SLEEPS}", SLEEPS)


def test_stopped_where_one_waits_forever_for_its_child():
    deaf = f"{beget(DEAF)}; {STOPS.format(signal='SIGTERM')}; {DEAF}; child.wait()"
    assert left_nothing(deaf, SLEEPS)


def test_stopped_twice():
    twice = f"{STOPS.format(signal='SIGTERM')}; {STOPS.format(signal='SIGINT')}; {SLEEPS}"
    assert left_nothing(twice, DEAF)


def test_one_that_ends_stops_the_other():
    assert left_nothing("pass", SLEEPS)
    assert left_nothing(SLEEPS, "raise SystemExit(1)")
