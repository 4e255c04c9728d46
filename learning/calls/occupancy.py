"""Calls under way: against closing the unit that calls, and along when it lives on in another."""

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.calls.models import Call
from membership.models import Unit
from membership.registries.following import Follower
from membership.registries.occupancy import named


def calls_under_way(units: Sequence[Unit], day: datetime.date) -> Iterable[str]:
    if names := list(_under_way(day).filter(unit__in=units).order_by("last_day").values_list("title", flat=True)):
        yield _("Calls to learn from that day on: %(names)s.") % {"names": named(names)}


def _under_way(day: datetime.date) -> QuerySet[Call]:
    """Nobody is left behind in a call: whoever was given longer than its last day still has somebody to ask."""
    return Call.objects.lasting_to(day)


CALLS = Follower("calls", gettext_lazy("Calls to learn that go along"), _under_way, "unit")
