"""Sets as files, out and in."""

import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria.actions import import_set
from evaluation.criteria.exchange import (
    ImportRefusedError,
    Problem,
    SetContent,
    content_of,
    from_case,
    from_workbook,
    to_case,
    to_workbook,
)
from evaluation.criteria.forms import FileForm
from evaluation.criteria.views.reached import officer, trail, whole_set

LARGEST_FILE = 5 * 1024 * 1024
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    criteria_set = whole_set(request, pk)
    content = content_of(criteria_set)
    if kind == "xlsx":
        response = HttpResponse(to_workbook(content), content_type=WORKBOOK)
    else:
        base = request.build_absolute_uri("/").rstrip("/")
        package = to_case(content, base_url=base, creator=request.get_host(), at=timezone.now())
        response = HttpResponse(json.dumps(package, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="bo-tieu-chi-{pk}.{kind}"'
    return response


@login_required
def bring_in(request: HttpRequest) -> HttpResponse:
    """The file becomes a draft, or every line that is wrong is named and nothing changes."""
    user = officer(request)
    form = FileForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            content = _content(form.cleaned_data["file"])
            content = replace(content, version=form.cleaned_data["version"] or content.version)
            draft = import_set(content=content, by=user, at=timezone.now())
            messages.success(request, _("The file has become a draft."))
            return redirect("criteria:set", pk=draft.pk)
        except ImportRefusedError as refused:
            problems = refused.problems
    context = {"form": form, "problems": problems, "breadcrumbs": trail(None, (_("Bring in a file"), ""))}
    return render(request, "criteria/bring_in.html", context, status=422 if problems or form.errors else 200)


def _content(upload: Any) -> SetContent:
    if upload.size > LARGEST_FILE:
        raise ImportRefusedError([Problem(_("File"), _("It is larger than 5 MB."))])
    data = upload.read()
    if data[:2] == b"PK":
        return from_workbook(data)
    try:
        return from_case(json.loads(data))
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        text = _("This is neither a workbook nor a CASE package: %(detail)s.") % {"detail": wrong}
        raise ImportRefusedError([Problem(_("File"), text)]) from None
