"""Sessions as calendars, and in the calendar of who comes."""

import datetime
from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from learning.sessions.models import Reply, Session, State
from notices import calendars
from notices.registries.dated import Dated

_SHOWN = (State.ANNOUNCED, State.HELD, State.CANCELLED)


def calendar_response(sessions: Iterable[Session], name: str, at: datetime.datetime) -> HttpResponse:
    return calendars.calendar_response(map(_dated, sessions), name, at)


def sessions_of(person_id: int, day: datetime.date) -> Iterator[Dated]:
    """To which the person said that they come, a cancelled one too: a calendar takes it out by that."""
    begins = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
    replies = Reply.objects.filter(person=person_id, is_coming=True, session__state__in=_SHOWN)
    for reply in replies.filter(session__ends_at__gte=begins).select_related("session"):
        yield _dated(reply.session)


def _dated(session: Session) -> Dated:
    """Without the online link, which is for those who come."""
    return Dated(
        key=str(session.pk),
        title=session.title,
        begins=session.starts_at,
        ends=session.ends_at,
        address=reverse("sessions:page", args=[session.pk]),
        place=session.place,
        text=session.agenda,
        is_cancelled=session.state == State.CANCELLED,
    )
