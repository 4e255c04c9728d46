"""The language switch, and what machines ask for."""

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from home import health

_A_YEAR = 60 * 60 * 24 * 365
_NOT_FOR_ROBOTS = (
    "/quan-tri/", "/tai-khoan/", "/hoc-tap/", "/bai-kiem-tra/", "/minh-chung/", "/ho-so/", "/tu-danh-gia/",
    "/danh-gia/", "/tim-kiem/", "/xac-minh/", "/giay-cong-nhan/",
)  # fmt: skip


@csrf_exempt  # Changes nothing but the visitor's own language; a token would cost every visitor a cookie.
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    wanted, onward = request.POST.get("language", ""), request.POST.get("next", "")
    hosts, is_secure = {request.get_host()}, request.is_secure()
    is_ours = url_has_allowed_host_and_scheme(onward, allowed_hosts=hosts, require_https=is_secure)
    response = HttpResponseRedirect(onward if is_ours else "/")
    if wanted in dict(settings.LANGUAGES):
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(name, wanted, max_age=_A_YEAR, secure=is_secure, httponly=True, samesite="Lax")
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    parts = health.report()
    is_well = all(part.is_well for part in parts.values())
    body = {"is_well": is_well, "parts": {name: asdict(part) for name, part in parts.items()}}
    return JsonResponse(body, status=200 if is_well else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS)]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
