"""The language switch, what serves which indicator, and what machines ask for."""

import datetime
from dataclasses import asdict

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.sitemaps import Sitemap
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page
from wagtail.query import PageQuerySet

from assessments.rules.statistics import ENOUGH
from evaluation.criteria.models import CriteriaSet
from home import coverage as coverages
from home import health, living
from home.coverage import results_by_indicator
from home.models import HomePage, PlainPage
from membership.models import Unit
from membership.policy import Action, may
from training_materials.models import CourseIndexPage, CoursePage, LessonPage, LibraryPage, MaterialPage

_A_YEAR = 60 * 60 * 24 * 365
# What costs, has no end or names somebody. Members' pages tell nobody more than where to sign in, so they need no rule.
_NOT_FOR_ROBOTS = (
    "/quan-tri/", "/tai-khoan/", "/bai-kiem-tra/khong-mang/", "/minh-chung/", "/danh-gia/", "/tim-kiem/", "/xac-minh/",
    "/giay-cong-nhan/", "/chung-nhan/", "/phieu/", "/bao-cao/", "/giao-dien/",
)  # fmt: skip
_KINDS = (HomePage, PlainPage, LibraryPage, MaterialPage, CourseIndexPage, CoursePage, LessonPage)


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


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "home/contact.html")


@login_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """For those who work in the back office; 404 for everyone else."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    return render(request, "home/components.html", living.contents())


@login_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """For those who write criteria and those who publish what is taught; 404 for everyone else."""
    manages = may(request.user, Action.MANAGE_CRITERIA)
    if not manages and not may(request.user, Action.PUBLISH_MATERIALS):
        raise Http404
    units = Unit.objects.filter(pk__in=CriteriaSet.objects.in_force(timezone.localdate()).values("unit"))
    chosen = request.GET.get("don-vi", "")
    unit = get_object_or_404(units, pk=int(chosen)) if chosen.isdecimal() else None
    trail = [(_("Evaluation"), "/danh-gia/"), (_("Criteria"), reverse("criteria:sets"))] if manages else []
    context = {
        "coverage": coverages.coverage(unit, timezone.localdate()),
        "units": units.order_by("path"),
        "unit": unit,
        "breadcrumbs": [*trail, (_("What serves which indicator"), "")],
    }
    return render(request, "home/coverage.html", context)


@login_required
@require_safe
def indicator_results(request: HttpRequest) -> HttpResponse:
    """For those who look after learning; 404 for everyone else."""
    if not may(request.user, Action.VIEW_LEARNING):
        raise Http404
    rows = results_by_indicator(request.user, timezone.localdate())
    compared = sorted((row for row in rows if row.count >= ENOUGH), key=lambda row: row.percent or 0)
    context = {
        "rows": rows,
        "is_answered": any(row.count for row in rows),
        "compared": compared,
        "breadcrumbs": [(_("Quiz results by indicator"), "")],
    }
    return render(request, "home/indicator_results.html", context)


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


class PageSitemap(Sitemap):
    limit = 5000

    def items(self) -> PageQuerySet:
        closed = LessonPage.objects.filter(is_open=False).values("pk")
        readable = Page.objects.live().public().type(*_KINDS).exclude(pk__in=closed)
        return readable.only("url_path", "last_published_at").order_by("path")

    def location(self, item: Page) -> str:
        # Addresses are paths here: the home page is the root of the only site.
        return "/" + item.url_path.split("/", 2)[2]

    def lastmod(self, item: Page) -> datetime.datetime | None:
        return item.last_published_at
