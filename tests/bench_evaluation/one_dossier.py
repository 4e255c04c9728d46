"""One dossier re-scored after one new piece of evidence: CPU of the process and of its database backend together."""

import datetime
import os
import statistics
import time
import uuid
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.utils import timezone

from evaluation.dossiers.actions import open_dossier
from evaluation.dossiers.models import Dossier, IndicatorScore
from evaluation.dossiers.tasks import rescore_dossier
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from membership.models import Membership, Person, Role, Unit, UnitKind
from tests.bench_evaluation.officers import officer

LIMIT_MS = 5
ROUNDS = 5
PEOPLE = 100


def one_dossier(year: int, tell: Callable[[str], None]) -> float:
    """Opens a hundred dossiers, then gives each one more fact, in turn; the median of the rounds is told."""
    dossiers = _opened(year)
    _rescore_all(dossiers)  # imports, plans and pages of the index are warm after this
    rounds = []
    for number in range(ROUNDS):
        _one_fact_more(dossiers, year, number)
        begin = _cpu()
        _rescore_all(dossiers)
        rounds.append(tuple(1000 * (now - then) / PEOPLE for now, then in zip(_cpu(), begin, strict=True)))
    process, database = (statistics.median(part) for part in zip(*rounds, strict=True))
    suggested = IndicatorScore.objects.filter(dossier__in=dossiers, suggested_points__gt=0).count()
    assert suggested, "nothing was suggested: nothing was measured"
    whole = process + database
    tell(
        f"one dossier re-scored after one new evidence: {whole:.1f} CPU ms ({process:.1f} in the worker, "
        f"{database:.1f} in the database; {LIMIT_MS} is the limit)"
    )
    return whole


def _opened(year: int) -> list[Dossier]:
    chapter = Unit.objects.filter(kind=UnitKind.CHAPTER).order_by("pk").first()
    assert chapter is not None
    opening = officer("can-bo-do", "Cán bộ Đo", Role.CHAPTER_OFFICER, chapter)
    keys = Membership.objects.filter(unit=chapter, role=Role.MEMBER).order_by("person").values("person")[:PEOPLE]
    people = list(Person.objects.filter(pk__in=keys))
    assert len(people) == PEOPLE
    return [open_dossier(person=person, year=year, by=opening, at=timezone.now()) for person in people]


def _one_fact_more(dossiers: list[Dossier], year: int, number: int) -> None:
    day = datetime.datetime(year, 3, 1 + number, 5, tzinfo=datetime.UTC)
    Evidence.objects.bulk_create(
        Evidence(
            person_id=dossier.person_id, kind=Kind.COURSE_COMPLETED, title="Một khóa nữa", occurred_at=day,
            recorded_at=timezone.now(), score=Decimal("0.9"), topics=["ky-nang-so"], page_key=uuid.uuid4(),
            source=Source.SYSTEM, verification=Verification.SERVER_MARKED, entered_by=EnteredBy.OWN_ACCOUNT,
            source_key=f"bench:one:{uuid.uuid4()}",
        )
        for dossier in dossiers
    )  # fmt: skip


def _rescore_all(dossiers: list[Dossier]) -> None:
    """As the task does it after ``evidence_recorded``."""
    for dossier in dossiers:
        rescore_dossier.func(dossier.person_id, dossier.year)


def _cpu() -> tuple[float, float]:
    """Seconds of this process, and of its backend where that runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    stat = Path(f"/proc/{pid}/stat")
    ticks = sum(int(field) for field in stat.read_text().rpartition(")")[2].split()[11:13]) if stat.exists() else 0
    return time.process_time(), ticks / os.sysconf("SC_CLK_TCK")
