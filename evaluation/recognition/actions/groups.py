"""Groups that learn: opened and closed, with their members, and the rules of how many must hold the title."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.recognition.models import Grouping, GroupingMember, GroupingRule
from interface.vietnamese import nfc
from membership.models import Person, Unit, User
from membership.policy import Action, may, reach, require


@transaction.atomic
def open_grouping(
    *, kind: str, name: str, place: Unit, valid_from: datetime.date, by: User, at: datetime.datetime
) -> Grouping:
    """Idempotent: an open group of that kind and name in that place is the answer."""
    require(by, Action.MANAGE_PEOPLE, place)
    if not nfc(name):
        raise ValidationError(_("Give the group a name."))
    grouping, is_new = Grouping.objects.get_or_create(
        kind=Grouping.Kind(kind), name=nfc(name), place=place, valid_to=None, defaults={"valid_from": valid_from}
    )
    if is_new:
        log(instance=grouping, action="recognition.open_grouping", user=by, title=str(grouping.pk), data={"kind": kind})
    return grouping


@transaction.atomic
def close_grouping(*, grouping: Grouping, valid_to: datetime.date, by: User, at: datetime.datetime) -> Grouping:
    """From that day on it is no more. Idempotent: the first day stays."""
    grouping = _locked(grouping, by)
    if grouping.valid_to is None:
        if valid_to <= grouping.valid_from:
            raise ValidationError(_("A group cannot end before it began."))
        grouping.valid_to = valid_to
        grouping.save(update_fields=["valid_to"])
        log(instance=grouping, action="recognition.close_grouping", user=by, title=str(grouping.pk))
    return grouping


@transaction.atomic
def add_members(
    *, grouping: Grouping, codes: Iterable[str], valid_from: datetime.date, by: User, at: datetime.datetime
) -> int:
    """Adds people by their codes; tells how many are new. All or none: codes of nobody within reach are named.

    Idempotent: who is a member already stays as they are.
    """
    grouping = _locked(grouping, by)
    if grouping.takes_whole_place:
        raise ValidationError(_("A learning unit takes all members of its place; nobody is listed."))
    wanted = {code.strip().upper() for code in codes if code.strip()}
    within = Person.objects.listed().within(reach(by, Action.VIEW_PEOPLE, "unit__"), timezone.localdate(at))
    found = {person.code: person for person in within.filter(code__in=wanted)}
    unknown = sorted(wanted - set(found))
    if unknown or not found:
        raise ValidationError(_("Nobody within your reach has these codes: %(codes)s.") % {"codes": ", ".join(unknown)})
    listed = set(grouping.members.filter(valid_to=None, person__in=found.values()).values_list("person_id", flat=True))
    new = [person for person in found.values() if person.pk not in listed]
    GroupingMember.objects.bulk_create(
        GroupingMember(grouping=grouping, person=person, valid_from=valid_from) for person in new
    )
    if new:
        _log_members(grouping, [person.pk for person in new], by)
    return len(new)


@transaction.atomic
def end_member(*, member: GroupingMember, valid_to: datetime.date, by: User, at: datetime.datetime) -> None:
    """Takes somebody out from that day on; who came on that very day was listed by mistake and goes without trace in
    the figures. Out already: nothing happens."""
    grouping = _locked(member.grouping, by)
    open_rows = GroupingMember.objects.filter(pk=member.pk, valid_to=None)
    ended = open_rows.filter(valid_from__lt=valid_to).update(valid_to=valid_to)
    if not ended:
        ended, _by_model = open_rows.delete()
    if ended:
        data = {"person": member.person_id}
        log(instance=grouping, action="recognition.end_member", user=by, title=str(grouping.pk), data=data)


@transaction.atomic
def set_rule(
    *, kind: str, percent: Decimal, source: str, valid_from: datetime.date, by: User, at: datetime.datetime
) -> GroupingRule:
    """What a kind of group must reach from that day on; the rule before it ends then. Idempotent: the rule that stands
    with these values is the answer."""
    if not may(by, Action.MANAGE_CRITERIA):
        raise PermissionDenied(f"{Action.MANAGE_CRITERIA} refused")
    standing = GroupingRule.objects.select_for_update().filter(kind=kind, valid_to=None).first()
    if standing and (standing.percent, standing.source) == (percent, nfc(source)):
        return standing
    if not nfc(source) or not 0 < percent <= 100:
        raise ValidationError(_("A rule needs a share from above 0 to 100 percent, and where it is written."))
    if standing:
        if valid_from <= standing.valid_from:
            raise ValidationError(_("A new rule begins after the one that stands."))
        standing.valid_to = valid_from
        standing.save(update_fields=["valid_to"])
    rule = GroupingRule.objects.create(
        kind=Grouping.Kind(kind), percent=percent, source=nfc(source), valid_from=valid_from
    )
    log(instance=rule, action="recognition.set_rule", user=by, data={"percent": str(percent)})
    return rule


def move_group_members(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """Part of merging two records of one person: their places in groups go along, but for groups of both."""
    held = into.groupings.filter(valid_to=None).values_list("grouping", flat=True)
    duplicate.groupings.exclude(Q(grouping__in=list(held)) & Q(valid_to=None)).update(person=into)


def _locked(grouping: Grouping, by: User) -> Grouping:
    current = Grouping.objects.select_for_update(of=("self",)).select_related("place").get(pk=grouping.pk)
    require(by, Action.MANAGE_PEOPLE, current.place)
    return current


def _log_members(grouping: Grouping, people: list[int], by: User) -> None:
    data = {"people": people}
    log(instance=grouping, action="recognition.add_members", user=by, title=str(grouping.pk), data=data)
