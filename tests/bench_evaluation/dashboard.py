"""The targets of a unit with those of the units beneath it, from counts that equal a full count."""

import datetime
import statistics
import time
import uuid
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.reporting.actions import count_year, follow_changes
from evaluation.reporting.figures import cutoff, topics_of
from evaluation.reporting.models import CountedYear
from evaluation.reporting.tallies import Tally, count, kept
from learning.evidence.models import Evidence
from membership.models import Role, Unit, UnitKind, User
from tests.bench_evaluation.officers import officer
from tests.bench_evaluation.population import FACTS

LIMIT_MS = 100
VIEWS = 15
CHANGED = 2_000


def dashboard(year: int, tell: Callable[[str], None]) -> float:
    """Median of the whole request, middleware and templates included, for the province and for one commune."""
    today = timezone.localdate()
    day = cutoff(year, today).day
    topics = topics_of(year, day)
    begin = time.monotonic()
    count_year(year=year, day=day, topics=topics)
    tell(f"roll-ups counted in full: {time.monotonic() - begin:.1f} s")
    province = Unit.objects.get(kind=UnitKind.PROVINCE)
    commune = Unit.objects.filter(kind=UnitKind.COMMUNE).order_by("pk").first()
    looking = officer("tinh-do", "Cán bộ Tỉnh Đo", Role.PROVINCE_OFFICER, province)
    worst = max(_told(looking, unit, year, "", tell) for unit in (province, commune))
    CountedYear.objects.filter(year=year).update(day=day - datetime.timedelta(days=1))
    worst = max(worst, _told(looking, province, year, " on a day not counted yet", tell))
    CountedYear.objects.filter(year=year).update(day=day)
    _change_something()
    _told(looking, province, year, f" with {CHANGED:,} people changed since", tell)
    equal = kept(province, year, day, topics) == _full(province, year, day, topics)
    assert equal, "the kept counts differ from a full count"
    follow_changes(days={year: day}, topics={year: topics})
    assert kept(province, year, day, topics) == _full(province, year, day, topics)
    tell("roll-ups equal a full count, before and after changes are taken up")
    return worst


def _told(looking: User, unit: Unit, year: int, when: str, tell: Callable[[str], None]) -> float:
    taken, cpu = _median_ms(looking, unit, year)
    tell(f"dashboard of {unit.name}{when}: {taken:.0f} ms, of them {cpu:.0f} CPU ms of ours ({LIMIT_MS} is the limit)")
    return taken


def _median_ms(looking: User, unit: Unit, year: int) -> tuple[float, float]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(looking)
    address = f"{reverse('reporting:targets', args=[unit.code])}?nam={year}"
    taken = []
    for _view in range(VIEWS):
        begin, cpu = time.monotonic(), time.process_time()
        answer = client.get(address)
        taken.append((1000 * (time.monotonic() - begin), 1000 * (time.process_time() - cpu)))
        assert answer.status_code == 200, answer.status_code
    whole, ours = zip(*taken[1:], strict=True)
    return statistics.median(whole), statistics.median(ours)


def _full(province: Unit, year: int, day, topics) -> dict[str, Tally]:
    return {path: tally for path, tally in count(province, year, day, topics).items() if tally != Tally()}


def _change_something() -> None:
    """New facts on the criteria for some people, past every action, as a bulk load leaves them."""
    rows = Evidence.objects.order_by("person_id")[: CHANGED * FACTS : FACTS]  # one of each person's
    Evidence.objects.bulk_create(
        Evidence(
            person_id=row.person_id, kind="course_completed", title="Tiêu chí", occurred_at=row.occurred_at,
            recorded_at=timezone.now(), topics=["tieu-chi-cong-dan-hoc-tap"], source="system",
            verification="server_marked", entered_by="own_account", source_key=f"bench:dashboard:{uuid.uuid4()}",
        )
        for row in rows
    )  # fmt: skip
