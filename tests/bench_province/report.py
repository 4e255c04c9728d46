"""What its people wait for in a province of that size: each page alone, all of them at half of what the site can do,
and once more while a roster is read and carried out beside it."""

import subprocess
import sys
import time

import django

from tests.bench.server import ROOT, Server

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from membership.likeness.everybody import search_all  # noqa: E402
from membership.models import Role, Unit, UnitKind  # noqa: E402
from tests.bench.learners import session_of  # noqa: E402
from tests.bench_evaluation.officers import officer  # noqa: E402
from tests.bench_province.filling import megabytes  # noqa: E402
from tests.bench_province.open_load import Page, capacity, p95, waits  # noqa: E402

SECONDS = 60
AT_MOST_TIMES = 1.5
LOOKED_THROUGH = (600, 700)  # seconds and megabytes that looking for doubles may take


def report(server: Server, size: int) -> bool:
    pages = _pages()
    for page in pages:
        waits([page], 2, 2)  # what is read once for all is read
        alone = waits([page], 3, 8)[page.name]
        print(f"{page.name:44} alone: p95 {p95(alone):6.0f} ms", flush=True)
    possible = capacity(pages)
    print(f"capacity with 2 workers: {possible:.1f} requests a second; offered: half of it", flush=True)
    quiet = _all(waits(pages, possible / 2, SECONDS))
    roster = subprocess.Popen([sys.executable, "-m", "tests.bench_province.another_roster", str(size // 4)], cwd=ROOT)
    busy = _all(waits(pages, possible / 2, SECONDS))
    beside = "went on all the while" if roster.poll() is None else "was done before"
    print(f"all: p95 {quiet:.0f} ms, beside a roster {busy:.0f} ms: {busy / quiet:.2f} times (at most "
          f"{AT_MOST_TIMES}); the roster {beside}", flush=True)  # fmt: skip
    roster.wait()
    return _doubles() & (busy <= AT_MOST_TIMES * quiet) & (roster.returncode == 0)


def _all(found: dict[str, list[float]]) -> float:
    for name, taken in found.items():
        print(f"  {name:42} p95 {p95(taken):6.0f} ms of {len(taken)}", flush=True)
    return p95([wait for taken in found.values() for wait in taken])


def _doubles() -> bool:
    begin, before = time.perf_counter(), megabytes()
    found = len(search_all(timezone.localdate()))
    seconds, peak = time.perf_counter() - begin, megabytes()
    print(f"doubles looked for among all: {found} candidates in {seconds:.0f} s (at most {LOOKED_THROUGH[0]}), "
          f"{peak:.0f} MB at the highest, {before:.0f} before (at most {LOOKED_THROUGH[1]})")  # fmt: skip
    return seconds <= LOOKED_THROUGH[0] and peak <= LOOKED_THROUGH[1]


def _pages() -> list[Page]:
    year = timezone.localdate().year
    province = Unit.objects.on(timezone.localdate()).get(kind=UnitKind.PROVINCE)
    chapter = Unit.objects.filter(kind=UnitKind.CHAPTER).order_by("path")[0]
    association, commune = Unit.objects.get(path=chapter.path[:-4]), Unit.objects.get(path=chapter.path[:-8])
    high, middle, low, recogniser = (
        session_of(officer(name, f"Cán bộ Đo {name}", role, unit))
        for name, role, unit in (
            ("tinh", Role.PROVINCE_OFFICER, province), ("xa", Role.COMMUNE_OFFICER, association),
            ("chi-hoi", Role.CHAPTER_OFFICER, chapter), ("uy-ban", Role.RECOGNISER, commune),
        )
    )  # fmt: skip
    targets, trained = (lambda unit: reverse("reporting:targets", args=[unit.code])), "reporting:trained"
    return [
        Page("home, a visitor", "/", ""),
        Page("targets of the province", targets(province), high),
        Page("targets of a commune", targets(association), middle),
        Page("who has been trained, province", reverse(trained, args=[province.code]), high),
        Page("who has been trained, commune", reverse(trained, args=[association.code]), middle),
        Page("dossiers that wait, chapter", reverse("dossiers:queue"), low),
        Page("dossiers that wait, commune", reverse("dossiers:queue"), middle),
        Page("decisions of the commune", reverse("recognition:decisions"), recogniser),
        Page("report of the province", reverse("reporting:report", args=[year, province.code]), high),
        Page("people, by name, province", "/quan-tri/people/?q=Nguy%E1%BB%85n+V%C4%83n+Nam", high),
        Page("slips of a chapter", reverse("membership:slip_people"), low),
        Page("own page", reverse("dossiers:mine"), low),
    ]
