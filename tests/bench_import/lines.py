"""A table of so many lines through the engine: read, looked at, carried out, undone; prints seconds and memory."""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO

import django

from tests.bench.server import ROOT

if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()

from django.utils import timezone
from openpyxl import Workbook

from intake import actions
from intake.kinds import KINDS
from intake.models import Import
from membership.models import User
from tests.intake.topics import Topics
from training_materials.models import Topic

SECONDS, MEGABYTES = 600, 700


class ManyTopics(Topics):
    key = "many-topics"
    chunk = 1000


def report(size: int, ending: str, content: bytes) -> bool:
    """Whether all lines came in, in the time and memory that 400,000 may take, and went out again."""
    KINDS[ManyTopics.key] = ManyTopics
    by = User.objects.create_superuser("bench", "bench@example.org", "not used")
    about = {"kind": ManyTopics.key, "name": f"bench.{ending}", "content": content}
    batch = actions.begin_import(**about, by=by, at=timezone.now())
    before = _megabytes()
    batch, reading = _timed(lambda: actions.read_import(batch=batch, by=by, at=timezone.now()))
    pages = [_timed(lambda after=after: batch.lines.for_page(50, after=after))[1] for after in (0, size - 50)]
    counting = _timed(batch.lines.counts)[1]
    actions.order_import(batch=batch, by=by, at=timezone.now())
    batch, writing = _timed(lambda: actions.carry_out(batch=batch, by=by, at=timezone.now()))
    made = Topic.objects.filter(slug__startswith="bench-").count()
    actions.order_undoing(batch=batch, by=by, at=timezone.now())
    batch, undoing = _timed(lambda: actions.carry_out(batch=batch, by=by, at=timezone.now()))
    left = Topic.objects.filter(slug__startswith="bench-").count()
    peak = _megabytes()
    print(f"{size} lines, {len(content) / 1e6:.1f} MB of .{ending}, on SQLite")
    print(f"dry run {reading:.0f} s, carrying out {writing:.0f} s, undoing {undoing:.0f} s (at most {SECONDS} each)")
    print(f"first page of lines {pages[0] * 1e3:.0f} ms, last {pages[1] * 1e3:.0f} ms, counts {counting * 1e3:.0f} ms")
    print(f"{time.process_time():.0f} s of a processor in all, start of the process included")
    print(f"memory of the process at its highest {peak:.0f} MB (at most {MEGABYTES}), {before:.0f} MB before")
    is_undone = batch.state == Import.State.UNDONE
    return (
        (made, left, is_undone) == (size, 0, True) and max(reading, writing, undoing) <= SECONDS and peak <= MEGABYTES
    )


def table(size: int, ending: str) -> bytes:
    """In names as long as people's, no two alike."""
    if ending == "csv":
        return "\n".join(",".join(row) for row in _rows(size)).encode()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in _rows(size):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(size: int) -> Iterator[tuple[str, str]]:
    yield "Mã", "Chủ đề"
    for number in range(size):
        yield f"bench-{number}", f"Nguyễn Thị Minh Khai {number * 7919 % size}"


def _timed(work: Callable[[], object]) -> tuple[object, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    asked = (int(sys.argv[1]), sys.argv[2])
    with multiprocessing.get_context("fork").Pool(1) as maker:  # its memory is its own
        made = maker.apply(table, asked)
    sys.exit(0 if report(*asked, made) else 1)
