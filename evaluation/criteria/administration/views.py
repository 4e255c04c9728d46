"""The two steps of a criteria set that no plain form covers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria import actions
from evaluation.criteria.forms import NewVersionForm
from evaluation.criteria.models import CriteriaSet
from membership.admission import user_of
from membership.policy import Action, require


def set_addresses(criteria_set: CriteriaSet) -> dict[str, str]:
    return {
        "inspect": reverse("criteria_sets:inspect", args=[criteria_set.pk]),
        "force": reverse("criteria_sets:put_in_force", args=[criteria_set.pk]),
        "version": reverse("criteria_sets:new_version", args=[criteria_set.pk]),
    }


def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    criteria_set = get_object_or_404(CriteriaSet, pk=pk)
    require(request.user, Action.MANAGE_CRITERIA, criteria_set.unit)
    if request.method == "POST":
        try:
            actions.put_in_force(criteria_set=criteria_set, by=user_of(request), at=timezone.now())
            messages.success(request, _("The criteria set is in force from its first day."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect(set_addresses(criteria_set)["inspect"])
    return render(request, "criteria/admin/put_in_force.html", {"object": criteria_set, **set_addresses(criteria_set)})


def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    criteria_set = get_object_or_404(CriteriaSet, pk=pk)
    require(request.user, Action.MANAGE_CRITERIA, criteria_set.unit)
    form = NewVersionForm(request.POST or None, user=user_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.draft_from(
                criteria_set=criteria_set,
                by=user_of(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
            return redirect(set_addresses(draft)["inspect"])
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"object": criteria_set, "form": form, **set_addresses(criteria_set)}
    return render(request, "criteria/admin/new_version.html", context)
