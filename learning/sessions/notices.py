"""What people are told of sessions to which they said that they come."""

import datetime
from collections.abc import Callable, Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from learning.sessions.models import Reply, Session, State
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

_WHY = _("You said that you come.")


def _while_ahead(*states: str) -> Callable[[Collection[int]], Collection[int]]:
    def still_coming(replies: Collection[int]) -> Collection[int]:
        ahead = Reply.objects.filter(pk__in=replies, is_coming=True, session__starts_at__gt=timezone.now())
        return ahead.filter(session__state__in=states).values_list("pk", flat=True)

    return still_coming


CHANGED = declare(
    Kind(
        key="session-changed",
        title=_("A session to which I come is changed"),
        words=_("“%(title)s” is changed: it begins at %(moment)s. Read on its page where it is."),
        why=_WHY,
        urgency=Urgency.AT_ONCE,
        still_due=_while_ahead(State.ANNOUNCED, State.HELD),
    )
)
CANCELLED = declare(
    Kind(
        key="session-cancelled",
        title=_("A session to which I come is cancelled"),
        words=_("“%(title)s”, which was to begin at %(moment)s, is cancelled."),
        why=_WHY,
        urgency=Urgency.AT_ONCE,
        still_due=_while_ahead(State.CANCELLED),
    )
)
MOVED_UP = declare(
    Kind(
        key="session-place",
        title=_("A place becomes free for me at a session"),
        words=_("You have a place at “%(title)s”, which begins at %(moment)s. If you can not come, say so."),
        why=_("You were on the waiting list."),
        urgency=Urgency.AT_ONCE,
        still_due=_while_ahead(State.ANNOUNCED, State.HELD),
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


def tell_who_comes(kind: Kind, session: Session, replies: Iterable[Reply], at: datetime.datetime) -> None:
    moment = date_format(timezone.localtime(session.starts_at), "H:i d/m/Y")
    said = {"title": session.title, "moment": moment}
    address = reverse("sessions:page", args=[session.pk])
    key = f"{session.pk}:{at.isoformat()}"
    told = [
        Told(person_id=reply.person_id, key=key, subject=reply.pk, values=said, address=address) for reply in replies
    ]
    tell(kind=kind, told=told, at=at)


def tell_certified(session: Session, people: Iterable[int], at: datetime.datetime) -> None:
    address = reverse("sessions:page", args=[session.pk])
    told = [
        Told(person_id=one, key=str(session.pk), values={"title": session.title}, address=address) for one in people
    ]
    tell(kind=CERTIFIED, told=told, at=at)
