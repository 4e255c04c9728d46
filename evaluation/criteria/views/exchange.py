"""Sets as files, out and in."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.criteria.criteria_file import CriteriaFile
from evaluation.criteria.exchange import content_of, to_case, to_workbook
from evaluation.criteria.forms import FileForm
from evaluation.criteria.views.reached import trail, whole_set
from intake.actions import discard_import
from intake.models import Import
from intake.pages import UploadView
from intake.plan import Outcome
from intake.upload import UploadForm

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


class BringInView(UploadView):
    """The file becomes a draft, or every line that is wrong is named and nothing changes."""

    kind = CriteriaFile
    form_class = FileForm
    template_name = "criteria/bring_in.html"
    page_title = gettext_lazy("Bring in a file")
    upload_page = "criteria:bring_in"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"breadcrumbs": trail(None, (_("Bring in a file"), ""))}

    def answer(self, form: UploadForm, batch: Import) -> HttpResponse:
        problems = list(batch.lines.filter(outcome=Outcome.SKIP).order_by("number"))
        if not problems:
            batch = self.carry_out_at_once(batch)
        if not problems and not batch.problem:
            messages.success(self.request, _("The file has become a draft."))
            return redirect("criteria:set", pk=batch.details["draft"])
        if batch.problem:
            form.add_error("file", batch.problem)
        discard_import(**self.asked(batch))
        return self.form_invalid(form, problems=problems)
