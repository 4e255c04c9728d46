"""Registering to strive for the title, taking it back, and what becomes of it with a record."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.registrations import notices
from evaluation.registrations.models import Registration, open_years
from evaluation.registrations.querysets import people_to_register
from membership.belonging import group_of, unit_of
from membership.models import Person, User
from membership.querysets import PersonQuerySet
from membership.writing import has_withdrawn, withdrawn_among

Way = Registration.Way


@transaction.atomic
def register(*, person: Person, year: int, by: User, at: datetime.datetime) -> Registration:
    """The person's own word. Idempotent: who is registered already stays as they are.

    Raises PermissionDenied to anybody else; ValidationError for a year that is not open, for somebody who belongs
    nowhere, or who withdrew their consent.
    """
    if by.person_id != person.pk:
        raise PermissionDenied(_("Only the person registers here; an officer notes it in the list of their unit."))
    today = _day_in(year, at)
    if has_withdrawn(person.pk):
        raise ValidationError(_("You withdrew your consent: nothing is written about you."))
    unit = unit_of(person, today)
    if unit is None:
        raise ValidationError(_("You belong to no unit. Ask your chapter or commune association to add you."))
    values = {"unit": unit, "group": group_of(person, today), "way": Way.PAGE, "registered_at": at}
    registration, is_new = Registration.objects.get_or_create(person=person, year=year, defaults=values)
    if is_new:
        log(instance=registration, action="registrations.register", user=by, data={"person": person.pk, "year": year})
    return registration


@transaction.atomic
def note(*, people: PersonQuerySet, year: int, way: str, by: User, at: datetime.datetime) -> list[int]:
    """What people said on paper or to an officer, for those within the officer's reach; the keys of those who are new.
    Nobody notes themselves, and about who withdrew their consent nothing is written. Idempotent; one entry in the log.
    """
    today = _day_in(year, at)
    reached = people_to_register(by, year, today).filter(pk__in=people.values("pk"), registration=None)
    rows = list(reached.filter(withdrawn_at=None, home_unit_id__isnull=False).exclude(pk=by.person_id))
    gone = withdrawn_among([person.pk for person in rows])
    new = [
        Registration(person=person, year=year, unit_id=person.home_unit_id, way=Way(way), registered_at=at,
                     group=person.target_group, noted_by=by)
        for person in rows
        if person.pk not in gone
    ]  # fmt: skip
    Registration.objects.bulk_create(new, ignore_conflicts=True)
    told = [row.person_id for row in new]
    if told:
        first = Registration.objects.filter(person__in=told, year=year).order_by("pk")[0]
        log(instance=first, action="registrations.note", user=by, data={"people": told, "year": year, "way": way})
        notices.noted(people=told, year=year, by=by, at=at)
    return told


@transaction.atomic
def take_back(*, registration: Registration, by: User, at: datetime.datetime) -> None:
    """By the person; or, what an officer noted, by an officer who could. A second time nothing happens. A dossier of
    the year stays. Raises PermissionDenied, and ValidationError once the year is over."""
    _day_in(registration.year, at)
    is_own = by.person_id == registration.person_id
    if not is_own and (registration.is_own or not _reaches(by, registration, timezone.localdate(at))):
        raise PermissionDenied(_("Only the person takes back what they registered themselves."))
    data = {"person": registration.person_id, "year": registration.year, "way": registration.way}
    if Registration.objects.filter(pk=registration.pk).delete()[0]:
        title = str(registration)
        log(instance=registration, action="registrations.take_back", user=by, title=title, data=data)


def move_registrations(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Part of merging two records of one person: of two registrations for one year the earlier one counts."""
    held = {row.year: row for row in Registration.objects.filter(person=into)}
    for moving in Registration.objects.filter(person=duplicate):
        standing = held.get(moving.year)
        if standing and standing.registered_at <= moving.registered_at:
            moving.delete()
            continue
        if standing:
            standing.delete()
        moving.person = into
        moving.save(update_fields=["person"])


@transaction.atomic
def erase_registrations(*, person_ids: list[int]) -> None:
    """Part of an erasure. Run twice it finds nothing left."""
    Registration.objects.filter(person__in=person_ids).delete()


def _day_in(year: int, at: datetime.datetime) -> datetime.date:
    today = timezone.localdate(at)
    if year not in open_years(today):
        raise ValidationError(_("For %(year)s nobody registers now.") % {"year": year})
    return today


def _reaches(by: User, registration: Registration, day: datetime.date) -> bool:
    return people_to_register(by, registration.year, day).filter(pk=registration.person_id).exists()
