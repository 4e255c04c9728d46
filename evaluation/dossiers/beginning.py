"""Deadlines for handing in, as a step of beginning."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluation.dossiers.models import Deadline
from membership.registries.beginning import State, Step


def _deadlines(day: datetime.date) -> State:
    set_ones = Deadline.objects.filter(year=day.year).count()
    if not set_ones:
        return State(False, _("No unit has a last day for the dossiers of %(year)s.") % {"year": day.year})
    told = ngettext(
        "%(count)d unit has a last day for the dossiers of %(year)s.",
        "%(count)d units have a last day for the dossiers of %(year)s.",
        set_ones,
    )
    return State(True, told % {"count": set_ones, "year": day.year})


DEADLINES = Step(
    50, gettext_lazy("Deadlines"),
    gettext_lazy("The last day for handing in; set for the province, it holds for every unit without one of its own. "
                 "Officers of province and communes move it for theirs."),
    _deadlines, "dossiers:bodies",
)  # fmt: skip
