"""What Wagtail's admin learns from this app."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from interface.pieces import piece_of
from membership.policy import Action, may
from training_materials.administration import builder, courses, media, moderation, packages, review, unplayable
from training_materials.administration.activities import ActivityViewSetGroup
from training_materials.administration.topics import TopicViewSet
from training_materials.blocks.choosers import PackageChooserViewSet, package_chooser
from training_materials.blocks.content import VIDEO_EXTENSIONS
from training_materials.registries import page_uses

register_snippet(TopicViewSet)
register_snippet(ActivityViewSetGroup)

_SEEN = "dependants_seen"
_PACKAGES = [
    path("", packages.IndexView.as_view(), name="index"),
    path("tai-len/<uuid:pk>/", packages.UploadView.as_view(), name="upload"),
    path("thu-vien/", packages.LibrariesView.as_view(), name="libraries"),
    path("<int:pk>/", packages.ContentView.as_view(), name="content"),
]
_PACKAGE_ACTIONS = (
    ("upload_package", _("Upload package"), _("Package uploaded")),
    ("read_package", _("Check package"), _("Package checked")),
    ("order_libraries", _("Let libraries be installed"), _("Installation of libraries ordered")),
    ("resume_upload", _("Check package again"), _("Package checked again")),
    ("install_library", _("Install library"), _("Library installed")),
    ("add_version", _("Add version of a content"), _("Version of a content added")),
    ("discard_upload", _("Discard upload"), _("Upload discarded")),
    ("withdraw_package", _("Withdraw interactive content"), _("Interactive content withdrawn")),
    ("delete_package", _("Delete interactive content"), _("Interactive content deleted")),
)


@hooks.register("register_admin_urls")
def package_office() -> list[URLPattern | URLResolver]:
    cancel = moderation.CancelModerationView.as_view()
    return [
        path("noi-dung-tuong-tac/", include((_PACKAGES, "packages"))),
        path("huy-duyet/<int:pk>/", cancel, name="cancel_moderation"),
        path("khoa-hoc-moi/", courses.begin_course, name="new_course"),
        path("soan-khoa-hoc/<int:pk>/", builder.BuilderView.as_view(), name="course_builder"),
        path("soan-khoa-hoc/<int:pk>/cho/", builder.place, name="place_step"),
        path("soan-khoa-hoc/<int:pk>/them/", builder.begin, name="begin_step"),
        path("soan-khoa-hoc/<int:pk>/nhan-ban/", builder.copy, name="copy_in_course"),
        path("soan-khoa-hoc/<int:pk>/bo-ra/", builder.take_out, name="take_out"),
        path("soan-khoa-hoc/<int:pk>/gui-duyet/", review.submit, name="submit_course"),
        path("soan-khoa-hoc/<int:pk>/duyet/", review.ReviewView.as_view(), name="course_review"),
    ]


hooks.register("register_admin_urls", media.addresses, order=-1)
hooks.register("construct_homepage_panels", courses.put_courses_first)
hooks.register("construct_page_action_menu", moderation.put_cancelling_last)


@hooks.register("register_admin_menu_item")
def package_menu() -> MenuItem:
    return PackageMenuItem(_("Interactive contents"), reverse_lazy("packages:index"), icon_name="media", order=255)


class PackageMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Action.ADD_PACKAGES)


@hooks.register("register_admin_viewset")
def choose_package() -> PackageChooserViewSet:
    return package_chooser


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("training_materials.save_topic", _("Save topic"), _("Topic saved"))
    actions.register_action("training_materials.publish_activity", _("Publish activity"), _("Activity published"))
    actions.register_action("training_materials.set_up_publishing", _("Set up publishing"), _("Publishing set up"))
    actions.register_action("training_materials.place_step", _("Place a step"), _("Step placed in its course"))
    actions.register_action("training_materials.take_out", _("Take a step out"), _("Step taken out or put back"))
    for name, todo, done in _PACKAGE_ACTIONS:
        actions.register_action(f"training_materials.{name}", todo, done)


@hooks.register("insert_editor_js")
def plain_addresses() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("training_materials/plain_address.js"))


@hooks.register("before_serve_document", order=100)
def serve_piece_of_video(document: AbstractDocument, request: HttpRequest) -> HttpResponseBase | None:
    """After Wagtail's own hook, which asks whether the visitor may have the file at all."""
    if document.file_extension.lower() not in VIDEO_EXTENSIONS:
        return None
    return piece_of(partial(document.file.storage.open, document.file.name), request, document.content_type)


@hooks.register("before_edit_page")
def warn_of_what_does_not_play(request: HttpRequest, page: Page) -> None:
    if request.method == "GET":
        for warning in unplayable.warnings(page.specific):
            messages.warning(request, warning)


@hooks.register("before_delete_page")
def explain_before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return None if request.method == "POST" or _SEEN in request.GET else _explain(request, [page])


@hooks.register("before_bulk_action")
def explain_before_deleting_many(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: object
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    return _explain(request, pages) if action_type == "delete" and pages and _SEEN not in request.POST else None


def _explain(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """A page that says what refers to the pages to go and offers unpublishing; nothing if nothing does."""
    found = page_uses.of_pages(pages)
    if not found:
        return None
    context = {"pages": pages, "page": pages[0], "dependants": found, "seen": _SEEN, "sent": request.POST}
    return TemplateResponse(request, "training_materials/admin/dependants.html", context)
