"""Writing activities in Wagtail's admin: a screen for each type, with the learner's view beside the form."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import View
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UnpublishView,
    UsageView,
)

from interface.vietnamese import words_of
from training_materials.actions import publish_activity
from training_materials.models import BranchingScenario, FlashCards, HotspotPicture, KnowledgeCheck, OwnActivity


class PublishesThroughTheGate:
    """Publishing goes through the action; what is wrong with the activity is said at the form before."""

    action: str
    form: Any
    object: OwnActivity
    new_revision: Any
    request: Any
    get_error_message: Any

    def is_valid(self, form: Any) -> bool:
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        problems = form.instance.written.problems() if self.action == "publish" else []
        if problems:
            form.add_error(None, problems)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
        return not problems

    def publish_action(self) -> None:
        activity = self.new_revision.as_object()
        publish_activity(activity=activity, revision=self.new_revision, by=self.request.user, at=timezone.now())


class ActivityCreateView(PublishesThroughTheGate, CreateView):
    pass


class ActivityCopyView(PublishesThroughTheGate, CopyView):
    """A copy starts as a draft of its own, without the package of what it was made from."""

    def get_initial_form_instance(self) -> OwnActivity:
        copied: OwnActivity = self.get_object().get_latest_revision_as_object()
        kept = {name: getattr(copied, name) for name in ("introduction", *copied.written_fields)}
        return type(copied)(title=_("%(title)s (copy)") % {"title": copied.title[:130]}, **kept)


class ActivityEditView(PublishesThroughTheGate, EditView):
    export_activity_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        kept = list(super().header_more_buttons)
        address = reverse(self.export_activity_url_name, args=[self.object.pk])
        return [*kept, Button(_("Export as .h5p"), url=address, icon_name="download", priority=45)]


def _pages_with(activity: OwnActivity) -> Any:
    """Pages use the package that the activity became, not the activity itself."""
    found = ReferenceIndex.objects.none()
    if activity.package:
        found = ReferenceIndex.get_references_to(activity.package)
    return found.group_by_source_object()


class ActivityUsageView(UsageView):
    def get_queryset(self) -> Any:
        return _pages_with(self.object)


class ActivityUnpublishView(UnpublishView):
    """Says first how many pages play it: they will say that it is not available."""

    template_name = "training_materials/admin/unpublish_activity.html"

    def get_usage(self) -> Any:
        return _pages_with(self.object)


class ActivityDeleteView(DeleteView):
    def get_usage(self) -> Any:
        return _pages_with(self.object)


class ActivityExportView(View):
    """The activity as it was last saved, as a file that other H5P hosts import."""

    model: Any = None
    permission_policy: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        activity = self.model.objects.get(pk=pk).get_latest_revision_as_object()
        response = HttpResponse(activity.written.packed(activity.title), content_type="application/zip")
        name = slugify("-".join(words_of(activity.title))) or "hoat-dong"
        response["Content-Disposition"] = f'attachment; filename="{name}.h5p"'
        return response


class ActivityViewSet(SnippetViewSet):
    add_view_class = ActivityCreateView
    edit_view_class = ActivityEditView
    copy_view_class = ActivityCopyView
    usage_view_class = ActivityUsageView
    unpublish_view_class = ActivityUnpublishView
    delete_view_class = ActivityDeleteView
    delete_template_name = "training_materials/admin/delete_activity.html"
    list_display = ["title", Column("last_published_at", label=_("Published"), sort_key="last_published_at")]
    search_fields = ["title"]
    search_backend_name = None
    list_per_page = 30

    def get_queryset(self, request: HttpRequest) -> QuerySet[OwnActivity]:
        return self.model.objects.all()

    def get_edit_handler(self) -> ObjectList:
        names = ["title", "introduction", *self.model.written_fields]
        return ObjectList([FieldPanel(name) for name in names]).bind_to_model(self.model)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_edit_view_kwargs(**kwargs)
        return found | {"export_activity_url_name": self.get_url_name("export_activity")}

    def get_urlpatterns(self) -> list[URLPattern]:
        export = ActivityExportView.as_view(model=self.model, permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("xuat/<int:pk>/", export, name="export_activity")]


def _screens(model: type[OwnActivity], address: str, icon: str, label: Any) -> type[ActivityViewSet]:
    about = {"model": model, "url_prefix": f"hoat-dong/{address}", "icon": icon, "menu_label": label}
    return type(f"{model.__name__}ViewSet", (ActivityViewSet,), about)


class ActivityViewSetGroup(SnippetViewSetGroup):
    items = (
        _screens(KnowledgeCheck, "kiem-tra-nhanh", "help", _("Knowledge checks")),
        _screens(FlashCards, "the-ghi-nho", "copy", _("Flash cards")),
        _screens(BranchingScenario, "tinh-huong", "collapse-down", _("Branching scenarios")),
        _screens(HotspotPicture, "hinh-co-diem", "image", _("Hotspot pictures")),
    )
    menu_label = pgettext_lazy("menu", "Activities")
    menu_icon = "clipboard-list"
    menu_order = 252
