"""The pages around the queue, each shown to those who may do something there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from membership.models import User
from membership.policy import Action, may


@dataclass(frozen=True)
class Place:
    name: str
    url: str
    icon: str


def office_places(user: User) -> list[Place]:
    places = [
        (Action.REVIEW, _("Batch review"), "batch", "list-checks"),
        (Action.ASSIST, _("Assisted dossiers"), "assist", "users"),
        (Action.VIEW_DOSSIERS, _("Meetings"), "meetings", "calendar"),
        (Action.MANAGE_PEOPLE, _("Bodies and deadlines"), "bodies", "calendar-clock"),
        (Action.MANAGE_CRITERIA, _("Review chains"), "chains", "list-ordered"),
        (Action.HEAR_APPEALS, _("Appeals"), "appeals", "scale"),
        (Action.INSPECT, _("Inspection"), "samples", "search"),
        (Action.INSPECT, _("What stands out"), "outliers", "flag"),
    ]
    found = [Place(name, reverse(f"dossiers:{view}"), icon) for action, name, view, icon in places if may(user, action)]
    if may(user, Action.MANAGE_CRITERIA):
        found.append(Place(_("Criteria"), reverse("criteria:sets"), "list-checks"))
    return found
