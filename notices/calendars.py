"""What has a day, as calendars that phones and offices read (RFC 5545): files, what letters carry along, and the secret
address of one's own. In all of them one thing has one UID, and as its sequence the number of the last entry of the log
about it: what changes or is cancelled replaces what it was.

The address is signed over the person and a number; renewing counts the number up, so the old address ends. Nothing that
opens it is stored: who reads the database alone has no address.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Max, Model
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar, Event
from wagtail.models import ModelLogEntry

from membership.models import Person
from notices.models import CalendarFeed, Notice
from notices.registries.dated import Dated, Moment, sources
from notices.registries.kinds import dated_in

_SALT = "notices.calendars"


def calendar_response(dated: Iterable[Dated], name: str, at: datetime.datetime) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(calendar_of(dated, at), content_type="text/calendar; charset=utf-8", headers=headers)


def calendar_of(dated: Iterable[Dated], at: datetime.datetime) -> bytes:
    """``at`` is when it is asked for."""
    return _written(_numbered(dated), at)


def with_dated(notices: Sequence[Notice]) -> Sequence[Notice]:
    """Each knowing what has a day in it, in Vietnamese; as many queries for many as for one of each kind."""
    with override("vi"):
        found = dated_in(notices)
    numbered = dict(zip(found, _numbered(found.values()), strict=True))
    for notice in notices:
        notice.dated = numbered.get(notice.pk)
    return notices


@lru_cache(maxsize=100)
def carried(dated: tuple[Dated, ...], at: datetime.datetime) -> str:
    """What a letter carries along, of notices ``with_dated``; written once for all who are told the same."""
    return _written(dated, at).decode()


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


def _numbered(dated: Iterable[Dated]) -> list[Dated]:
    """A query for each kind of row."""
    listed = list(dated)
    keys: dict[type[Model], set[str]] = defaultdict(set)
    for one in listed:
        if one.about:
            keys[type(one.about)].add(str(one.about.pk))
    numbers = {(model, key): number for model, some in keys.items() for key, number in _last_entries(model, some)}
    return [
        replace(one, about=None, sequence=numbers.get((type(one.about), str(one.about.pk)), 0)) if one.about else one
        for one in listed
    ]


def _last_entries(model: type[Model], keys: set[str]) -> Iterable[tuple[str, int]]:
    told = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    return told.order_by().values_list("object_id").annotate(Max("pk"))


def _written(dated: Iterable[Dated], at: datetime.datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Cong dan hoc tap//Lich//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in dated:
        for day in (one, *one.further):
            calendar.add_component(_event(replace(day, sequence=one.sequence), at))
    return calendar.to_ical()


def _event(one: Dated, at: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{settings.BASE_URL.partition('//')[2]}")
    event.add("sequence", one.sequence)
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
