"""A course with the moderators: submitted by its trainer, and all its changes on one page for who decides."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from membership.admission import admit, user_of
from membership.policy import Action
from training_materials import actions
from training_materials.forms import DecisionForm
from training_materials.models import CoursePage
from training_materials.outlines.order import as_planned


class Row(NamedTuple):
    """A page of the course as it would stand; ``revision`` is what was submitted of it, if anything; ``before`` its
    number among what learners see, if that changes; ``is_out``: learners no longer have it."""

    page: Page
    revision: int | None
    before: int | None
    is_out: bool


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """For who may change the course: its trainers, and who moderates."""

    page_title = gettext_lazy("What of the course is to be published")
    header_icon = "clipboard-list"
    template_name = "training_materials/admin/review.html"

    @cached_property
    def course(self) -> CoursePage:
        found: CoursePage = get_object_or_404(
            CoursePage.objects.for_trainer(user_of(self.request)), pk=self.kwargs["pk"]
        )
        return found

    @cached_property
    def task(self) -> TaskState | None:
        return self.course.current_workflow_task_state

    def get_page_subtitle(self) -> str:
        return str(self.course.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        task = self.task
        rows = _rows(self.course, task) if task else []
        return super().get_context_data(**kwargs) | {
            "course": self.course,
            "task": task,
            "rows": rows[:1],
            "steps": rows[1:],
            "moved": any(row.before for row in rows),
            "may_decide": task and actions.may_decide(self.course, task, user_of(self.request)),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self._again([_("Press one of the two buttons, with at most 4000 characters to the trainer.")])
        is_approved = form.cleaned_data["decision"] == "approve"
        about = {"task": form.cleaned_data["task"], "comment": form.cleaned_data["comment"]}
        try:
            actions.decide_course(course=self.course, is_approved=is_approved, by=user_of(request), **about)
        except (LookupError, TaskState.DoesNotExist):
            return self._again([_("Meanwhile this was decided, taken back or submitted anew: look at it again.")])
        except ValidationError as refused:
            return self._again(refused.messages)
        published, returned = _("Published, all of it at once."), _("Given back; the trainer is told, with your words.")
        messages.success(request, published if is_approved else returned)
        return redirect("course_review", pk)

    def _again(self, problems: Iterable[str]) -> HttpResponse:
        """As it stands now, with what was written to the trainer."""
        for problem in problems:
            messages.error(self.request, problem)
        return self.render_to_response(self.get_context_data(comment=self.request.POST.get("comment", "")))


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.PUBLISH_MATERIALS)
    course = get_object_or_404(CoursePage.objects.for_trainer(user), pk=pk)
    try:
        actions.submit_course(course=course, by=user)
    except ValidationError as refused:
        for problem in refused.messages:
            messages.error(request, problem)
        return redirect("course_builder", pk)
    messages.success(request, _("Submitted as a whole. You are told when the moderators have decided."))
    return redirect("course_builder", pk)


def _rows(course: CoursePage, task: TaskState) -> list[Row]:
    """The course first, then its steps in the order that would be."""
    submitted, draft = dict(task.submitted_pages.values_list("page", "revision")), task.revision.as_object()
    standing = list(course.get_children().order_by("path"))
    planned = as_planned(standing, draft.planned_order)
    out = set(draft.taken_out)
    seen, then = ([step.pk for step in steps if step.live and step.pk not in out] for steps in (standing, planned))
    moved = {key: seen.index(key) + 1 for place, key in enumerate(then) if seen[place] != key}
    shown = [course, *(step for step in planned if step.live or step.pk not in out)]
    return [Row(page, submitted.get(page.pk), moved.get(page.pk), page.pk in out) for page in shown]
