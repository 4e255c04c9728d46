"""A roster of so many people through dry run, carrying out, the same list again and undoing; seconds and memory."""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import django

from tests.bench.server import ROOT

if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()

from django.db import connection
from django.utils import timezone

from intake import actions
from intake.models import Import
from membership.actions import load_units
from membership.models import Person, Unit, UnitKind, User

SECONDS, MEGABYTES = 600, 500
# Surnames and middle names by how often they are met, and given names enough for a province.
_SURNAMES = ["Nguyễn"] * 38 + ["Trần"] * 12 + ["Lê"] * 10 + ["Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi"] * 5
_MIDDLE = ["Thị"] * 40 + ["Văn"] * 30 + ["Đình", "Thị Minh", "Thị Thu", "Quang", "Hữu", "Ngọc"] * 5
_GIVEN = (
    "An Ánh Bình Chi Cường Dũng Đạt Giang Hà Hải Hạnh Hằng Hiền Hoa Hòa Hùng Hương Khánh Lan Linh Long Mai Minh Nam Nga"
    " Ngọc Nhung Phong Phúc Phương Quân Quỳnh Sơn Tâm Thảo Thắng Thủy Thúy Trang Trung Tuấn Tùng Vân Vinh Yến"
)


def report(size: int) -> bool:
    """Whether it kept to the time and memory that 400,000 people may take, and left no one twice."""
    by = User.objects.create_superuser("bench", "bench@example.org", "not used")
    load_units(province="Đà Nẵng", by=by, at=timezone.now())
    batch, reading = _timed(lambda: read(table(size, _associations()), by))
    planned, before = dict(batch.lines.counts()), Person.objects.count()
    batch, writing = _timed(lambda: carried_out(batch, actions.order_import, by))
    again, reading_again = _timed(lambda: read(table(size, _associations()), by))
    batch, undoing = _timed(lambda: carried_out(batch, actions.order_undoing, by))
    seconds = (reading, writing, reading_again, undoing)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size} people on {connection.vendor}: dry run {planned}, the same list again {again.lines.counts()}")
    told = "dry run {:.0f} s, carrying out {:.0f} s, dry run again {:.0f} s, undoing {:.0f} s".format(*seconds)
    print(f"{told} (at most {SECONDS} each); memory at its highest {peak:.0f} MB (at most {MEGABYTES})")
    is_undone = batch.state == Import.State.UNDONE and Person.objects.count() == before
    is_whole = is_undone and set(again.lines.counts()) <= {"same", "doubt"}
    return is_whole and max(seconds) <= SECONDS and peak <= MEGABYTES


def carried_out(batch: Import, order: Callable[..., Import], by: User) -> Import:
    order(batch=batch, by=by, at=timezone.now())
    return actions.carry_out(batch=batch, by=by, at=timezone.now())


def read(content: bytes, by: User, kind: str = "roster") -> Import:
    province = Unit.objects.on(timezone.localdate()).get(kind=UnitKind.PROVINCE)
    details = {"unit": province.pk, "is_complete": False} if kind == "roster" else {}
    batch = actions.begin_import(
        kind=kind, name="bench.csv", content=content, details=details, by=by, at=timezone.now()
    )
    return actions.read_import(batch=batch, by=by, at=timezone.now())


def table(size: int, units: Sequence[str]) -> bytes:
    """So many people of the units, by code, as a .csv."""
    return "\n".join(["Họ và tên;Ngày sinh;Năm sinh;Mã đơn vị;Điện thoại;Căn cước", *_lines(size, units)]).encode()


def _associations() -> list[str]:
    associations = Unit.objects.filter(kind=UnitKind.ASSOCIATION, depth=3).order_by("path")
    return list(associations.values_list("code", flat=True))


def _lines(size: int, units: Sequence[str]) -> Iterator[str]:
    """By commune, as a province's list comes together; the day is known of half of them, the citizen ID of a fifth."""
    chance, given = random.Random(15), _GIVEN.split()
    for number in range(size):
        name = f"{chance.choice(_SURNAMES)} {chance.choice(_MIDDLE)} {chance.choice(given)}"
        year, day = chance.randint(1940, 1999), f"{chance.randint(1, 28)}/{chance.randint(1, 12)}"
        born = f"{day}/{year};" if number % 2 else f";{year}"
        citizen_id = f"0490{year % 100:02d}{number % 1_000_000:06d}" if number % 5 == 0 else ""
        unit = units[number * len(units) // size]
        yield f"{name};{born};{unit};09{number % 100_000_000:08d};{citizen_id}"


def _timed(work: Callable[[], Import]) -> tuple[Import, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(0 if report(int(sys.argv[1])) else 1)
