"""Reads and applies the file as the tasks do, and prints seconds, memory and the progress that a trainer would see."""

import resource
import sys
import threading
import time
from collections.abc import Callable

import django

from tests.bench.server import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from django.utils import timezone  # noqa: E402

from assessments.models import Question  # noqa: E402
from intake import actions, tasks  # noqa: E402
from intake.models import Import  # noqa: E402
from membership.models import User  # noqa: E402
from tests.bench_import.questions import gift  # noqa: E402
from training_materials.models import Topic  # noqa: E402
from work.progress import Progress, progress_of  # noqa: E402

SECONDS, MEGABYTES = 60, 300


def report(size: int) -> bool:
    """Whether the figures hold what is promised for 10,000."""
    trainer = User.objects.create_superuser("bench", "bench@example.org", "not used")
    topic = Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")
    content = gift(size)
    batch = actions.begin_import(
        kind="questions", name="bench.gift.txt", content=content, by=trainer, at=timezone.now(),
        details={"format": "gift", "topic": topic.pk, "difficulty": "easy"},
    )  # fmt: skip
    before = _megabytes()
    reading, seen_reading = _timed(batch, lambda: tasks.read.call(str(batch.pk)))
    actions.order_import(batch=batch, by=trainer, at=timezone.now())
    batch.refresh_from_db()
    writing, seen_writing = _timed(batch, lambda: tasks.carry_out.call(str(batch.pk)))
    made, peak = Question.objects.in_use().count(), _megabytes()
    print(f"{size} questions, {len(content) / 1e6:.1f} MB of GIFT, on SQLite")
    print(f"dry run {reading:.1f} s, import {writing:.1f} s, together {reading + writing:.1f} s (at most {SECONDS})")
    print(f"memory of the process at its highest {peak:.0f} MB (at most {MEGABYTES}), {before:.0f} MB before")
    print(f"progress told {len(seen_reading)} times while reading, {len(seen_writing)} times while importing")
    print(f"{made} questions in the bank")
    return made == size and reading + writing <= SECONDS and peak <= MEGABYTES and bool(seen_reading and seen_writing)


def _timed(batch: Import, work: Callable[[], None]) -> tuple[float, set[Progress]]:
    seen: set[Progress] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            seen.add(progress_of(batch.progress_name))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    return seconds, seen - {Progress()}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(0 if report(int(sys.argv[1])) else 1)
