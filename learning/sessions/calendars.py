"""Sessions as calendars, in the calendar of who comes, and in the letters that tell of them."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from learning.sessions.models import Invitee, Reply, Session, State
from notices import calendars
from notices.registries.dated import Dated

_SHOWN = (State.ANNOUNCED, State.HELD, State.CANCELLED)


def calendar_response(sessions: Iterable[Session], name: str, at: datetime.datetime) -> HttpResponse:
    return calendars.calendar_response(map(_dated, sessions), name, at)


def sessions_of(person_id: int, day: datetime.date) -> Iterator[Dated]:
    """To which the person said that they come, a cancelled one too: a calendar takes it out by that."""
    begins = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
    replies = Reply.objects.filter(person=person_id, is_coming=True, session__state__in=_SHOWN)
    for reply in (
        replies.filter(session__ends_at__gte=begins).select_related("session").prefetch_related("session__days")
    ):
        yield _dated(reply.session)


def dated_by(rows: type[Reply | Invitee]) -> Callable[[Collection[int]], Mapping[int, Dated]]:
    """The sessions of such rows, by their keys."""

    def dated(keys: Collection[int]) -> Mapping[int, Dated]:
        of_rows = dict(rows._default_manager.filter(pk__in=keys).values_list("pk", "session"))
        sessions = {key: _dated(one) for key, one in Session.objects.with_days().in_bulk(set(of_rows.values())).items()}
        return {key: sessions[session] for key, session in of_rows.items()}

    return dated


def _dated(session: Session) -> Dated:
    """Each day has its number in its key. Without the online link, which is for those who come."""
    first, *others = session.periods
    one = Dated(
        key=str(session.pk),
        title=session.title,
        begins=first[0],
        ends=first[1],
        address=reverse("sessions:page", args=[session.pk]),
        place=session.place,
        text=session.agenda,
        is_cancelled=session.state == State.CANCELLED,
        about=session,
    )
    further = [replace(one, begins=begins, ends=ends) for begins, ends in others]
    further += [replace(one, is_cancelled=True)] * (session.most_days - len(session.periods))
    days = [replace(day, key=f"{session.pk}-{number}", about=None) for number, day in enumerate(further, start=2)]
    return replace(one, further=tuple(days))
