"""The certificate of attendance: for who was there, and for who holds the session; and the public page that says
whether it stands."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from badges.answers import badge_file, limited, status_file, unindexed
from interface.places import address
from learning.sessions.certificate import SESSIONS, achieved, certificate_of
from learning.sessions.models import AttendanceCertificate
from membership.actions import log_file_access
from membership.admission import private_page, user_of
from papers.attestation import pdf_of_attestation
from papers.codes import canonical

_MINUTE = 60


@private_page
def paper(request: HttpRequest, code: str) -> HttpResponse:
    given = _own(request, code)
    if given.is_revoked:
        return _verified(request, given, status=410)
    content = pdf_of_attestation(certificate_of(given, settings.BASE_URL + address("verification")))
    headers = {"Content-Disposition": f'inline; filename="chung-nhan-{given.code}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@private_page
def badge(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """As JSON or JWT."""
    given = _own(request, code)
    if given.is_revoked:
        return _verified(request, given, status=410)
    return badge_file(achieved(given), f"huy-hieu-{given.code}", kind)


@require_safe
@never_cache
@limited
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public: only what the certificate says anyway."""
    given = get_object_or_404(AttendanceCertificate.objects.for_everybody(), code=canonical(code))
    return unindexed(_verified(request, given, status=200))


@require_safe
@cache_control(private=True, max_age=_MINUTE)
@limited
def status_list(request: HttpRequest, number: str) -> HttpResponse:
    """Public: which badges of sessions are revoked."""
    return status_file(SESSIONS, int(number))


def _own(request: HttpRequest, code: str) -> AttendanceCertificate:
    """Raises Http404 for who may not see it, so that nobody else learns of it."""
    user = user_of(request)
    seen = AttendanceCertificate.objects.visible_to(user).for_paper()
    found: AttendanceCertificate = get_object_or_404(seen, code=canonical(code))
    assert found.person is not None
    holder = found.person.merged_into or found.person
    log_file_access(user=user, person=holder, what="learning", at=timezone.now())
    return found


def _verified(request: HttpRequest, given: AttendanceCertificate, status: int) -> HttpResponse:
    return render(request, "sessions/verify.html", {"given": given, "session": given.session}, status=status)
