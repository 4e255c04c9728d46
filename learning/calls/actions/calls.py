"""Calls, from the draft that nobody sees to the cancelled one that stays readable."""

import datetime
import uuid
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.calls import notices
from learning.calls.cohorts import taught_by
from learning.calls.models import OWN_LIST, Call, Called
from learning.calls.registries.destinations import DESTINATIONS
from membership.models import Person, Unit, User
from membership.policy import Action, require
from membership.querysets import PersonQuerySet
from membership.registries.groups import Chosen, people_of

State = Call.State
MOST_CALLED = 20_000
LONGEST = datetime.timedelta(days=2 * 366)


class Terms(NamedTuple):
    """What of a call may change once it is out."""

    first_day: datetime.date
    last_day: datetime.date
    reason: str = ""
    paper_number: str = ""


@transaction.atomic
def prepare(
    *, token: uuid.UUID, unit: Unit, kind: str, key: uuid.UUID, group: Chosen, terms: Terms, by: User,
    at: datetime.datetime, people: PersonQuerySet | None = None,
) -> Call:  # fmt: skip
    """A draft with whoever is of the group today; ``people``: who were chosen, of a list of one's own. ``token`` is
    made with the form: sent twice it is one call.

    Raises PermissionDenied; ValidationError where there is no such thing to learn, or nobody of the group, or who is of
    it is not for them to see there, or the days are no period.
    """
    require(by, Action.ORGANISE, unit)
    _demand_days(terms)
    title = dict(DESTINATIONS[kind].offered(by)).get(key) if kind in DESTINATIONS else None
    if title is None:
        raise ValidationError(_("What you would call people to is no longer there. Choose again."))
    values = {"unit": unit, "kind": kind, "key": key, "title": title, "group": group.group, "group_name": group.name,
              "made_by": by, "made_at": at, **terms._asdict()}  # fmt: skip
    call, is_new = Call.objects.get_or_create(pk=token, defaults=values)
    if is_new:
        day = timezone.localdate(at)
        added = _add(call, people_of(group.group, unit, day, by=by) if people is None else _here(unit, people, day))
        if not added and (people is not None or group.group != OWN_LIST):
            raise ValidationError(_("Nobody of this unit is in that group. Choose another one, or a wider unit."))
        _log(call, "prepare", by, at, group=group.group)
    return call


@transaction.atomic
def put_on(*, call: Call, by: User, at: datetime.datetime) -> int:
    """Adds whoever has come into its group since. How many are new."""
    standing = _held(call, by)
    return _put(standing, people_of(standing.group, standing.unit, timezone.localdate(at), by=by), by, at)


@transaction.atomic
def add_people(*, call: Call, people: PersonQuerySet, by: User, at: datetime.datetime) -> int:
    """Adds those of them who belong to its unit and about whom something may be written. How many are new."""
    standing = _held(call, by)
    return _put(standing, _here(standing.unit, people, timezone.localdate(at)), by, at)


@transaction.atomic
def leave_out(*, called: Called, by: User, at: datetime.datetime) -> None:
    """Takes one person off a call; what they have learnt stays theirs."""
    call = _held(called.call, by)
    if Called.objects.filter(pk=called.pk).delete()[0]:
        _log(call, "leave_out", by, at, person=called.person_id)


@transaction.atomic
def call_out(*, call: Call, by: User, at: datetime.datetime) -> None:
    """Those on it are called from now on. Pressed twice it is one call. Raises ValidationError where nobody is."""
    standing = _held(call, by)
    if standing.is_standing:
        return
    if not standing.people.exists():
        raise ValidationError(_("Nobody is on this call yet. Add people first."))
    standing.called_at = at
    _move(standing, State.CALLED, by, at)
    notices.given_a_class(call=standing, at=at)


@transaction.atomic
def change(*, call: Call, terms: Terms, by: User, at: datetime.datetime) -> None:
    """Other days, another reason or document. The same again changes nothing."""
    standing = _held(call, by)
    if Terms(standing.first_day, standing.last_day, standing.reason, standing.paper_number) == terms:
        return
    _demand_days(terms)
    for name, value in terms._asdict().items():
        setattr(standing, name, value)
    _move(standing, State.DRAFT if standing.is_draft else State.CHANGED, by, at)


