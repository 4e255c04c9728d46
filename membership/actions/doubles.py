"""Records that may be one person's: found, told apart, asked of others; merging is in ``records``."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.card_numbers import without_card_numbers
from interface.vietnamese import nfc
from membership.likeness.everybody import search_all
from membership.likeness.weighing import Candidate
from membership.models import Person, PossibleDouble, User
from membership.policy import Action, may_over, require_over

_HELD_AT_ONCE = 500


def find_doubles(*, at: datetime.datetime) -> int:
    """Looks through everybody and keeps who may be one person; tells how many pairs wait. What was decided of a pair
    stays; a pair that waits and reminds no more, as after a correction, is forgotten."""
    found = {_in_order(candidate): candidate for candidate in search_all(timezone.localdate(at))}
    with transaction.atomic():
        standing = _still_on_record({key for pair in found for key in pair})
        found = {pair: candidate for pair, candidate in found.items() if standing.issuperset(pair)}
        known = {(row.one_id, row.other_id): row for row in PossibleDouble.objects.select_for_update()}
        fallen = [row.pk for pair, row in known.items() if pair not in found and row.state == PossibleDouble.State.OPEN]
        PossibleDouble.objects.filter(pk__in=fallen).delete()
        told = [_told(known.get(pair), pair, candidate, at) for pair, candidate in found.items()]
        PossibleDouble.objects.bulk_update([row for row in told if row.pk], ["probability", "reasons"], batch_size=500)
        PossibleDouble.objects.bulk_create([row for row in told if not row.pk], batch_size=500)
    return PossibleDouble.objects.waiting().count()


@transaction.atomic
def keep_apart(*, pair: PossibleDouble, by: User, at: datetime.datetime) -> None:
    """They are two people: nobody is asked of them again. Idempotent.

    Raises PermissionDenied, and ValidationError for a pair that was merged meanwhile or of whom one is oneself.
    """
    current = _held(pair, by)
    for person in (current.one, current.other):
        require_over(by, Action.MANAGE_PEOPLE, person, timezone.localdate(at))
    if current.state != PossibleDouble.State.APART:
        _settle(current, PossibleDouble.State.APART, by, at)
        log(instance=current, action="membership.keep_apart", user=by, title=str(current))


@transaction.atomic
def ask_about(*, pair: PossibleDouble, note: str, by: User, at: datetime.datetime) -> None:
    """Leaves the pair to whoever manages the other record, with what to look into, beneath what was asked before; it
    stays in both queues. Raises as ``keep_apart`` does."""
    current = _held(pair, by)
    _require_over_either(current, by, at)
    asked = without_card_numbers(nfc(note))
    if not asked:
        raise ValidationError({"note": _("Write what the other officer should find out.")})
    if not f"\n{current.note}".endswith(f"\n{asked}"):
        current.note = _joined(current.note, asked)
    current.save(update_fields=["note"])
    _settle(current, PossibleDouble.State.ASKED, by, at)
    log(instance=current, action="membership.ask_about", user=by, title=str(current))


def settle_merged(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """Part of merging two records: their pair is settled, and what was decided or asked of others beside the one is so
    beside the other."""
    pairs = PossibleDouble.objects.of_people([duplicate.pk])
    for pair in pairs.filter(Q(one=into) | Q(other=into)):
        _settle(pair, PossibleDouble.State.MERGED, by, at)
    pairs.filter(state=PossibleDouble.State.OPEN).delete()
    for pair in pairs.filter(state__in=[PossibleDouble.State.APART, PossibleDouble.State.ASKED]):
        _carry_on(pair, duplicate, into)


def _carry_on(pair: PossibleDouble, duplicate: Person, into: Person) -> None:
    """Of a pair that stands for the other record already, what says more stays: apart, then asked."""
    beside = pair.other_id if pair.one_id == duplicate.pk else pair.one_id
    pair.one_id, pair.other_id = sorted((into.pk, beside))
    known = PossibleDouble.objects.filter(one=pair.one_id, other=pair.other_id).first()
    if known is not None and known.state == PossibleDouble.State.APART:
        pair.delete()
        return
    if known is not None:
        pair.note = _joined(known.note, pair.note)
        known.delete()
    pair.save(update_fields=["one", "other", "note"])


def _joined(before: str, note: str) -> str:
    return f"{before}\n{note}".strip()


def _still_on_record(keys: Iterable[int]) -> set[int]:
    """Of people who were found some minutes ago; held against merging and erasing until the transaction ends, and not
    against rows about them that come in meanwhile.
    """
    ordered = sorted(keys)
    standing: set[int] = set()
    people = Person.objects.on_record().select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    for start in range(0, len(ordered), _HELD_AT_ONCE):
        standing.update(people.filter(pk__in=ordered[start : start + _HELD_AT_ONCE]))
    return standing


def _in_order(candidate: Candidate) -> tuple[int, int]:
    return min(candidate.one, candidate.other), max(candidate.one, candidate.other)


def _told(
    row: PossibleDouble | None, pair: tuple[int, int], candidate: Candidate, at: datetime.datetime
) -> PossibleDouble:
    row = row or PossibleDouble(one_id=pair[0], other_id=pair[1], found_at=at)
    row.probability, row.reasons = candidate.likeness.probability, list(candidate.likeness.reasons)
    return row


def _held(pair: PossibleDouble, by: User) -> PossibleDouble:
    """Raises ValidationError where it was settled for good meanwhile, and for the two themselves."""
    rows = PossibleDouble.objects.select_for_update(of=("self",)).select_related("one", "other")
    current = rows.get(pk=pair.pk)
    if current.state == PossibleDouble.State.MERGED:
        raise ValidationError(_("These records were merged meanwhile."))
    if by.person_id in {current.one_id, current.other_id}:
        raise ValidationError(_("One of these records is your own: ask another officer to decide."))
    return current


def _require_over_either(pair: PossibleDouble, by: User, at: datetime.datetime) -> None:
    day = timezone.localdate(at)
    if not may_over(by, Action.MANAGE_PEOPLE, pair.one, day):
        require_over(by, Action.MANAGE_PEOPLE, pair.other, day)


def _settle(pair: PossibleDouble, state: PossibleDouble.State, by: User, at: datetime.datetime) -> None:
    pair.state, pair.settled_by, pair.settled_at = state, by, at
    pair.save(update_fields=["state", "settled_by", "settled_at"])
