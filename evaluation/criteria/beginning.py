"""Criteria in force, as a step of beginning."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.criteria.models import CriteriaSet
from membership.models import TargetGroup
from membership.registries.beginning import State, Step


def _criteria(day: datetime.date) -> State:
    groups = set(CriteriaSet.objects.in_force(day).values_list("group", flat=True))
    missing = [str(group.label) for group in TargetGroup if group not in groups]
    if missing:
        return State(False, _("No criteria are in force for: %(groups)s.") % {"groups": ", ".join(missing)})
    return State(True, _("In force for every target group."))


IN_FORCE = Step(
    40, gettext_lazy("Criteria in force"), gettext_lazy("A set for each target group, checked and put in force."),
    _criteria, "criteria:sets",
)  # fmt: skip
