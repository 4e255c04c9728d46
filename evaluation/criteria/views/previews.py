"""Who would change if a draft were in force."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria import actions
from evaluation.criteria.bulk import program_of
from evaluation.criteria.models import CriteriaSet, Preview, PreviewLine
from evaluation.criteria.tasks import try_out
from evaluation.criteria.views.reached import officer, trail, whole_set

PEOPLE_ON_A_PAGE = 50


@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what was found; POST asks anew."""
    criteria_set = whole_set(request, pk)
    if request.method == "POST":
        return _ask(request, criteria_set)
    found = Preview.objects.filter(criteria_set=criteria_set).select_related("compared_with").first()
    lines = PreviewLine.objects.filter(preview=found).for_preview() if found else PreviewLine.objects.none()
    page = Paginator(lines, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    numbers = [indicator.number for indicator in criteria_set.indicators.all()]
    context = {
        "criteria_set": criteria_set,
        "preview": found,
        "is_outdated": found is not None and found.fingerprint != program_of(criteria_set).fingerprint,
        "page": page,
        "lines": [(line, line.moved(numbers)) for line in page],
        "breadcrumbs": trail(criteria_set, (_("Try out"), "")),
    }
    return render(request, "criteria/preview.html", context)


def _ask(request: HttpRequest, criteria_set: CriteriaSet) -> HttpResponse:
    try:
        asked = actions.ask_preview(criteria_set=criteria_set, by=officer(request), at=timezone.now())
        try_out.enqueue(asked.pk)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("criteria:preview", pk=criteria_set.pk)
