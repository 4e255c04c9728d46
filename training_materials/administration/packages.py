"""The back office of packages: upload, what the gate found, contents with their versions, libraries."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from interface.tables import Column, Empty, Table
from interface.tables.office import OfficeTableMixin
from membership.admission import OfficePage
from membership.policy import Action, may
from training_materials import actions, tasks
from training_materials.forms import PackageUploadForm
from training_materials.models import Library, Package, PackageUpload
from training_materials.packages.kinds import kind_of
from training_materials.packages.scoring import scorer_of
from training_materials.player.tokens import address_of
from training_materials.querysets.packages import pages_with
from work.progress import progress_of

State = PackageUpload.State


class PackagePage(OfficePage):
    needs = Action.ADD_PACKAGES
    header_icon = "media"
    parents: tuple[tuple[Any, ...], ...] = (("packages:index", gettext_lazy("Interactive contents")),)

    @property
    def may_install(self) -> bool:
        return may(self.request.user, Action.INSTALL_LIBRARIES)


class UploadTable(Table):
    caption = gettext_lazy("Latest uploads")
    row_address = "packages:upload"
    per_page = 20
    columns = [
        Column(name="file", label=gettext_lazy("File"), read="name", is_heading=True),
        Column(name="uploaded", label=pgettext_lazy("package", "Uploaded"), read="created_at"),
        Column(name="by", label=pgettext_lazy("package", "By"),
               read=lambda row: row.created_by.get_full_name() or row.created_by),
        Column(name="state", label=pgettext_lazy("package", "State"), read="get_state_display"),
    ]  # fmt: skip


def _title(package: Any) -> str:
    if not package.withdrawn_at:
        return str(package.title)
    return f"{package.title} ({pgettext('package', 'not published')})"


def _kind(package: Any) -> str:
    return str(kind_of(package.main_name, package.main_title)) if package.main_name else ""


class PackageTable(Table):
    caption = gettext_lazy("Contents")
    row_address = "packages:content"
    filename = "noi-dung-tuong-tac"
    per_page = 50
    page_name = "p"
    empty = Empty(gettext_lazy("None yet. Upload a first one above, or write one in “Activities”."))
    columns = [
        Column(name="title", label=gettext_lazy("Title"), read=_title, order=["title"], is_heading=True),
        Column(name="kind", label=pgettext_lazy("package", "Kind"), read=_kind, order=["main_title"]),
        Column(name="version", label=pgettext_lazy("package", "Version"), read="latest_number"),
        Column(name="created", label=pgettext_lazy("package", "Created"), order=["created_at"],
               read=lambda row: timezone.localdate(row.created_at)),
    ]  # fmt: skip


class IndexView(PackagePage, OfficeTableMixin, FormView):
    table_class = PackageTable
    page_title = gettext_lazy("Interactive contents")
    template_name = "training_materials/admin/packages.html"
    form_class = PackageUploadForm
    parents = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uploads = PackageUpload.objects.visible_to(self.request.user).select_related("created_by__person")
        return super().get_context_data(**kwargs) | {
            "uploads": UploadTable(self.request, uploads[:20], self.look),
            "may_install": self.may_install,
        }

    def get_rows(self) -> Any:
        return Package.objects.for_list()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An upload: nothing is chosen in this list."""
        return FormView.post(self, request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.user}

    def form_valid(self, form: PackageUploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            upload = actions.upload_package(
                name=file.name, content=file, size=file.size, package=form.cleaned_data["package"], by=self.user,
                at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        transaction.on_commit(partial(tasks.read_upload.enqueue, str(upload.pk)))
        return redirect("packages:upload", upload.pk)


class UploadView(PackagePage, TemplateView):
    """One upload: being read, what was found, what has to happen next. It looks again by itself."""

    page_title = gettext_lazy("What was found")
    template_name = "training_materials/admin/package_upload.html"

    def get_page_subtitle(self) -> str:
        return self.upload.name

    @cached_property
    def upload(self) -> PackageUpload:
        visible = PackageUpload.objects.visible_to(self.request.user).select_related("package", "created_by")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    @property
    def is_working(self) -> bool:
        return self.upload.state in (State.WAITING, State.ORDERED)

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        response = self.render_to_response(self.get_context_data())
        if self.is_working:
            response["Refresh"] = "2"
        return response

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if request.POST.get("way") == "install" and self.may_install:
            waited = self.upload.state == State.UNKNOWN
            upload = actions.order_libraries(upload=self.upload, by=self.user, at=timezone.now())
            if waited and upload.state == State.ORDERED:
                transaction.on_commit(partial(tasks.read_upload.enqueue, str(pk)))
            return redirect("packages:upload", pk)
        if request.POST.get("way") == "discard":
            actions.discard_upload(upload=self.upload, by=self.user, at=timezone.now())
            messages.success(request, _("The upload is discarded."))
            return redirect("packages:index")
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.upload.report
        package = self.upload.package if self.upload.state == State.ACCEPTED else None
        newest = package.versions.select_related("main").first() if package else None
        return super().get_context_data(**kwargs) | {
            "upload": self.upload,
            "report": report,
            "is_working": self.is_working,
            "percent": progress_of(self.upload.progress_name).percent,
            "may_install": self.may_install,
            "finish": newest.finish.value if newest else "",
        }


class ContentView(PackagePage, TemplateView):
    page_title = gettext_lazy("Interactive content")
    template_name = "training_materials/admin/package.html"

    def get_page_subtitle(self) -> str:
        return self.package.title

    @cached_property
    def package(self) -> Package:
        return get_object_or_404(Package, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.may_delete:
            raise Http404
        actions.delete_package(package=self.package, by=self.user, at=timezone.now())
        messages.success(request, _("The content is deleted. What learners did with it is kept."))
        return redirect("packages:index")

    @property
    def may_delete(self) -> bool:
        return self.package.created_by_id == self.user.pk or self.may_install

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.package.versions.select_related("main", "created_by").defer("media", "params"))
        newest = versions[0] if versions else None
        return super().get_context_data(**kwargs) | {
            "package": self.package,
            "versions": versions,
            "pages": pages_with(self.package),
            "address": address_of(newest.pk) if newest else "",
            "finish": newest.finish.value if newest else "",
            "may_delete": self.may_delete,
        }


class LibrariesView(PackagePage, TemplateView):
    page_title = gettext_lazy("Libraries of packages")
    template_name = "training_materials/admin/libraries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            {"library": library, "is_recomputed": scorer_of(library.name) is not None}
            for library in Library.objects.for_list().select_related("installed_by__person")
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}
