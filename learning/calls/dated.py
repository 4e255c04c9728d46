"""The last days of calls: in the calendar of who is called, and in the letters that tell of them."""

import datetime
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from learning.calls.models import Call, Called
from learning.calls.registries.destinations import addresses_of
from notices.registries.dated import Dated


def last_days(person_id: int, day: datetime.date) -> Iterable[Dated]:
    """Of what is not done yet."""
    return _dated(Called.objects.standing_of(person_id, day)).values()


def dated_by_called(keys: Collection[int]) -> Mapping[int, Dated]:
    return _dated(Called.objects.filter(pk__in=keys).select_related("call"))


def _dated(called: Iterable[Called]) -> Mapping[int, Dated]:
    rows = list(called)
    addresses = addresses_of({(row.call.kind, row.call.key) for row in rows})
    return {
        row.pk: Dated(
            key=f"call-{row.call_id}",
            title=_("Last day: %(title)s") % {"title": row.call.title},
            begins=row.last_day or row.call.last_day,
            address=addresses.get(row.call.key, ""),
            is_cancelled=row.call.state == Call.State.CANCELLED,
            about=row.call,
        )
        for row in rows
    }
