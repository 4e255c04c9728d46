"""Screens beside the question bank: bring questions in from a file, after a dry run, and take them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from assessments import actions, tasks
from assessments.bank.export import exported, held_by_format
from assessments.formats import FORMATS, XLSX
from assessments.formats.xlsx import template
from assessments.forms.exchange import DownloadForm, ExportForm, ImportForm
from assessments.models import ImportLine, Question, QuestionImport
from assessments.progress import progress_of
from membership.policy import Action, may

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

LINES_PER_PAGE = 50
State = QuestionImport.State


class ExchangeView(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Open to who manages questions."""

    request: HttpRequest
    permission_required = "add"
    header_icon = "help"
    index_url_name = ""

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Question)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        bank = {"url": reverse("question_bank:index"), "label": _("Question bank")}
        return [*self.breadcrumbs_items, bank, *self.parents, {"url": "", "label": self.page_title}]

    @property
    def parents(self) -> list[dict[str, Any]]:
        return []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not may(request.user, Action.MANAGE_QUESTIONS):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class ImportView(ExchangeView, FormView):
    page_title = gettext_lazy("Import questions")
    template_name = "assessments/admin/import.html"
    form_class = ImportForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imports = QuestionImport.objects.of(self.request.user).for_list()  # type: ignore[arg-type]
        return super().get_context_data(**kwargs) | {"imports": imports}

    def form_valid(self, form: ImportForm) -> HttpResponse:
        cleaned = form.cleaned_data
        try:
            batch = actions.begin_import(
                name=cleaned["file"].name,
                content=cleaned["content"],
                format=cleaned["format"],
                topic=cleaned["topic"],
                difficulty=cleaned["difficulty"],
                by=self.request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        tasks.read_import.enqueue(str(batch.pk))
        return redirect("question_exchange:dry_run", batch.pk)


class DryRunView(ExchangeView, TemplateView):
    """One import: being read, the dry run with its lines, being written, done. It looks again by itself."""

    page_title = gettext_lazy("Dry run of the import")
    template_name = "assessments/admin/dry_run.html"
    kwargs: dict[str, Any]

    @property
    def parents(self) -> list[dict[str, Any]]:
        return [{"url": reverse("question_exchange:import"), "label": _("Import questions")}]

    def get_page_subtitle(self) -> str:
        return self.batch.name

    @cached_property
    def batch(self) -> QuestionImport:
        mine = QuestionImport.objects.of(self.request.user).select_related("topic").defer("content")  # type: ignore[arg-type]
        return get_object_or_404(mine, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        response = self.render_to_response(self.get_context_data())
        if self.is_working:
            response["Refresh"] = "2"
        return response

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        asked: dict[str, Any] = {"batch": self.batch, "by": request.user, "at": timezone.now()}
        if request.POST.get("way") == "discard":
            actions.discard_import(**asked)
            messages.success(request, _("The dry run is discarded; no question was changed."))
            return redirect("question_exchange:import")
        if request.POST.get("way") == "apply" and actions.order_import(**asked).state == State.ORDERED:
            tasks.apply_import.enqueue(str(pk))
        return redirect("question_exchange:dry_run", pk)

    @property
    def is_working(self) -> bool:
        return self.batch.state in (State.WAITING, State.ORDERED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = self.batch.lines.counts()
        outcome = self.request.GET.get("outcome", "")
        lines = self.batch.lines.defer("content").order_by("number")
        found = lines.filter(outcome=outcome) if outcome in ImportLine.Outcome else lines
        return super().get_context_data(**kwargs) | {
            "batch": self.batch,
            "format": FORMATS[self.batch.format].family,
            "is_working": self.is_working,
            "progress": progress_of(self.batch),
            "outcomes": [(value, label, counts.get(value, 0)) for value, label in ImportLine.Outcome.choices],
            "outcome": outcome,
            "to_write": counts.get("create", 0) + counts.get("change", 0),
            "page": Paginator(found, LINES_PER_PAGE).get_page(self.request.GET.get("p")),
        }


class ExportView(ExchangeView, TemplateView):
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
