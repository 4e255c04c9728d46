"""Groups that learn: against closing the unit in which they are, and along when it lives on in another."""

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.recognition.models import Grouping
from membership.models import Unit
from membership.querysets import ending_after
from membership.registries.following import Follower
from membership.registries.occupancy import named


def groups_there(units: Sequence[Unit], day: datetime.date) -> Iterable[str]:
    going_on = Grouping.objects.filter(ending_after(day), place__in=units).order_by("name")
    if names := [group.name for group in going_on]:
        yield _("Families, clans, communities and units that learn: %(names)s.") % {"names": named(names)}


def _going_on(day: datetime.date) -> QuerySet[Grouping]:
    return Grouping.objects.filter(ending_after(day))


GROUPS = Follower("groups", gettext_lazy("Groups that learn and go along"), _going_on, "place")
