"""A course on one page: its steps in order, how each stands, another one at its place, up and down."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages

from membership.admission import OfficePage, admit, user_of
from membership.models import User
from membership.policy import Action
from training_materials import actions
from training_materials.administration import completeness, taught
from training_materials.forms import CopyForm, PlaceForm, TakeOutForm
from training_materials.models import CoursePage
from training_materials.outlines.order import as_planned

LONGEST_TITLE = 255  # as Wagtail keeps titles


class BuilderView(OfficePage, TemplateView):
    needs = Action.PUBLISH_MATERIALS
    page_title = gettext_lazy("Course on one page")
    header_icon = "list-ol"
    template_name = "training_materials/admin/builder.html"

    @cached_property
    def course(self) -> CoursePage:
        """As it is written last."""
        found: CoursePage = _course(user_of(self.request), self.kwargs["pk"]).get_latest_revision_as_object()
        return found

    def get_page_subtitle(self) -> str:
        return str(self.course.get_admin_display_title())

    def _submitted(self) -> set[int]:
        """Pages of the course that wait with the moderators."""
        task = self.course.current_workflow_task_state
        return {*task.submitted_pages.values_list("page", flat=True), self.course.pk} if task else set()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        course = self.course
        standing = list(course.get_children().order_by("path"))
        steps = as_planned(standing, course.planned_order)
        allowed = course.permissions_for_user(self.request.user)
        kinds = course.creatable_subpage_models()
        state, submitted = course.current_workflow_state, self._submitted()
        return super().get_context_data(**kwargs) | {
            "course": course,
            "steps": steps,
            "waits": steps != standing,
            "state": state,
            "moderated": taught.moderated() | submitted,
            "is_submitted": course.pk in submitted,
            "mute": completeness.without_captions(steps),
            "hints": completeness.hints_of(course),
            "may_arrange": allowed.can_edit() and not allowed.page_locked(),
            "kinds": [(model._meta.model_name, model._meta.verbose_name) for model in kinds],
        }


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.PUBLISH_MATERIALS)
    course, form = _course(user, pk), PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404
    step, to = form.cleaned_data["step"], form.cleaned_data["place"]
    page = get_object_or_404(course.get_children(), pk=step)
    actions.place_step(course=course, step=step, place=to, by=user, at=timezone.now())
    said = _("“%(title)s” is now step %(number)s.")
    messages.success(request, said % {"title": page.get_admin_display_title(), "number": to + 1})
    return redirect("course_builder", pk)


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """One step, or the whole course if none is named."""
    user = admit(request, Action.PUBLISH_MATERIALS)
    course, form = _course(user, pk), CopyForm(request.POST)
    if not form.is_valid():
        raise Http404
    step = form.cleaned_data["step"]
    page = get_object_or_404(course.get_children(), pk=step) if step else course
    title = (_("Copy of %(title)s") % {"title": page.get_admin_display_title()})[:LONGEST_TITLE]
    if step:
        actions.copy_step(course=course, step=step, title=title, by=user, at=timezone.now())
        messages.success(request, _("“%(title)s” stands right after it, as a draft.") % {"title": title})
        return redirect("course_builder", pk)
    return redirect("course_builder", actions.copy_course(course=course, title=title, by=user).pk)


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.PUBLISH_MATERIALS)
    course, form = _course(user, pk), TakeOutForm(request.POST)
    if not form.is_valid():
        raise Http404
    page = get_object_or_404(course.get_children(), pk=form.cleaned_data["step"])
    is_out = form.cleaned_data["is_out"]
    actions.take_out(course=course, step=page.pk, is_out=is_out, by=user, at=timezone.now())
    out, kept = _("“%(title)s” is no part of the course any more."), _("“%(title)s” is a part of the course again.")
    messages.success(request, (out if is_out else kept) % {"title": page.get_admin_display_title()})
    return redirect("course_builder", pk)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.PUBLISH_MATERIALS)
    course, form = _course(user, pk), PlaceForm(request.POST)
    kinds = {model._meta.model_name: model for model in course.creatable_subpage_models()}
    kind = kinds.get(request.POST.get("kind"))
    if kind is None or not form.is_valid():
        raise Http404
    title = capfirst(_("new %(kind)s") % {"kind": kind._meta.verbose_name})
    step = actions.begin_step(
        course=course, kind=kind, title=title, place=form.cleaned_data["place"], by=user, at=timezone.now()
    )
    return redirect("wagtailadmin_pages:edit", step.pk)


def _course(user: User, pk: int) -> CoursePage:
    course: CoursePage = get_object_or_404(CoursePage.objects.for_trainer(user), pk=pk)
    return course
