"""What people are told of sessions to which they said that they come."""

import datetime
from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.sessions.calendars import dated_by
from learning.sessions.duration import in_one_line
from learning.sessions.models import Invitee, Reply, Session, State
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

_WHY = _("You said that you come.")
_INVITED = _("You are invited by name.")


def _while_ahead(*states: str) -> Callable[[], QuerySet[Reply]]:
    """Until its last day is over: what becomes of that is still to be told on the first."""
    coming = Reply.objects.filter(is_coming=True, session__state__in=states)
    return lambda: coming.filter(session__ends_at__gt=timezone.now())


def _while_unanswered(*states: str) -> Callable[[], QuerySet[Invitee]]:
    answered = Reply.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    asked = Invitee.objects.filter(~Exists(answered), session__state__in=states)
    return lambda: asked.filter(session__starts_at__gt=timezone.now())


CHANGED = declare(
    Kind(
        key="session-changed",
        title=_("A session to which I come is changed"),
        words=_("“%(title)s” is changed: it begins at %(moment)s. Read on its page where it is."),
        why=_WHY,
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_ahead(State.ANNOUNCED, State.HELD),
        dated=dated_by(Reply),
    )
)
CANCELLED = declare(
    Kind(
        key="session-cancelled",
        title=_("A session to which I come is cancelled"),
        words=_("“%(title)s”, which was to begin at %(moment)s, is cancelled."),
        why=_WHY,
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_ahead(State.CANCELLED),
        dated=dated_by(Reply),
    )
)
MOVED_UP = declare(
    Kind(
        key="session-place",
        title=_("A place becomes free for me at a session"),
        words=_("You have a place at “%(title)s”, which begins at %(moment)s. If you can not come, say so."),
        why=_("You were on the waiting list."),
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_ahead(State.ANNOUNCED, State.HELD),
        dated=dated_by(Reply),
    )
)
CERTIFIED = declare(
    Kind(
        key="session-certificate",
        title=_("I get a certificate of attendance"),
        words=_("Your certificate of attendance at “%(title)s” is on its page."),
        why=_("You were noted as present."),
    )
)
INVITED = declare(
    Kind(
        key="session-invited",
        title=_("I am invited to a session"),
        words=_(
            "%(unit)s invites you to “%(title)s”, which begins at %(moment)s. See where, and say whether you come."
        ),
        why=_INVITED,
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_unanswered(State.ANNOUNCED, State.HELD),
        dated=dated_by(Invitee),
    )
)
REMINDED = declare(
    Kind(
        key="session-reminded",
        title=_("I have not answered an invitation"),
        words=_("You have not said yet whether you come to “%(title)s”, which begins at %(moment)s."),
        why=_INVITED,
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_unanswered(State.ANNOUNCED, State.HELD),
        dated=dated_by(Invitee),
    )
)
INVITED_IN_VAIN = declare(
    Kind(
        key="session-invited-in-vain",
        title=_("A session to which I am invited is cancelled"),
        words=_("“%(title)s”, to which you are invited and which was to begin at %(moment)s, is cancelled."),
        why=_INVITED,
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_unanswered(State.CANCELLED),
        dated=dated_by(Invitee),
    )
)


def tell_who_comes(kind: Kind, session: Session, replies: Iterable[Reply], at: datetime.datetime) -> None:
    _tell(kind, session, replies, at.isoformat(), at)


def tell_invitees(kind: Kind, session: Session, invitees: Iterable[Invitee], key: str, at: datetime.datetime) -> int:
    """``key`` tells one telling from another: told under the same twice it is told once. How many are told."""
    return _tell(kind, session, invitees, key, at)


def _tell(kind: Kind, session: Session, rows: Iterable[Reply | Invitee], key: str, at: datetime.datetime) -> int:
    moment = in_one_line([f"{begins:%H:%M %d/%m/%Y}" for begins, _ends in session.periods])
    said = {"title": session.title, "moment": moment, "unit": session.unit.name}
    address = reverse("sessions:page", args=[session.pk])
    told = [
        Told(person_id=row.person_id, key=f"{session.pk}:{key}", subject=row.pk, values=said, address=address)
        for row in rows
    ]
    return tell(kind=kind, told=told, at=at)


def tell_certified(session: Session, people: Iterable[int], at: datetime.datetime) -> None:
    address = reverse("sessions:page", args=[session.pk])
    told = [
        Told(person_id=one, key=str(session.pk), values={"title": session.title}, address=address) for one in people
    ]
    tell(kind=CERTIFIED, told=told, at=at)
