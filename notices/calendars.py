"""What has a day, as calendars that phones and offices read (RFC 5545); and the secret address of one's own.

The address is signed over the person and a number; renewing counts the number up, so the old address ends. Nothing that
opens it is stored: who reads the database alone has no address.
"""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar, Event

from membership.models import Person
from notices.models import CalendarFeed
from notices.registries.dated import Dated, Moment, sources

_SALT = "notices.calendars"


def calendar_response(dated: Iterable[Dated], name: str, at: datetime.datetime) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(calendar_of(dated, at), content_type="text/calendar; charset=utf-8", headers=headers)


def calendar_of(dated: Iterable[Dated], at: datetime.datetime) -> bytes:
    """``at`` is when it is asked for."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cong dan hoc tap//Lich//VI")
    calendar.add("version", "2.0")
    for one in dated:
        calendar.add_component(_event(one, at))
    return calendar.to_ical()


def dated_for(person: Person, day: datetime.date) -> list[Dated]:
    """In Vietnamese, whoever's program asks."""
    with override("vi"):
        return [one for source in sources for one in source(person.pk, day)]


def address_of(feed: CalendarFeed) -> str:
    token = signing.dumps([feed.person_id, feed.number], salt=_SALT)
    return settings.BASE_URL + reverse("notices:feed", args=[token])


def owner_of(token: str) -> Person | None:
    """Whose it is; None for an address that was renewed, and of who is erased or asked that nothing be used."""
    try:
        person_id, number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    opened = CalendarFeed.objects.filter(person=person_id, number=number, person__withdrawn_at=None)
    feed = opened.filter(person__in=Person.objects.listed()).select_related("person").first()
    return feed.person if feed else None


def _event(one: Dated, at: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{settings.BASE_URL.partition('//')[2]}")
    event.add("dtstamp", at.astimezone(datetime.UTC))
    event.add("dtstart", _in_utc(one.begins))
    event.add("dtend", _in_utc(one.ends or _end_of(one.begins)))
    event.add("summary", one.title)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    for name, value in (("url", one.address and settings.BASE_URL + one.address), ("location", one.place),
                        ("description", one.text)):  # fmt: skip
        if value:
            event.add(name, value)
    return event


def _in_utc(moment: Moment) -> Moment:
    return moment.astimezone(datetime.UTC) if isinstance(moment, datetime.datetime) else moment


def _end_of(moment: Moment) -> Moment:
    return moment + (
        datetime.timedelta(hours=1) if isinstance(moment, datetime.datetime) else datetime.timedelta(days=1)
    )
