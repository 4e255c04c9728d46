"""A commune's certificates in one file, as an officer gets it: asked for on the page, drawn by a worker, downloaded.

A process of its own, so that its memory is its own.
"""

import os
import re
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

NUMBER = 5000
LIMIT_SECONDS = 60


def certificates(tell: Callable[[str], None], number: int = NUMBER) -> float:
    from django.test import Client
    from django.urls import reverse

    decision, asking = _decision(number)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(asking)
    begin = time.monotonic()
    assert client.post(reverse("recognition:print", args=[decision.pk])).status_code == 302
    asked = time.monotonic() - begin
    seen = _watched(client, reverse("recognition:print_progress", args=[decision.pk]), lambda: _work(decision))
    drawn = time.monotonic() - begin
    answer = client.get(reverse("recognition:certificates", args=[decision.pk]))
    size = sum(len(part) for part in answer.streaming_content)
    seconds = time.monotonic() - begin
    assert size > number * 1000, "a file without its pages"
    tell(
        f"{number} certificates in one file: {seconds:.1f} s from asking to the last byte of {size / 1e6:.0f} MB "
        f"({LIMIT_SECONDS} is the limit), drawn after {drawn:.1f} s; asking took {1000 * asked:.0f} ms; "
        f"progress seen meanwhile: {', '.join(seen)}"
    )
    worker, drawing = (resource.getrusage(who).ru_maxrss / 1024
                       for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    tell(f"peak memory: {worker:.0f} MB in the worker, {drawing:.0f} MB in the process that draws")
    return seconds


def _work(decision) -> None:
    """What the worker does with the task that the page left."""
    from evaluation.recognition.models import PrintRun
    from evaluation.recognition.tasks import print_certificates

    [run] = PrintRun.objects.at_work().filter(decision=decision)
    print_certificates.func(run.pk)


def _watched(client, address: str, work: Callable[[], None]) -> list[str]:
    """What the page told of the work while it went on, each once, with the time it took to tell."""
    from django.db import connection

    seen: dict[str, float] = {}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            begin = time.monotonic()
            page = client.get(address, headers={"HX-Request": "true"}).content.decode()
            told = re.search('aria-label="([^"]+)"', page)
            seen.setdefault(told[1].partition(":")[0] if told else "", 1000 * (time.monotonic() - begin))
        connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    work()
    done.set()
    watcher.join()
    return [f"{state} (page in {taken:.0f} ms)" for state, taken in seen.items() if state]


def _decision(number: int):
    """Straight into the tables: what is measured is the printing."""
    from django.utils import timezone

    from evaluation.criteria.models import CriteriaSet
    from evaluation.dossiers.models import Dossier, ReviewChain
    from evaluation.recognition.models import Decision, Title
    from membership.models import Membership, Role, Unit, UnitKind
    from tests.bench_evaluation.officers import officer

    commune = Unit.objects.filter(kind=UnitKind.COMMUNE).order_by("pk").first()
    now = timezone.now()
    asking = officer("can-bo-in", "Cán bộ In", Role.COMMUNE_OFFICER, commune)
    decision = Decision.objects.create(
        unit=commune, year=2025, number=f"{now:%H%M%S}/QĐ-UBND", register_year=2026, signed_on=now.date(),
        signer_name="Đặng Thị Lan", signer_title="Chủ tịch", created_by=asking, created_at=now, issued_at=now,
        effective_at=now, way="former",
    )  # fmt: skip
    titled = Title.objects.filter(year=2025).values("person")
    people = Membership.objects.filter(role=Role.MEMBER).exclude(person__in=titled).order_by("person")
    some_set, chain = CriteriaSet.objects.exclude(group="").first(), ReviewChain.objects.first()
    dossiers = Dossier.objects.bulk_create(
        Dossier(person_id=person, unit_id=unit, year=2025, group="residents", criteria_set=some_set, chain=chain,
                state="recognised", opened_at=now, decided_at=now)
        for person, unit in people.values_list("person", "unit")[:number]
    )  # fmt: skip
    assert len(dossiers) == number, f"{len(dossiers)} people for {number} certificates"
    Title.objects.bulk_create(
        Title(decision=decision, dossier=dossier, unit_id=dossier.unit_id, person_id=dossier.person_id,
              identity_id=dossier.person_id, name=f"Người {place}", place="Chi hội",
              year=2025, total=85, number=f"{place:02d}-{decision.number}",
              code=f"{decision.pk:06d}{place:06d}")
        for place, dossier in enumerate(dossiers, start=1)
    )  # fmt: skip
    return decision, asking


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    import django

    django.setup()
    certificates(lambda line: print(line, flush=True), int(os.environ.get("NUMBER", NUMBER)))


if __name__ == "__main__":
    main()
