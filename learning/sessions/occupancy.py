"""Sessions to come: against closing the unit that holds them, and along when it lives on in another."""

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.sessions.models import Session
from membership.models import Unit
from membership.registries.following import Follower
from membership.registries.occupancy import named


def sessions_to_come(units: Sequence[Unit], day: datetime.date) -> Iterable[str]:
    held = Session.objects.filter(unit__in=units, ends_at__date__gte=day).order_by("starts_at")
    if names := [session.title for session in held]:
        yield _("Sessions from that day on: %(names)s.") % {"names": named(names)}


def _to_come(day: datetime.date) -> QuerySet[Session]:
    return Session.objects.filter(ends_at__date__gte=day)


SESSIONS = Follower("sessions", gettext_lazy("Sessions that go along"), _to_come, "unit")
