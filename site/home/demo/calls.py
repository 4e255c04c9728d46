"""The demo's calls: a class with a teacher whose last day is past, one of its people given longer; and one to come."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from home.demo.people import Population
from learning.calls.actions import appoint, call_out, extend, prepare
from learning.calls.actions.calls import Terms
from learning.calls.models import Called
from membership.registries.groups import Chosen
from training_materials.models import CoursePage

_CLASS, _NEXT = "tieu-chi-va-minh-chung", "ky-nang-so-co-ban"


def call_people(population: Population, now: datetime.datetime) -> None:
    dung, today = population.users["dung"], timezone.localdate(now)
    for slug, first, last in ((_CLASS, -40, -5), (_NEXT, 0, 21)):
        course, at = CoursePage.objects.get(slug=slug), now + datetime.timedelta(days=first)
        first_day, last_day = (today + datetime.timedelta(days=count) for count in (first, last))
        call = prepare(
            token=uuid.uuid5(uuid.NAMESPACE_URL, f"call:{slug}"),
            unit=population.communes[0].association,
            kind="course",
            key=course.translation_key,
            group=Chosen("unit:", "Tất cả người thuộc đơn vị"),
            terms=Terms(first_day, last_day, "Học xong trước kỳ xét của năm.", "12/KH-HKH"),
            by=dung,
            at=at,
        )
        if slug == _CLASS:
            appoint(call=call, teacher=population.users["binh"], by=dung, at=at)
        call_out(call=call, by=dung, at=at)
    late: Any = Called.objects.filter(call__title=CoursePage.objects.get(slug=_CLASS).title).with_state()
    for called in late.filter(done_on=None).order_by("pk")[:1]:
        extend(called=called, until=today + datetime.timedelta(days=10), why="Ốm", by=dung, at=now)
