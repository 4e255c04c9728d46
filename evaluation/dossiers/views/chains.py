"""Which bodies dossiers pass, for each group and time, and changing that from a day on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.dossiers import actions
from evaluation.dossiers.forms.chains import ChainForm, bodies_formset
from evaluation.dossiers.models import ReviewChain
from evaluation.dossiers.views.trails import office_trail
from membership.admission import admit
from membership.models import TargetGroup, User
from membership.policy import Action


@login_required
def chains(request: HttpRequest) -> HttpResponse:
    admit(request, Action.MANAGE_CRITERIA)
    found = list(ReviewChain.objects.for_listing())
    groups = [(label, [chain for chain in found if chain.group == group]) for group, label in TargetGroup.choices]
    context = {"groups": groups, "today": timezone.localdate(), "breadcrumbs": office_trail(_("Review chains"))}
    return render(request, "dossiers/chains.html", context)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.MANAGE_CRITERIA)
    chain = get_object_or_404(ReviewChain.objects.for_listing().filter(valid_to=None), pk=pk)
    data = request.POST if request.method == "POST" else None
    form, bodies = ChainForm(data, chain=chain), bodies_formset(data, chain)
    if form.is_valid() and bodies.is_valid() and _change(request, user, chain, form, bodies):
        return redirect("dossiers:chains")
    trail = office_trail(_("Review chains"), "dossiers:chains", chain.name)
    context = {"chain": chain, "form": form, "bodies": bodies, "breadcrumbs": trail}
    return render(request, "dossiers/change_chain.html", context, status=422 if data else 200)


def _change(request: HttpRequest, user: User, chain: ReviewChain, form: ChainForm, bodies: Any) -> bool:
    listed = [body for row in bodies if (body := row.body)]
    try:
        actions.change_chain(chain=chain, bodies=listed, by=user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("The chain changes from that day; dossiers that were opened before keep theirs."))
    return True
