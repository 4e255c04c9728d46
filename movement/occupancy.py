"""What goes along when a unit lives on in another: proposals that wait there, its plan of the year."""

from django.utils.translation import gettext_lazy

from membership.registries.following import Follower
from movement.models import Proposal, WorkPlan

PROPOSALS = Follower(
    "proposals", gettext_lazy("Proposals that wait there"), lambda day: Proposal.objects.waiting(), "office"
)
# Where the new unit has a plan of its own, the old one's stays with it.
PLANS = Follower(
    "work_plans",
    gettext_lazy("Work plans of the year and the next"),
    lambda day: WorkPlan.objects.filter(year__gte=day.year),
    "unit",
    yields=True,
)
