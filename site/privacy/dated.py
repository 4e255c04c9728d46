"""By when requests about personal data are answered: in the calendars of who asked and of who answers, and in the
letters that tell of them."""

import datetime
from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from membership.models import User
from notices.registries.dated import Dated
from privacy.models import Request


def own(person_id: int, day: datetime.date) -> Iterable[Dated]:
    return _own(Request.objects.open().filter(person=person_id, due_on__gte=day)).values()


def of_office(person_id: int, day: datetime.date) -> Iterable[Dated]:
    """Those that the person may answer."""
    user = User.objects.filter(person=person_id, is_active=True).first()
    asked = Request.objects.open().visible_to(user) if user else Request.objects.none()
    return [one for one in _of_office(asked).values() if one.begins >= day]


def dated_by_own(keys: Collection[int]) -> Mapping[int, Dated]:
    return _own(Request.objects.filter(pk__in=keys))


def dated_by_request(keys: Collection[int]) -> Mapping[int, Dated]:
    return _of_office(Request.objects.filter(pk__in=keys))


def _own(requests: Iterable[Request]) -> Mapping[int, Dated]:
    return {
        request.pk: Dated(
            key=f"request-{request.pk}",
            title=_("By this day my request about personal data is answered"),
            begins=request.due_on,
            address=reverse("privacy:own"),
            about=request,
        )
        for request in requests
    }


def _of_office(requests: Iterable[Request]) -> Mapping[int, Dated]:
    """By when it is acknowledged, and from then on by when it is answered."""
    return {
        request.pk: Dated(
            key=f"request-office-{request.pk}",
            title=_("A request about personal data is due"),
            begins=request.next_day,
            address=reverse("privacy:request", args=[request.pk]),
            about=request,
        )
        for request in requests
    }
