"""Groups that learn against closing the unit in which they are."""

import datetime
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from evaluation.recognition.models import Grouping
from membership.models import Unit
from membership.querysets import ending_after
from membership.registries.occupancy import named


def groups_there(units: Sequence[Unit], day: datetime.date) -> Iterable[str]:
    going_on = Grouping.objects.filter(ending_after(day), place__in=units).order_by("name")
    if names := [group.name for group in going_on]:
        yield _("Families, clans, communities and units that learn: %(names)s.") % {"names": named(names)}
