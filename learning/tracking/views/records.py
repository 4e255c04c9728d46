"""What activities reported about oneself, and about people whose learning one may view."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning.tracking.models import Statement
from learning.tracking.play.records import records_of
from learning.tracking.xapi.errors import RefusedError
from membership.actions import log_file_access
from membership.admission import person_of, user_of
from membership.models import Person


@login_required
@never_cache
def own_records(request: HttpRequest) -> HttpResponse:
    return _records(request, person_of(request))


@login_required
@never_cache
def records_about(request: HttpRequest, person_id: int) -> HttpResponse:
    """Another person's: there is nothing for who may see none of them."""
    person = get_object_or_404(Person, pk=person_id)
    if not Statement.objects.visible_to(request.user).about(person).exists():
        raise Http404
    log_file_access(user=user_of(request), person=person, what="learning", at=timezone.now())
    return _records(request, person)


def _records(request: HttpRequest, person: Person) -> HttpResponse:
    try:
        found = records_of(person, request.user, request.GET.get("truoc", ""))
    except RefusedError as nowhere:
        raise Http404 from nowhere
    is_own = person.pk == user_of(request).person_id
    steps = [(_("My learning"), reverse("tracking:today"))] if is_own else []
    context = {"records": found, "person": person, "is_own": is_own, "is_first": "truoc" not in request.GET}
    context["breadcrumbs"] = [*steps, (_("What activities reported"), "")]
    return render(request, "tracking/records.html", context)
