"""Who signed up by themselves says to which chapter they belong, and waits there: they count nowhere until its officer,
or one above, has confirmed it."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import Membership, Role, Unit, UnitKind, User
from membership.policy import Action, require, require_consenting
from membership.querysets import UnitQuerySet

ASKS_AGAIN_AFTER = datetime.timedelta(days=7)


@transaction.atomic
def ask_for_chapter(*, chapter: Unit, by: User, at: datetime.datetime) -> Membership:
    """Instead of the association, or another chapter, where they wait so far. Asked twice is once.

    Raises PermissionDenied for who waits nowhere, or not in the commune of that chapter; ValidationError for who was
    declined within the last days: an officer is not asked again and again.
    """
    waiting = Membership.objects.select_for_update().waiting_of(by).first()
    if waiting is None or not chapters_for(waiting).filter(pk=chapter.pk).exists():
        raise PermissionDenied("only who waits in its commune asks for a chapter")
    require_consenting(waiting.person_id)
    if waiting.unit_id == chapter.pk:
        return waiting
    if waiting.declined_at is not None and at < waiting.declined_at + ASKS_AGAIN_AFTER:
        day = timezone.localdate(waiting.declined_at + ASKS_AGAIN_AFTER)
        told = _(
            "A chapter declined you. You can name one again on %(day)s; or ask at the association of your commune."
        )
        raise ValidationError(told, params={"day": f"{day:%d/%m/%Y}"})
    return _wait_in(chapter, waiting, by, at, "ask_for_chapter")


@transaction.atomic
def decline_membership(*, membership: Membership, by: User, at: datetime.datetime) -> None:
    """An officer finds that who named their chapter does not belong to it: they wait at the association again; who is
    declined there belongs nowhere. What was confirmed meanwhile stays. Never one's own."""
    require(by, Action.GIVE_ACCESS, membership.unit)
    if by.person_id == membership.person_id:
        raise ValidationError(_("This is your own membership: ask another officer."))
    held = Membership.objects.select_for_update().select_related("unit").filter(pk=membership.pk).first()
    if held is None or not held.is_self_declared or held.valid_to:
        return
    above = held.unit.get_parent() if held.unit.kind == UnitKind.CHAPTER else None
    if above is not None:
        back = _wait_in(above, held, by, at, "decline_membership")
        back.declined_at = at
        back.save(update_fields=["declined_at"])
        return
    log(instance=held.person, action="membership.decline_membership", user=by, title=f"person {held.person_id}")
    _leave(held, timezone.localdate(at))


def chapters_for(waiting: Membership) -> UnitQuerySet:
    """In the commune where the person said that they live."""
    commune = Unit.objects.filter(path__in=waiting.unit.paths_up, kind=UnitKind.COMMUNE).first() or waiting.unit
    standing = Unit.objects.on(timezone.localdate())
    return standing.filter(kind=UnitKind.CHAPTER, path__startswith=commune.path)


def _wait_in(unit: Unit, left: Membership, by: User, at: datetime.datetime, verb: str) -> Membership:
    today = timezone.localdate(at)
    person = left.person
    _leave(left, today)
    said = {"is_self_declared": True, "valid_from": today}
    asked, _is_new = Membership.objects.get_or_create(
        person=person, unit=unit, role=Role.MEMBER, valid_to=None, defaults=said
    )
    log(instance=asked, action=f"membership.{verb}", user=by, title=f"membership {asked.pk}")
    return asked


def _leave(held: Membership, today: datetime.date) -> None:
    if held.valid_from < today:
        held.valid_to = today
        held.save(update_fields=["valid_to"])
    else:
        held.delete()
