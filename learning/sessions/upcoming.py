"""What comes where somebody belongs, for whoever judges from evidence."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from learning.evidence.registries.gatherings import Gathering
from learning.sessions.models import Session
from membership.models import Unit


def gatherings_for(unit: Unit, at: datetime.datetime) -> Iterator[Gathering]:
    for one in Session.objects.to_come_for(unit, at):
        yield Gathering(one.title, one.starts_at, one.place, tuple(one.topics), reverse("sessions:check_in"))
