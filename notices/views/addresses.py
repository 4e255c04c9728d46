"""An address that was switched off, for letters came back from it, is confirmed anew."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from membership.admission import person_of, private_post
from notices import actions
from notices.models import Refusal
from notices.stopping import confirmed_by


@private_post
@ratelimit(key="user", rate="5/h", block=False)
def confirm_again(request: HttpRequest, pk: int) -> HttpResponse:
    refusal = get_object_or_404(Refusal.objects.standing(), pk=pk, person=person_of(request))
    if getattr(request, "limited", False):
        messages.error(request, _("You asked for this a moment ago. Wait an hour, then try again."))
    elif actions.confirm_again(refusal=refusal, at=timezone.now()):
        messages.success(
            request, _("A letter with a link is on its way to %(address)s.") % {"address": refusal.address}
        )
    else:
        messages.success(request, _("We write to %(address)s again.") % {"address": refusal.address})
    return redirect("notices:choices")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever reads the mailbox, signed in or not; reading the page alone confirms nothing."""
    told = confirmed_by(token)
    if told is None:
        raise Http404
    person_id, address = told
    is_confirmed = request.method == "POST"
    if is_confirmed:
        actions.switch_on(person_id=person_id, address=address)
    return render(request, "notices/address.html", {"address": address, "is_confirmed": is_confirmed})
