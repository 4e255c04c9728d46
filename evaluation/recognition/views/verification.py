"""Public: whether a title or a badge is valid. Only what a certificate says anyway is shown, and nothing is kept or
indexed. Badges are downloaded by their holders and read by machines."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from badges import keys
from badges.answers import badge_file, demanded_key, limited, public, status_file, unindexed
from badges.kinds import page_of
from evaluation.recognition.credentials import TITLES, achieved
from evaluation.recognition.forms import BadgeForm, CodeForm
from evaluation.recognition.models import Title
from evaluation.recognition.views.titles import may_print
from membership.actions import log_file_access
from membership.admission import private_page, user_of
from papers.codes import canonical

# Private: the site's page cache keeps none of these, so a revocation shows at once.
_MINUTE = 60


@require_safe
@never_cache
@limited
def verify_form(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = canonical(form.cleaned_data["code"])
        if code:
            return redirect("recognition:verify", code=code)
    return unindexed(render(request, "recognition/verify_form.html", {"form": form}))


@require_safe
@never_cache
@limited
def verify(request: HttpRequest, code: str) -> HttpResponse:
    title = Title.objects.for_verification().filter(code=canonical(code)).first()
    if title is None and (page := page_of(canonical(code))):
        return redirect(page)
    if title is None:
        context = {"form": CodeForm(initial={"code": code[:60]})}
        return unindexed(render(request, "recognition/verify_unknown.html", context, status=404))
    return unindexed(render(request, "recognition/verify.html", {"title": title}))


@private_page
def badge(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The badge as JSON or JWT, for whom the certificate is for."""
    user = user_of(request)
    title = get_object_or_404(Title.objects.for_certificate(), code=canonical(code))
    demanded_key()
    if not may_print(user, title):
        raise Http404
    log_file_access(user=user, person=title.person, what="certificate", at=timezone.now())
    if title.is_revoked:
        return render(request, "recognition/certificate_revoked.html", {"title": title}, status=410)
    return badge_file(achieved(title), f"huy-hieu-{title.code}", kind)


@require_safe
@cache_control(private=True, max_age=_MINUTE)
@limited
def status_list(request: HttpRequest, number: str) -> HttpResponse:
    """Public: which badges of titles are revoked."""
    return status_file(TITLES, int(number))


@require_safe
@cache_control(private=True, max_age=60 * _MINUTE)
@limited
def did_document(request: HttpRequest) -> HttpResponse:
    """Public: the keys with which badges are checked."""
    found = keys.public_keys()
    if not found:
        raise Http404
    return public(JsonResponse(keys.did_document(found), content_type="application/did+json"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited
def check_badge(request: HttpRequest) -> HttpResponse:
    """Public: reads a badge file and says whether it is genuine. The file is not kept."""
    form = BadgeForm(request.POST or None, request.FILES or None)
    finding = form.finding(timezone.now()) if form.is_valid() else None
    status = 422 if form.errors else 200
    return unindexed(render(request, "recognition/check_badge.html", {"form": form, "finding": finding}, status=status))
