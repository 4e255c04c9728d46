"""A person's own evidence: read it, add to it, open a file. Glue only."""

import uuid
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.core import is_ratelimited

from learning.evidence import actions
from learning.evidence.forms import DeclarationForm
from learning.evidence.models import Evidence, EvidenceFile
from learning.evidence.own_page import lines
from membership.actions import log_file_access
from membership.models import Person, User

ADDING_RATE = "30/h"
# The list of courses is a page of Wagtail's, so its address has no name; teaching stands beside evidence.
COURSES_ADDRESS = "/khoa-hoc/"


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    this_year = timezone.localdate().year
    years = sorted({this_year, *Evidence.objects.years(person)}, reverse=True)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked in {str(known) for known in years} else this_year
    context = {
        "lines": lines(person, year),
        "years": years,
        "year": year,
        "courses_url": COURSES_ADDRESS,
        "breadcrumbs": _trail(),
    }
    return render(request, "evidence/mine.html", context)


@login_required
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if request.method != "POST":
        return _form(request, DeclarationForm())
    form = DeclarationForm(request.POST, request.FILES)
    if is_ratelimited(request, group="evidence.add", key="user", rate=ADDING_RATE, increment=True):
        form.add_error(None, _("You have added very many in one hour. What you typed is kept: try again in an hour."))
        return _form(request, form, status=429)
    if not form.is_valid():
        return _form(request, form, status=422)
    evidence = actions.declare(person=person, by=_user(request), at=timezone.now(), **form.fact_values())
    messages.success(request, _("Saved: “%(title)s” is among your evidence.") % {"title": evidence.title})
    return redirect(f"{reverse('evidence:mine')}?nam={timezone.localdate(evidence.occurred_at).year}")


@require_safe
@login_required
@never_cache
def file(request: HttpRequest, file_id: uuid.UUID) -> FileResponse:
    kept = get_object_or_404(
        EvidenceFile.objects.visible_to(request.user).select_related("evidence__person"), pk=file_id
    )
    try:
        content = kept.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    log_file_access(user=_user(request), person=kept.evidence.person, what=f"file:{kept.pk.hex}", at=timezone.now())
    return FileResponse(
        content,
        as_attachment=True,
        filename=kept.name,
        content_type=kept.content_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _form(request: HttpRequest, form: DeclarationForm, status: int = 200) -> HttpResponse:
    breadcrumbs = [*_trail(is_last=False), (_("Add evidence"), "")]
    return render(request, "evidence/add.html", {"form": form, "breadcrumbs": breadcrumbs}, status=status)


def _trail(is_last: bool = True) -> list[tuple[str, str]]:
    own = "" if is_last else reverse("evidence:mine")
    return [(_("My learning"), settings.LOGIN_REDIRECT_URL), (_("My evidence"), own)]


def _person(request: HttpRequest) -> Person:
    """404 for accounts that run the machine and are nobody's record."""
    person = _user(request).person
    if person is None:
        raise Http404
    return person


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
