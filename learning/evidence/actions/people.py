"""Evidence of two records that become one, and of a person who is erased: their content leaves the ledger, the sealed
leaves stay, and an entry of the log says which are now empty."""

import datetime
from dataclasses import replace
from functools import partial
from uuid import UUID

import uuid_utils.compat as uuid7
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.evidence.actions.queueing import await_sealing, hold_log
from learning.evidence.actions.recording import carry_files, copy_of, write
from learning.evidence.facts import MOVED_TO, Fact
from learning.evidence.kinds import WITHDRAWAL, Kind
from learning.evidence.ledger.queue import waiting
from learning.evidence.models import (
    EnteredBy,
    Entry,
    Erasure,
    ErasureOrder,
    Evidence,
    EvidenceFile,
    Leaf,
    NationalRecord,
    Salt,
    Source,
    Unsealed,
    Verification,
    private_storage,
)
from learning.evidence.seals import MERGE, ORDER
from membership.models import Person, User
from membership.policy import Action, require_over

# Under which names ``details`` hold the account of the officer who vouches.
_VOUCHED_BY = ("confirmed_by", "observed_by", "noted_by")


@transaction.atomic
def supersede_onto(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Merging two records of one person: what stood on the duplicate stands on the one who stays. Idempotent.

    What the person themselves, as an officer, saw or noted for the other record is their own word from now on, on
    both records. What stood on both, as having been at one session, counts once: the other is taken back.
    """
    own = set(User.objects.filter(person__in=[duplicate, into]).values_list("pk", flat=True))
    standing_on_both = list(Evidence.objects.filter(person__in=[duplicate, into]).standing().order_by("pk"))
    second = _told_twice(standing_on_both, into, own)
    moved = []
    for evidence in standing_on_both:
        is_own_word = _is_vouched_for_by(own, evidence)
        if evidence.person_id == into.pk and not is_own_word and evidence.pk not in second:
            continue
        fact = copy_of(evidence, person_id=into.pk, source_key=_key_on(evidence, into))
        if evidence.pk in second:
            fact = replace(fact, kind=WITHDRAWAL, details={"reason": _("It stood on two records of one person.")})
        elif is_own_word:
            fact = _declared(fact)
        standing, is_new = write(fact, at, evidence)
        if is_new:
            carry_files(evidence, standing)
        moved.append(standing)
    if moved:
        ids = [str(evidence.pk) for evidence in moved]
        log(instance=moved[0], action="evidence.merge", user=by, title=ids[0], data={"into": into.pk, "evidence": ids})


def _key_on(evidence: Evidence, into: Person) -> str:
    """It begins as the key under which the fact was first told: what looks for that finds it through any merge."""
    key = evidence.source_key
    return f"{key if evidence.person_id == into.pk else key.partition(MOVED_TO)[0]}{MOVED_TO}{into.pk}"


def _is_vouched_for_by(accounts: set[int], evidence: Evidence) -> bool:
    return any(evidence.details.get(name) in accounts for name in _VOUCHED_BY)


def _told_twice(standing: list[Evidence], into: Person, own: set[int]) -> set[UUID]:
    """Of what happened once and stands on both records, that which is vouched for less; else the duplicate's. What an
    account of the person's ``own`` vouches for is their word alone."""

    def rank(row: Evidence) -> tuple[bool, bool, bool]:
        is_own = row.is_own_word or _is_vouched_for_by(own, row)
        return is_own, row.verification == Verification.NONE, row.person_id != into.pk

    kept: dict[tuple[str, str], Evidence] = {}
    second: set[UUID] = set()
    for evidence in sorted(standing, key=rank):
        happening = _happening(evidence)
        if happening and kept.setdefault(happening, evidence).person_id != evidence.person_id:
            second.add(evidence.pk)
    return second


def _happening(evidence: Evidence) -> tuple[str, str] | None:
    if evidence.kind == Kind.ATTENDANCE and "session" in evidence.details:
        return evidence.kind, evidence.details["session"]
    if evidence.kind == Kind.COURSE_COMPLETED and evidence.page_key:
        return evidence.kind, str(evidence.page_key)
    return None


def _declared(fact: Fact) -> Fact:
    """Said by the person alone."""
    details = {name: value for name, value in fact.details.items() if name not in _VOUCHED_BY}
    return replace(
        fact,
        kind=Kind.DECLARATION if fact.kind == Kind.OBSERVATION else fact.kind,
        details=details | ({"how": "self"} if fact.kind == Kind.ATTENDANCE else {}),
        source=Source.SELF,
        verification=Verification.NONE,
        entered_by=EnteredBy.OWN_ACCOUNT,
    )


def seal_merge(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """That the records are one person's, also those that pointed to the duplicate and now point on."""
    pointing = Person.objects.filter(merged_into=duplicate).values_list("pk", flat=True)
    await_sealing(kind=MERGE.key, rows=[duplicate.pk, *pointing], at=at)


@transaction.atomic
def erase(*, person: Person, by: User, at: datetime.datetime) -> int:
    """Deletes the person's evidence and files, also those of records merged into theirs; gives how many rows.

    The orders that it writes are what the database's triggers ask for. Run twice it finds nothing left. Called for
    oneself or by who manages the person; ``membership.actions.erase_person`` is where an erasure begins.
    """
    if by.person_id != person.pk:
        require_over(by, Action.MANAGE_PEOPLE, person, timezone.localdate(at))
    people = _same_person(person)
    hold_log()
    _order(people, by, at)
    _delete_files(people)
    NationalRecord.objects.filter(person__in=people).delete()
    keys = _delete_rows(people)
    _empty_leaves(keys, at)
    log(instance=person, action="evidence.erase", user=by, title=str(person.pk), data={"rows": len(keys)})
    return len(keys)


def _order(people: list[Person], by: User, at: datetime.datetime) -> None:
    """What the triggers ask for, sealed: a removal that only looks like an erasure has none."""
    said = {"ordered_at": at, "ordered_by": by}
    orders = [ErasureOrder.objects.get_or_create(person=one, defaults=said) for one in people]
    await_sealing(kind=ORDER.key, rows=[order.pk for order, is_new in orders if is_new], at=at)


def _delete_files(people: list[Person]) -> None:
    files = EvidenceFile.objects.filter(evidence__person__in=people)
    names = set(files.values_list("file", flat=True))
    files.delete()
    transaction.on_commit(partial(_delete_stored, names))


def _delete_rows(people: list[Person]) -> list[UUID]:
    """From the latest row back, since each holds the one before it; gives the keys of all."""
    keys: list[UUID] = []
    while latest := list(Evidence.objects.filter(person__in=people, superseded_by=None).values_list("pk", flat=True)):
        Evidence.objects.filter(pk__in=latest).delete()
        keys += latest
    return keys


def _empty_leaves(keys: list[UUID], at: datetime.datetime) -> None:
    """Content that was never sealed leaves no trace; for what was, the salts go and an entry names the leaves."""
    Unsealed.objects.filter(entry_id__in=keys).delete()
    leaves = sorted(Leaf.objects.filter(entry_id__in=keys).values_list("index", flat=True))
    if not leaves:
        return
    Salt.objects.filter(entry_id__in=keys).delete()
    erasure = Erasure.objects.create(id=uuid7.uuid7(), recorded_at=at, leaves=leaves)
    waiting(erasure.pk, Entry.ERASURE, at).save(force_insert=True)


def _delete_stored(names: set[str]) -> None:
    for name in names:
        private_storage().delete(name)


def _same_person(person: Person) -> list[Person]:
    """The person and every record merged into theirs."""
    people, found = [person], [person]
    while found:
        found = list(Person.objects.filter(merged_into__in=found))
        people += found
    return people
