"""Tells everybody, settles the weekly letters, has them handed over in the background, and counts what arrived."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tests.bench.server import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from membership.models import Person, User  # noqa: E402
from notices.actions import Told, send_digests, tell  # noqa: E402
from notices.models import Delivery  # noqa: E402
from notices.registries.kinds import Kind, declare  # noqa: E402
from tests.bench.learners import session_of  # noqa: E402
from tests.bench_province.open_load import Page, capacity, p95, waits  # noqa: E402
from work.actions.handing_over import HANDFUL  # noqa: E402
from work.bounces import message_id  # noqa: E402
from work.models import Letter  # noqa: E402

MINUTES, TIMES, KILLS = 30, 1.3, 3
LOAD = 0.25  # of what the site can do
_SECONDS = 20  # that pages are asked, before and meanwhile
_KIND = declare(Kind(key="of-bench", title="Đo", words="Điều %(number)s xảy ra.", why="Để đo."))


def report(size: int, taken: str) -> bool:
    people = _people(size)
    pages = [Page("home, a visitor", "/", ""), Page("notices", "/thong-bao/", session_of(User.objects.first()))]
    waits(pages, 2, 3)  # what is read once for all is read
    offered = capacity(pages, 5) * LOAD
    before = _p95(pages, offered, _SECONDS)
    with _sink(taken):
        begin = time.perf_counter()
        _queue(people)
        queued = time.perf_counter() - begin
        print(f"{size:,} told and settled in {queued:.0f} s, {size / queued:.0f} a second", flush=True)
        meanwhile, killed = _delivered(size, pages, offered, taken)
        seconds = time.perf_counter() - begin
    pace = 400_000 * seconds / size / 60
    print(f"queued and sent in {seconds / 60:.1f} minutes, {size / (seconds - queued):.0f} sent a second", end=", ")
    print(f"killed {killed} times; 400,000 at this pace: {pace:.0f} minutes, at most {MINUTES}")
    print(f"pages at {offered:.0f} requests a second, {LOAD} of what the site can do: p95 {before:.0f} ms, "
          f"meanwhile {meanwhile:.0f} ms, {meanwhile / before:.2f} times (at most {TIMES})")  # fmt: skip
    return _counted(taken) & (pace <= MINUTES) & (meanwhile <= TIMES * before)


def _p95(pages: list[Page], offered: float, seconds: float) -> float:
    return p95([wait for taken in waits(pages, offered, seconds).values() for wait in taken])


def _people(size: int) -> list[int]:
    """With accounts, made in bulk and not measured."""
    at, names = timezone.now(), [f"do{number}" for number in range(size)]
    rows = [
        Person(full_name=name, folded_name=name, sort_key=name, code=f"D{number:07}", created_at=at)
        for number, name in enumerate(names)
    ]
    people = Person.objects.bulk_create(rows, 1000)
    users = [User(username=one.full_name, email=f"{one.full_name}@example.vn", person=one) for one in people]
    User.objects.bulk_create(users, 1000)
    return [person.pk for person in people]


def _queue(people: list[int]) -> None:
    monday = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    monday -= datetime.timedelta(days=monday.weekday())
    told = (Told(person_id=person, key="1", values={"number": 1}) for person in people)
    tell(kind=_KIND, told=told, at=monday - datetime.timedelta(days=1))
    send_digests(at=monday)


def _delivered(size: int, pages: list[Page], offered: float, taken: str) -> tuple[float, int]:
    """Hands all over by a process in the background, killed at each quarter; gives what pages waited meanwhile."""
    killed, meanwhile, process = 0, 0.0, _deliverer()
    while Letter.objects.filter(handed_over_at=None).exists() or process.poll() is None:
        if process.poll() is not None:
            process = _deliverer()
        if killed < KILLS and _count(taken) > size * (killed + 1) / (KILLS + 1):
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        elif not meanwhile and _count(taken):
            meanwhile = _p95(pages, offered, min(_SECONDS, size / 2000))
        time.sleep(0.02)
    # What a kill left in the middle is settled when it would be due again.
    _run("from work.actions import deliver_letters; from django.utils import timezone as t; import datetime as d; "
         "print(deliver_letters(at=t.now() + d.timedelta(minutes=5)))")  # fmt: skip
    return meanwhile, killed


def _deliverer() -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "site/manage.py"), "tick", "--only", "deliver_letters"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _run(code: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "shell", "-v", "0", "-c", code], check=True)


def _counted(taken: str) -> bool:
    times = Counter(Path(taken).read_text().split())
    numbers = {name.partition(".")[0][1:] for name in times}
    states = dict(Delivery.objects.order_by().values_list("state").annotate(count=Count("pk")))
    uncertain = set(Delivery.objects.filter(state="uncertain").values_list("pk", flat=True))
    lost = [pk for pk in _all() if _number(pk) not in numbers and pk not in uncertain]
    twice = sum(count > 1 for count in times.values())
    print(f"states: {states}; lost {len(lost)}, twice {twice}, uncertain {len(uncertain)} (at most {KILLS * HANDFUL})")
    return not lost and not twice and len(uncertain) <= KILLS * HANDFUL


@contextmanager
def _sink(taken: str) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.bench_outbox.sink", os.environ["SINK_PORT"], taken]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        if not process.stdout.readline():
            sys.exit("The mail server did not start.")
        try:
            yield
        finally:
            process.kill()


def _count(taken: str) -> int:
    path = Path(taken)
    return path.stat().st_size // _LINE if path.exists() else 0


def _all() -> list[object]:
    return list(Delivery.objects.values_list("pk", flat=True))


def _number(pk: object) -> str:
    return message_id("", str(pk)).partition(".")[0][1:]


_LINE = len(message_id("", "")) + 1
