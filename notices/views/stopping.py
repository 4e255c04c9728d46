"""One press that stops letters, for whoever has the letter: signed in or not, by hand or by their mail program."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notices import actions
from notices.registries.kinds import kinds
from notices.stopping import stopped_by


@csrf_exempt  # the mail program has no cookie; the token says all (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Reading the page stops nothing: what looks into letters by itself follows every link."""
    told = stopped_by(token)
    if told is None:
        raise Http404
    person_id, kind = told
    known = kinds.get(kind)
    binding = known.binding if known else ""
    is_stopped = request.method == "POST" and not binding
    if is_stopped:
        actions.stop(person_id=person_id, kind=kind)
    context = {"title": known.title if known else "", "is_stopped": is_stopped, "binding": binding}
    return render(request, "notices/stop.html", context)
