"""The certificate of a finished course: for who earned it, and for who looks after learning in their unit; and the
public page that says whether it stands."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from badges.answers import badge_file, limited, status_file, unindexed
from interface.places import address
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import provenance
from learning.tracking.certificates.credential import COURSES, achieved
from learning.tracking.certificates.paper import certificate_of, told_of
from learning.tracking.models import CourseCertificate
from membership.actions import log_file_access
from membership.admission import private_page, user_of
from papers.attestation import pdf_of_attestation
from papers.codes import canonical

_MINUTE = 60


@private_page
def paper(request: HttpRequest, code: str) -> HttpResponse:
    given, evidence = _own(request, code)
    if given.is_revoked:
        return _gone(request, given)
    content = pdf_of_attestation(certificate_of(given, evidence, settings.BASE_URL + address("verification")))
    headers = {"Content-Disposition": f'inline; filename="chung-nhan-{given.code}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@private_page
def badge(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """As JSON or JWT."""
    given, evidence = _own(request, code)
    if given.is_revoked:
        return _gone(request, given)
    return badge_file(achieved(given, evidence), f"huy-hieu-{given.code}", kind)


@require_safe
@never_cache
@limited
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public: only what the certificate says anyway."""
    given = get_object_or_404(CourseCertificate.objects.for_everybody(), code=canonical(code))
    told = told_of(_evidence(given))
    context = {"given": given, "provenance": provenance(told) if told else ""}
    return unindexed(render(request, "tracking/verify_certificate.html", context))


@require_safe
@cache_control(private=True, max_age=_MINUTE)
@limited
def status_list(request: HttpRequest, number: str) -> HttpResponse:
    """Public: which badges of courses are revoked."""
    return status_file(COURSES, int(number))


def _own(request: HttpRequest, code: str) -> tuple[CourseCertificate, Evidence | None]:
    """Raises Http404 for who may not see it, so that nobody else learns of it."""
    user = user_of(request)
    found = CourseCertificate.objects.visible_to(user).for_paper().filter(code=canonical(code)).first()
    if found is None:
        raise Http404
    holder = found.finished.person
    log_file_access(user=user, person=holder.merged_into or holder, what="learning", at=timezone.now())
    return found, _evidence(found)


def _evidence(given: CourseCertificate) -> Evidence | None:
    """Of a record that was merged, the evidence is with the one that stays."""
    holder = given.finished.person
    found: Evidence | None = Evidence.objects.for_page(holder.identity_id, given.finished.course_key)
    return found


def _gone(request: HttpRequest, given: CourseCertificate) -> HttpResponse:
    return render(request, "tracking/verify_certificate.html", {"given": given}, status=410)
