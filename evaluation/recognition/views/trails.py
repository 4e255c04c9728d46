"""Where a page stands: the way to it, for its breadcrumbs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluation.recognition.models import Decision, Grouping
from membership.models import Unit

Trail = list[tuple[str, str]]


def trail_to_decisions() -> Trail:
    return [(_("Evaluation"), reverse("dossiers:queue")), (_("Decisions"), reverse("recognition:decisions"))]


def trail_to(decision: Decision) -> Trail:
    return [*trail_to_decisions(), (decision.number or _("List being drafted"), "")]


def trail_to_groups(unit: Unit | None) -> Trail:
    """Without a unit, as the way to something beneath the page of all groups."""
    way = [(_("Evaluation"), reverse("dossiers:queue"))]
    if unit is None:
        return [*way, (_("Groups that learn"), reverse("recognition:own_groupings"))]
    return [*way, (_("Groups that learn"), "")]


def trail_to_group(grouping: Grouping) -> Trail:
    place = grouping.place
    groups = (_("Groups that learn"), reverse("recognition:groupings", args=[place.code]))
    return [(_("Evaluation"), reverse("dossiers:queue")), groups, (grouping.name, "")]