@transaction.atomic
def cancel(*, call: Call, by: User, at: datetime.datetime) -> None:
    """Nobody is asked any more. It stays to be read. Idempotent."""
    standing = _held(call, by)
    if standing.state != State.CANCELLED:
        _move(standing, State.CANCELLED, by, at)


@transaction.atomic
def cancel_for(*, kind: str, key: uuid.UUID, by: User, at: datetime.datetime) -> None:
    """What people are called to does not take place: nobody is asked for it any more, whoever called them. Whether it
    takes place is for ``by`` to say, and asked where it is said. Idempotent."""
    for call in Call.objects.select_for_update().filter(kind=kind, key=key).exclude(state=State.CANCELLED):
        _move(call, State.CANCELLED, by, at)


@transaction.atomic
def extend(*, called: Called, until: datetime.date, why: str, by: User, at: datetime.datetime) -> None:
    """Gives one person longer, or until the day of all again: whoever calls, and who teaches the class.

    Raises PermissionDenied; ValidationError for a day before that of all, or one so late that who teaches the class
    would see its people for years.
    """
    call = _held(called.call, by, taught_too=True)
    if until < call.last_day:
        raise ValidationError(_("Longer means after %(day)s.") % {"day": f"{call.last_day:%d/%m/%Y}"})
    if until - call.first_day > LONGEST:
        raise ValidationError(_("That is more than two years. Check the year."))
    last_day = None if until == call.last_day else until
    rows = Called.objects.filter(pk=called.pk).exclude(last_day=last_day, why_longer=why)
    if rows.update(last_day=last_day, why_longer=why if last_day else ""):
        _log(call, "extend", by, at, person=called.person_id, until=until.isoformat())
        if call.is_standing:
            notices.extended(called=called, at=at)


def _held(call: Call, by: User, taught_too: bool = False) -> Call:
    """As it stands, held for this transaction. Raises PermissionDenied."""
    standing = Call.objects.select_for_update(of=("self",)).select_related("unit").get(pk=call.pk)
    if not (taught_too and taught_by(by, timezone.localdate()).filter(pk=standing.pk).exists()):
        require(by, Action.ORGANISE, standing.unit)
    return standing


def _move(call: Call, to: State, by: User, at: datetime.datetime) -> None:
    was_draft = call.is_draft
    if to not in Call.NEXT[State(call.state)]:
        raise ValidationError(_("A cancelled call is not changed any more. Make a new one."))
    call.state = to
    call.save()
    _log(call, str(to), by, at)
    if to != State.DRAFT and not (was_draft and to == State.CANCELLED):
        notices.told_to_all(call=call, at=at)


def _put(call: Call, people: PersonQuerySet, by: User, at: datetime.datetime) -> int:
    if call.state == State.CANCELLED:
        raise ValidationError(_("A cancelled call is not changed any more. Make a new one."))
    new = _add(call, people)
    if new:
        _log(call, "put_on", by, at, people=new)
        if call.is_standing:
            notices.called_too(call=call, at=at)
    return new


def _here(unit: Unit, people: PersonQuerySet, day: datetime.date) -> PersonQuerySet:
    here = Person.objects.belonging_below(unit, day).filter(withdrawn_at=None)
    return here.filter(pk__in=people.values("pk"))


def _add(call: Call, people: PersonQuerySet) -> int:
    before, keys = call.people.count(), list(people.values_list("pk", flat=True))
    if before + len(keys) > MOST_CALLED:
        raise ValidationError(
            _("That is more than %(most)s people. Call them unit by unit.") % {"most": f"{MOST_CALLED:,}"}
        )
    Called.objects.bulk_create([Called(call=call, person_id=key) for key in keys], ignore_conflicts=True)
    return call.people.count() - before


def _demand_days(terms: Terms) -> None:
    if terms.last_day < terms.first_day:
        raise ValidationError(_("The last day comes before the first."))


def _log(call: Call, name: str, by: User, at: datetime.datetime, **said: object) -> None:
    log(instance=call, action=f"calls.{name}", user=by, title=str(call.pk), data=said or None, timestamp=at)
