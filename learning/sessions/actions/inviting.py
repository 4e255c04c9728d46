"""Whom a unit invites by name, and whom it reminds."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.sessions import notices
from learning.sessions.models import Invitee, Session, State
from learning.sessions.states import INVITED_IN
from membership.models import Person, User
from membership.policy import Action, require
from membership.registries.groups import Chosen, people_of
from papers import actions as printing

MOST_INVITED = 5_000


@transaction.atomic
def invite(*, session: Session, group: Chosen, by: User, at: datetime.datetime) -> int:
    """Puts whoever is of the group today, in the unit that holds it or beneath, on the list; how many are new. Who is
    on it stays there once. They are told when it is announced, or now where it is.

    Raises PermissionDenied; ValidationError where it is too late, too many, or the group is not open to ``by``.
    """
    current = _open(session, by, at)
    people = people_of(group.group, current.unit, timezone.localdate(at), by=by).values_list("pk", flat=True)
    new = sorted(set(people) - set(current.invitees.values_list("person_id", flat=True)))
    if current.invitees.count() + len(new) > MOST_INVITED:
        raise ValidationError(_("That is more than %(most)s people. Announce it to everybody instead.")
                              % {"most": f"{MOST_INVITED:,}"})  # fmt: skip
    rows = [Invitee(session=current, person_id=person, group_name=group.name, invited_at=at) for person in new]
    if new:
        Invitee.objects.bulk_create(rows)
        data = {"group": group.group, "people": len(new)}
        log(instance=current, action="sessions.invite", user=by, title=str(current.pk), data=data)
        tell_invited(current, Invitee.objects.unanswered(current).filter(invited_at=at), at)
    return len(new)


@transaction.atomic
def leave_out(*, invitee: Invitee, by: User, at: datetime.datetime) -> None:
    """Takes somebody off the list. What they answered stands. Run twice it finds none."""
    current = _open(invitee.session, by, at)
    if Invitee.objects.filter(pk=invitee.pk).delete()[0]:
        data = {"person": invitee.person_id}
        printing.drop_files(current.print_runs.all())
        log(instance=current, action="sessions.leave_out", user=by, title=str(current.pk), data=data)


@transaction.atomic
def remind(*, session: Session, by: User, at: datetime.datetime) -> int:
    """Asks those again who have not answered: each once a day, however often it is pressed. How many are told."""
    current = _open(session, by, at)
    if current.state == State.PLANNED:
        raise ValidationError(_("It is not announced yet: they are told when it is."))
    waiting = Invitee.objects.unanswered(current)
    told = notices.tell_invitees(notices.REMINDED, current, waiting, f"{timezone.localdate(at)}", at)
    if told:
        log(instance=current, action="sessions.remind", user=by, title=str(current.pk), data={"people": told})
    return told


def tell_invited(session: Session, invitees: Iterable[Invitee], at: datetime.datetime) -> None:
    """Who has not answered: once it is announced, and anew where its time or place is another."""
    if session.takes_answers(at):
        notices.tell_invitees(notices.INVITED, session, invitees, at.isoformat(), at)


def move_invitations(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Two records of one person become one: invited once. Idempotent."""
    theirs = Invitee.objects.filter(person=duplicate)
    theirs.filter(session__in=Invitee.objects.filter(person=into).values("session")).delete()
    theirs.update(person=into)


def erase_invitations(*, person_ids: list[int]) -> None:
    """Part of an erasure."""
    Invitee.objects.filter(person__in=person_ids).delete()


def _open(session: Session, by: User, at: datetime.datetime) -> Session:
    """As it stands, held for this transaction, while people are still invited to it."""
    current = Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
    require(by, Action.ORGANISE, current.unit)
    if current.state not in INVITED_IN or at >= current.starts_at:
        raise ValidationError(_("It has begun, or is cancelled: nobody is invited any more."))
    return current
