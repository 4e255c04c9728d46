"""A province moves in: 94 communes, 1,200 chapters and 60 agencies and schools by file, its people by roster, and
three quarters of them with a dossier, made in bulk. Each as the site does it but the last."""

import resource
import sys
import time
from collections.abc import Callable, Iterator

import django

from tests.bench.server import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from django.utils import timezone  # noqa: E402

from intake import actions  # noqa: E402
from intake.models import Import  # noqa: E402
from intake.plan import Outcome  # noqa: E402
from membership.actions import load_units  # noqa: E402
from membership.models import Unit, UnitKind, User  # noqa: E402
from tests.bench_import.roster import carried_out, read, table  # noqa: E402
from tests.bench_province.dossiers import fill_dossiers  # noqa: E402

CHAPTERS, AGENCIES = 1200, 60
SECONDS, MEGABYTES = 600, 500


def fill(size: int) -> bool:
    """Whether each file was taken whole, within the time and memory that 400,000 people may take."""
    by = User.objects.create_superuser("bench", "bench@example.org", "not used")
    load_units(province="Đà Nẵng", by=by, at=timezone.now())
    is_whole = _brought_in("units", _units(), by) == CHAPTERS + AGENCIES
    chapters = Unit.objects.filter(kind=UnitKind.CHAPTER).order_by("path").values_list("code", flat=True)
    is_whole &= _brought_in("roster", table(size, list(chapters)), by) == size
    begin = time.perf_counter()
    made = fill_dossiers(size * 3 // 4, by)
    print(f"{made} dossiers made in bulk in {time.perf_counter() - begin:.0f} s", flush=True)
    return is_whole


def _brought_in(kind: str, content: bytes, by: User) -> int:
    """How many rows are new or may be somebody who came before."""
    batch, reading, cpu_reading = _timed(lambda: read(content, by, kind))
    planned = dict(batch.lines.counts())
    _batch, writing, cpu_writing = _timed(lambda: carried_out(batch, actions.order_import, by))
    print(
        f"{kind} {planned}: dry run {reading:.0f} s ({cpu_reading:.0f} s of our processor), carrying out {writing:.0f} "
        f"s ({cpu_writing:.0f}); at most {SECONDS} s each; memory at its highest {megabytes():.0f} MB (at most "
        f"{MEGABYTES})",
        flush=True,
    )
    assert max(reading, writing) <= SECONDS
    assert megabytes() <= MEGABYTES
    return sum(count for outcome, count in planned.items() if outcome in {Outcome.CREATE, Outcome.DOUBT})


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(work: Callable[[], Import]) -> tuple[Import, float, float]:
    begin, cpu = time.perf_counter(), time.process_time()
    return work(), time.perf_counter() - begin, time.process_time() - cpu


def _units() -> bytes:
    return "\n".join(["Mã;Tên;Loại;Mã đơn vị trên;Từ ngày", *_unit_lines()]).encode()


def _unit_lines() -> Iterator[str]:
    found = Unit.objects.filter(kind=UnitKind.ASSOCIATION, depth=3).order_by("path")
    associations = list(found.values_list("code", flat=True))
    for number in range(CHAPTERS):
        above = associations[number * len(associations) // CHAPTERS]
        yield f"{above}-CH{number};Chi hội khối phố {number};Chi hội;{above};01/07/2025"
    for number in range(AGENCIES):
        above, kind = associations[number % len(associations)], ("Cơ quan", "Trường học")[number % 2]
        yield f"{above}-CQ{number};{kind} số {number};{kind};{above};01/07/2025"


if __name__ == "__main__":
    sys.exit(0 if fill(int(sys.argv[1])) else 1)
