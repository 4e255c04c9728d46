"""How many evidence rows a second are sealed: the goal is 2,000.

On its own, on PostgreSQL: DATABASE_URL=postgres://… VAR_DIR=… python -m tests.bench_evaluation.sealing
"""

import datetime
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

GOAL = 2000


def sealing(tell: Callable[[str], None], rows: int = 20_000, person_id: int | None = None) -> float:
    """Writes rows that wait, seals them by the thousand, each batch durable; gives rows a second."""
    from learning.evidence.actions import seal
    from learning.evidence.models import Checkpoint

    _write(rows, person_id)
    begin, cpu = time.monotonic(), time.process_time()
    checkpoints = seal(at=datetime.datetime.now(datetime.UTC))
    seconds, cpu_seconds = time.monotonic() - begin, time.process_time() - cpu
    rate = rows / seconds
    tell(
        f"sealing: {rate:,.0f} evidence rows a second ({GOAL:,} is the goal), {len(checkpoints)} checkpoints, "
        f"{1000 * cpu_seconds / rows:.2f} CPU ms a row; {Checkpoint.objects.count()} checkpoints in all"
    )
    return rate


def proofs(tell: Callable[[str], None]) -> None:
    """One inclusion proof and one consistency proof."""
    from learning.evidence.ledger.log import consistency_proof, inclusion_proof
    from learning.evidence.models import Checkpoint, Evidence, Leaf

    rows = Evidence.objects.filter(
        pk__in=list(Leaf.objects.order_by("index").values_list("entry_id", flat=True)[500:520])
    )
    tell(f"inclusion proof: {_median_ms(inclusion_proof, rows):.1f} ms")
    pairs = [(Checkpoint.objects.get(number=1), newer) for newer in Checkpoint.objects.order_by("-number")[:10]]
    tell(f"consistency proof: {_median_ms(lambda pair: consistency_proof(*pair), pairs):.1f} ms")


def verification(tell: Callable[[str], None]) -> None:
    """The whole ledger, of a database in which every row was sealed."""
    from learning.evidence.ledger.inspection import inspect_ledger

    begin = time.monotonic()
    findings = inspect_ledger()
    rate = findings.entries / (time.monotonic() - begin)
    tell(f"ledger_verify: {rate:,.0f} entries a second, {len(findings.faults)} faults in {findings.entries:,} entries")


def _median_ms(call, things) -> float:
    taken = []
    for thing in things:
        begin = time.monotonic()
        call(thing)
        taken.append(1000 * (time.monotonic() - begin))
    return statistics.median(taken)


def _write(rows: int, person_id: int | None) -> None:
    """Straight into the tables: what is measured is the sealing."""
    from learning.evidence.ledger.queue import waiting
    from learning.evidence.models import Entry, Evidence, Unsealed
    from membership.models import Person
    from tests.factories.evidence import NOW
    from tests.factories.people import PersonFactory

    person = Person.objects.filter(pk=person_id).first() or Person.objects.first() or PersonFactory()
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)
    for first in range(0, rows, 5000):
        moments = [start + datetime.timedelta(milliseconds=number) for number in range(first, min(first + 5000, rows))]
        written = Evidence.objects.bulk_create(
            Evidence(
                person=person, kind="quiz_passed", title="Kiểm tra kỹ năng số", occurred_at=NOW, recorded_at=at,
                topics=["ky-nang-so"], source="system", verification="server_marked", entered_by="own_account",
                source_key=f"bench:{at.isoformat()}:{number}",
            )
            for number, at in enumerate(moments)
        )  # fmt: skip
        Unsealed.objects.bulk_create(waiting(row.pk, Entry.EVIDENCE, row.recorded_at) for row in written)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for _round in range(3):
        sealing(print)
    proofs(print)
    verification(print)


if __name__ == "__main__":
    main()
