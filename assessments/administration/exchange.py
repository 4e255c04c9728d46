"""Screens beside the question bank: bring questions in from a file, after a dry run, and take them out."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from assessments.actions.importing import QuestionFile
from assessments.administration.permissions import BankPage
from assessments.bank.export import exported, held_by_format
from assessments.formats import FORMATS, XLSX
from assessments.formats.xlsx import template
from assessments.forms.exchange import DownloadForm, ExportForm, ImportForm
from assessments.models import Difficulty, Pool
from intake.pages import PlanView, UploadView
from interface.tables import OFFICE
from membership.policy import Action, may
from training_materials.models import Topic


class ImportView(UploadView, BankPage):
    page_title = gettext_lazy("Import questions")
    template_name = "assessments/admin/import.html"
    form_class = ImportForm
    kind, look = QuestionFile, OFFICE
    upload_page, plan_page = "question_exchange:import", "question_exchange:dry_run"

    def get_initial(self) -> dict[str, Any]:
        """Who comes from a course's pool brings a file into it."""
        return super().get_initial() | {"pool": self.request.GET.get("pool", "")}


class DryRunView(PlanView, BankPage):
    page_title = gettext_lazy("Dry run of the import")
    template_name = "assessments/admin/dry_run.html"
    kind, look = QuestionFile, OFFICE
    upload_page, plan_page = ImportView.upload_page, ImportView.plan_page

    parents = [*BankPage.parents, ("question_exchange:import", ImportView.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.batch.details
        return super().get_context_data(**kwargs) | {
            "format": FORMATS[chosen["format"]].family,
            "topic": Topic.objects.filter(pk=chosen["topic"]).first(),
            "difficulty": Difficulty(chosen["difficulty"]).label,
            "pool": Pool.objects.for_choosing().filter(pk=chosen.get("pool")).first(),
        }


class ExportView(BankPage, TemplateView):
    page_title = gettext_lazy("Export questions")
    template_name = "assessments/admin/export.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ExportForm(self.request.GET or None)
        topic = form.cleaned_data["topic"] if form.is_bound and form.is_valid() else None
        rows = held_by_format(topic.pk if topic else None)
        return super().get_context_data(**kwargs) | {"form": form, "topic": topic, "rows": rows}


@login_required
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The questions of a topic, or all, as one file or a part of them. 404 for who does not manage questions."""
    form, format_ = DownloadForm(request.GET), FORMATS.get(request.GET.get("format", ""))
    if format_ is None or not form.is_valid() or not may(request.user, Action.MANAGE_QUESTIONS):
        raise Http404
    topic, part = form.cleaned_data["topic"], form.cleaned_data["part"]
    try:
        content = exported(format_, topic.pk if topic else None, part or 1)
    except IndexError as missing:
        raise Http404 from missing
    name = "-".join(["cau-hoi", *([topic.slug] if topic else []), *([f"phan-{part}"] if part else [])])
    response = HttpResponse(content, content_type=format_.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{format_.extension}"'
    return response


@login_required
@require_GET
def spreadsheet_template(request: HttpRequest) -> HttpResponse:
    """An empty spreadsheet to fill in. 404 for who does not manage questions."""
    if not may(request.user, Action.MANAGE_QUESTIONS):
        raise Http404
    response = HttpResponse(template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-cau-hoi.xlsx"'
    return response
