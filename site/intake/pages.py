"""The two pages of an import: the file is chosen, and its plan is looked at. A kind's app gives them their place."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from django.views.generic.base import ContextMixin, View

from intake import actions, tasks
from intake.kinds import Kind
from intake.lists import ImportTable, LineTable
from intake.models import Import
from intake.plan import WRITTEN
from intake.querysets import SILENCE
from intake.upload import UploadForm
from interface.tables import OFFICE, SITE, TableMixin
from work.progress import progress_of

State = Import.State


class ImportPage(ContextMixin, View):
    """Open to whom the kind admits."""

    kind: type[Kind[Any]]
    look = SITE
    page_title: Any = ""
    upload_page = ""
    plan_page = ""

    @property
    def scope(self) -> str:
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self.kind.admits(request.user, self.scope):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frame = "office" if self.look is OFFICE else "site"
        parts = {name: f"intake/{frame}/{name}.html" for name in ("base", "fields", "notice")}
        about = {"page_title": self.page_title, "upload_address": self.address(self.upload_page), "kind": self.kind}
        return super().get_context_data(**kwargs) | parts | about

    def address(self, page: str, *args: Any) -> str:
        return reverse(page, args=[*([self.scope] if self.scope else []), *args])

    def carry_out_at_once(self, batch: Import) -> Import:
        """Orders it and does it, while the person waits."""
        actions.order_import(**self.asked(batch))
        return tasks.go_on(actions.carry_out, str(batch.pk)) or batch

    def asked(self, batch: Import) -> dict[str, Any]:
        """What each action wants to know."""
        return {"batch": batch, "by": self.request.user, "at": timezone.now()}


class UploadView(ImportPage, FormView):
    template_name = "intake/upload.html"
    form_class: type[UploadForm] = UploadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"most_bytes": self.kind.most_bytes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Import.objects.of(self.request.user, self.kind.key, self.scope).for_list()
        is_come_back_to = self.kind.can_undo or not self.kind.at_once
        return super().get_context_data(**kwargs) | {"table": ImportTable(self, own if is_come_back_to else [])}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            batch = actions.begin_import(
                kind=self.kind.key, scope=self.scope, name=file.name, content=form.cleaned_data["content"],
                details=form.details(), by=self.request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        if not self.kind.at_once:
            tasks.read.enqueue(str(batch.pk))
            return redirect(self.address(self.plan_page, batch.pk))
        batch = tasks.go_on(actions.read_import, str(batch.pk)) or batch
        if batch.state == State.UNREADABLE:
            form.add_error("file", batch.problem)
            actions.discard_import(**self.asked(batch))
            return self.form_invalid(form)
        return self.answer(form, batch)

    def answer(self, form: UploadForm, batch: Import) -> HttpResponse:
        """To a small file that was read at once."""
        return redirect(self.address(self.plan_page, batch.pk))

    def form_invalid(self, form: UploadForm, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **context), status=422)


class PlanView(ImportPage, TableMixin, TemplateView):
    """One import: being read, the dry run with its lines, being written, done. It looks again by itself."""

    template_name = "intake/plan.html"

    @cached_property
    def batch(self) -> Import:
        own = Import.objects.of(self.request.user, self.kind.key, self.scope).defer("content")
        return get_object_or_404(own, pk=self.kwargs["pk"])

    @cached_property
    def table(self) -> LineTable:
        return LineTable(self.request, self.batch, self.kind, self.look)

    def get_page_subtitle(self) -> str:
        return self.batch.name

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = self.render_to_response(self.get_context_data())
        if self.batch.is_working:
            response["Refresh"] = "2"
        return response

    def post(self, request: HttpRequest, *args: Any, pk: UUID, **kwargs: Any) -> HttpResponse:
        way = request.POST.get("way")
        if way == "discard":
            actions.discard_import(**self.asked(self.batch))
            messages.success(request, str(self.kind.is_discarded))
            return redirect(self.address(self.upload_page))
        if way == "apply" and actions.order_import(**self.asked(self.batch)).state == State.ORDERED:
            return self.carry_out(pk)
        if way == "undo" and actions.order_undoing(**self.asked(self.batch)).state == State.UNDOING:
            return self.carry_out(pk)
        if way == "resume":
            tasks.wake_imports()
        return redirect(self.address(self.plan_page, pk))

    def carry_out(self, pk: UUID) -> HttpResponse:
        if self.kind.at_once:
            return self.answer(tasks.go_on(actions.carry_out, str(pk)) or self.batch)
        tasks.carry_out.enqueue(str(pk))
        return redirect(self.address(self.plan_page, pk))

    def answer(self, batch: Import) -> HttpResponse:
        """To a small plan that was carried out at once."""
        return redirect(self.address(self.plan_page, batch.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = self.batch.lines.counts()
        to_write = sum(counts.get(outcome, 0) for outcome in WRITTEN)
        return super().get_context_data(**kwargs) | {
            "batch": self.batch,
            "counts": counts,
            "is_silent": self.batch.is_working and self.batch.moved_at < timezone.now() - SILENCE,
            "progress": progress_of(self.batch.progress_name),
            "outcomes": [(value, label, counts.get(value, 0)) for value, label in self.kind.labels.items()],
            "apply_label": self.kind.apply_label(to_write) if to_write else "",
        }
