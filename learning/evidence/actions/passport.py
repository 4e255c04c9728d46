"""The learning record that goes from site to site: what a person brings in, and their code of the national record."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from learning.evidence.actions.recording import copy_of, record_all, write
from learning.evidence.facts import SIGNED, Fact
from learning.evidence.models import EnteredBy, Evidence, NationalRecord, Source, Verification
from membership.models import Person, User
from membership.policy import require_consenting

_AT_ONCE = 100  # rows of a statement


@transaction.atomic
def bring_in(*, person: Person, facts: Sequence[dict[str, Any]], by: User, at: datetime.datetime) -> list[Evidence]:
    """What the person's own file says: their word, until an officer has seen more. Each fact bears the key by which it
    counts once, so the same file brought in twice is once.

    Raises PermissionDenied for another's record, RecordRefusedError where one of them stands on another record.
    """
    _require_own(person, by)
    require_consenting(person.pk)
    told = [
        Fact(
            person_id=person.pk, source=Source.SELF, verification=Verification.NONE,
            entered_by=EnteredBy.OWN_ACCOUNT, **fact,
        )
        for fact in facts
    ]  # fmt: skip
    rows = [row for part in _batched(told) for row in record_all(facts=part, at=at)]
    _contest([row.source_key for row in rows], at)
    if rows:
        ids = [str(row.pk) for row in rows]
        log(instance=person, action="evidence.bring_in", user=by, title=str(person.pk), data={"evidence": ids})
    return rows


@transaction.atomic
def keep_national_code(*, person: Person, code: str, by: User, at: datetime.datetime) -> None:
    """The code of the person's national learning record, where they give it; an empty one forgets it. Idempotent.

    Raises PermissionDenied for another's record.
    """
    _require_own(person, by)
    Person.objects.select_for_update().get(pk=person.pk)  # of two at once the later counts
    if code:
        require_consenting(person.pk)
    if code == NationalRecord.objects.code_of(person):
        return
    NationalRecord.objects.filter(person__in=Person.objects.records_of(person)).delete()
    if code:
        NationalRecord.objects.create(person=person, code=code, given_at=at)
    log(instance=person, action="evidence.national_code", user=by, title=str(person.pk), data={"is_given": bool(code)})


def _contest(keys: Sequence[str], at: datetime.datetime) -> None:
    """The unsigned copy that somebody else brought before says so too, unless an officer has judged it."""
    copied = [key.removesuffix(SIGNED) for key in keys if key.endswith(SIGNED)]
    unchecked = Evidence.objects.filter(superseded_by=None, verification=Verification.NONE)
    for copy in unchecked.filter(source_key__in=copied):
        marked = copy_of(copy, source_key=f"contested:{copy.pk}", details=copy.details | {"is_contested": True})
        write(marked, at, copy)


def _batched(facts: list[Fact]) -> list[list[Fact]]:
    return [facts[start : start + _AT_ONCE] for start in range(0, len(facts), _AT_ONCE)]


def _require_own(person: Person, by: User) -> None:
    if by.person_id != person.pk:
        raise PermissionDenied("only one's own record is taken along and brought in")
