"""How many conclusions a second are taken up and sealed: reviews, decided dossiers, decisions and titles, each as the
site's own actions leave one. On a PostgreSQL of its own: python -m tests.bench_evaluation.conclusions
"""

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

from tests.bench.__main__ import environment_for
from tests.bench.postgres import throwaway_postgres
from tests.bench.server import ROOT

SIZE = int(os.environ.get("SIZE", "20000"))
FACTS = 10  # behind each dossier
ON_A_DECISION = 250
_EACH = 5  # rows of one person: three reviews, the dossier, the title


def conclusions(tell: Callable[[str], None], size: int = SIZE) -> None:
    from learning.evidence.actions import begin_sealing, seal

    _multiply(_title(), size // _EACH)
    now = datetime.datetime.now(datetime.UTC)
    taken = _timed(tell, "taking up what stood before", lambda: begin_sealing(at=now))
    assert taken >= size
    _timed(tell, "sealing it", lambda: seal(at=now)[-1].size)
    _timed(tell, "ledger_verify", _verified)


def _timed(tell: Callable[[str], None], what: str, work: Callable[[], int]) -> int:
    begin, cpu = time.monotonic(), time.process_time()
    rows = work()
    seconds, cpu_seconds = time.monotonic() - begin, time.process_time() - cpu
    tell(f"{what}: {rows:,} entries in {seconds:.1f} s, {rows / seconds:,.0f} a second, "
         f"{1000 * cpu_seconds / rows:.2f} CPU ms each")  # fmt: skip
    return rows


def _verified() -> int:
    from learning.evidence.ledger.inspection import inspect_ledger

    findings = inspect_ledger()
    assert not findings.faults, findings.faults[:5]
    return findings.entries


def _title():
    """One person's, by way of everything before it."""
    from learning.evidence.actions import record
    from tests.factories.evaluation import AT, sample_criteria
    from tests.factories.evidence import a_fact
    from tests.factories.people import standing_people
    from tests.factories.recognition import title_of

    standing = standing_people()
    sample_criteria()
    for number in range(FACTS):
        record(fact=a_fact(standing.an.person, title=f"Một điều đã học, số {number}"), by=None, at=AT)
    return title_of(standing.an, standing)


def _multiply(title, count: int) -> None:
    """The same for so many people more, straight into the tables: what is measured is the sealing."""
    from evaluation.dossiers.models import Dossier, Review
    from evaluation.recognition.models import Decision, DecisionLine, Title
    from membership.models import Person
    from tests.factories.people import PersonFactory

    people = Person.objects.bulk_create(PersonFactory.build_batch(count))
    reviews, line = list(title.dossier.reviews.all()), title.decision.lines.get()
    for first in range(0, count, ON_A_DECISION):
        decision = Decision.objects.bulk_create([_like(title.decision, number=f"{first}/QĐ-ĐO")])[0]
        several = people[first : first + ON_A_DECISION]
        dossiers = Dossier.objects.bulk_create(_like(title.dossier, person_id=person.pk) for person in several)
        Review.objects.bulk_create(_like(review, dossier_id=row.pk) for row in dossiers for review in reviews)
        same = {"decision_id": decision.pk}
        DecisionLine.objects.bulk_create(_like(line, dossier_id=row.pk, **same) for row in dossiers)
        Title.objects.bulk_create(
            _like(title, dossier_id=row.pk, person_id=row.person_id, identity_id=row.person_id,
                  number=f"{row.pk}", code=f"DO{row.pk:010}", **same)
            for row in dossiers
        )  # fmt: skip


def _like(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**(values | changes | {row._meta.pk.attname: None}))


def main() -> None:
    with throwaway_postgres() as database, TemporaryDirectory() as var:
        os.environ.update(environment_for(database, var))
        subprocess.run([sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"], check=True)
        sys.path.insert(0, str(ROOT / "site"))
        import django  # starts after the database is known

        django.setup()
        conclusions(lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
