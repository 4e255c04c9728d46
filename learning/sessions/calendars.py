"""Sessions as calendars that phones and offices read (RFC 5545)."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event

from learning.sessions.models import Session, State


def calendar_of(sessions: Iterable[Session], at: datetime.datetime) -> bytes:
    """Without the online link, which is for those who come. ``at`` is when it is asked for."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cong dan hoc tap//Buoi tap huan//VI")
    calendar.add("version", "2.0")
    for session in sessions:
        calendar.add_component(_event(session, at))
    return calendar.to_ical()


def calendar_response(sessions: Iterable[Session], name: str, at: datetime.datetime) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.ics"'}
    return HttpResponse(calendar_of(sessions, at), content_type="text/calendar; charset=utf-8", headers=headers)


def _event(session: Session, at: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", f"{session.pk}@{settings.BASE_URL.partition('//')[2]}")
    event.add("dtstamp", at.astimezone(datetime.UTC))
    event.add("dtstart", session.starts_at.astimezone(datetime.UTC))
    event.add("dtend", session.ends_at.astimezone(datetime.UTC))
    event.add("summary", session.title)
    event.add("status", "CANCELLED" if session.state == State.CANCELLED else "CONFIRMED")
    event.add("url", settings.BASE_URL + reverse("sessions:page", args=[session.pk]))
    for name, value in (("location", session.place), ("description", session.agenda)):
        if value:
            event.add(name, value)
    return event
