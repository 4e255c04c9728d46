"""What an officer may open here, and where they are."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluation.criteria.models import CriteriaSet, Indicator
from membership.admission import admit
from membership.models import User
from membership.policy import Action

Trail = list[tuple[str, str]]


def officer(request: HttpRequest) -> User:
    """404 for everyone who manages no criteria."""
    return admit(request, Action.MANAGE_CRITERIA)


def whole_set(request: HttpRequest, pk: int) -> CriteriaSet:
    """With all that its pages show."""
    return get_object_or_404(CriteriaSet.objects.within_reach(officer(request)).for_comparison(), pk=pk)


def draft_indicator(request: HttpRequest, pk: int, number: int) -> Indicator:
    """404 too for what is in force: it has no page for editing."""
    sets = CriteriaSet.objects.within_reach(officer(request)).filter(status=CriteriaSet.Status.DRAFT)
    indicators = Indicator.objects.filter(criteria_set__in=sets).select_related("criteria_set__unit", "competency")
    whole = indicators.prefetch_related("rules", "kind_caps", "anchors")
    return get_object_or_404(whole, criteria_set=pk, number=number)


def trail(criteria_set: CriteriaSet | None = None, *last: tuple[str, str]) -> Trail:
    steps = [(_("Evaluation"), "/danh-gia/"), (_("Criteria"), reverse("criteria:sets") if criteria_set or last else "")]
    if criteria_set is not None:
        steps.append((str(criteria_set), reverse("criteria:set", args=[criteria_set.pk]) if last else ""))
    return [*steps, *last]


def indicator_step(indicator: Indicator, *, is_last: bool = False) -> tuple[str, str]:
    name = _("Indicator %(number)s") % {"number": indicator.number}
    address = reverse("criteria:indicator", args=[indicator.criteria_set_id, indicator.number])
    return (name, "" if is_last else address)
