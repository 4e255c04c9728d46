"""Two records of one person become one: their evidence follows."""

import datetime

from django.db import transaction
from wagtail.log_actions import log

from learning.evidence.actions.recording import carry_files, copy_of, write
from learning.evidence.models import Evidence
from membership.models import Person, User


@transaction.atomic
def supersede_onto(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Merging two records of one person: what stood on the duplicate stands on the one who stays. Idempotent."""
    moved = []
    for evidence in Evidence.objects.filter(person=duplicate).standing().order_by("pk"):
        fact = copy_of(evidence, person_id=into.pk, source_key=f"merged:{evidence.pk}:{into.pk}")
        standing, is_new = write(fact, at, evidence)
        if is_new:
            carry_files(evidence, standing)
        moved.append(standing)
    if moved:
        ids = [str(evidence.pk) for evidence in moved]
        log(instance=moved[0], action="evidence.merge", user=by, title=ids[0], data={"into": into.pk, "evidence": ids})
