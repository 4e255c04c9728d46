"""The pages of a kind of certificate: for whom it is, and for who may see that they learned; and the public one that
says whether it stands."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, re_path
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from badges.answers import badge_file, limited, status_file, unindexed
from interface.places import address
from learning.evidence.certificates.kinds import Certificates
from membership.actions import log_file_access
from membership.admission import private_page, user_of
from papers.attestation import pdf_of_attestation
from papers.codes import canonical

_MINUTE = 60


def addresses(of: Certificates, below: str = "") -> list[URLPattern]:
    given = {"of": of}
    return [
        re_path(rf"^{below}thu-hoi/(?P<number>[0-9]{{1,6}})\.json$", status_list, given, name="status_list"),
        path(f"{below}<str:code>.pdf", paper, given, name="paper"),
        re_path(rf"^{below}(?P<code>[^/]{{1,60}})\.(?P<kind>json|jwt)$", badge, given, name="badge"),
        path(f"{below}<str:code>/", verify, given, name="verify"),
    ]


@private_page
def paper(request: HttpRequest, code: str, of: Certificates) -> HttpResponse:
    given = _own(request, code, of)
    if given.is_revoked:
        return render(request, of.template, {"given": given}, status=410)
    content = pdf_of_attestation(of.paper_of(given, settings.BASE_URL + address("verification")))
    headers = {"Content-Disposition": f'inline; filename="chung-nhan-{given.code}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@private_page
def badge(request: HttpRequest, code: str, kind: str, of: Certificates) -> HttpResponse:
    """As JSON or JWT."""
    given = _own(request, code, of)
    if given.is_revoked:
        return render(request, of.template, {"given": given}, status=410)
    return badge_file(of.achieved(given), f"huy-hieu-{given.code}", kind)


@require_safe
@never_cache
@limited
def verify(request: HttpRequest, code: str, of: Certificates) -> HttpResponse:
    """Public: only what the certificate says anyway."""
    given = get_object_or_404(of.rows.for_everybody(), code=canonical(code))
    return unindexed(render(request, of.template, {"given": given, **of.shown(given)}))


@require_safe
@cache_control(private=True, max_age=_MINUTE)
@limited
def status_list(request: HttpRequest, number: str, of: Certificates) -> HttpResponse:
    """Public: which badges of the kind are revoked."""
    return status_file(of.kind, int(number))


def _own(request: HttpRequest, code: str, of: Certificates) -> Any:
    """Raises Http404 for who may not see it, so that nobody else learns of it."""
    user = user_of(request)
    found = get_object_or_404(of.rows.visible_to(user).for_paper(), code=canonical(code))
    log_file_access(user=user, person=found.holder.merged_into or found.holder, what="learning", at=timezone.now())
    return found
