"""The questions of one course, pool by pool: made here, filled here, drawn by the course's quizzes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from assessments import actions
from assessments.administration.permissions import BankPage
from assessments.forms.pools import PoolForm
from assessments.models import Pool, Question, QuizPage
from membership.admission import user_of
from training_materials.models import CoursePage


class CoursePoolsView(BankPage, TemplateView):
    page_title = gettext_lazy("Questions of this course")
    template_name = "assessments/admin/pools.html"

    @cached_property
    def course(self) -> CoursePage:
        return get_object_or_404(CoursePage.objects.defer(*CoursePage.searched_columns), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.course.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        quizzes = QuizPage.objects.child_of(self.course).order_by("path")
        return super().get_context_data(**kwargs) | {
            "course": self.course,
            "pools": Pool.objects.for_course(self.course),
            "quizzes": quizzes,
            "short": self._short(),
            "form": PoolForm(),
            "edit_course": reverse("wagtailadmin_pages:edit", args=[self.course.pk]),
        }

    def _short(self) -> set[int]:
        """Which of its published quizzes nobody can begin: nothing to ask, or not as many as they draw."""
        sizes, askings = Question.objects.group_sizes(), QuizPage.objects.child_of(self.course).live().askings()
        return {quiz for (_title, quiz), asking in askings.items() if not asking.can_be_asked(sizes)}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new pool; or, of one that is named, another name or its end."""
        pool = request.POST.get("pool", "")
        standing = get_object_or_404(Pool, course=self.course, pk=pool) if pool.isdecimal() else None
        by, at = user_of(request), timezone.now()
        try:
            if standing is not None and "delete" in request.POST:
                actions.delete_pool(pool=standing, by=by, at=at)
                messages.success(request, _("The pool is deleted."))
            elif (form := PoolForm(request.POST)).is_valid():
                actions.save_pool(course=self.course, name=form.cleaned_data["name"], pool=standing, by=by, at=at)
                messages.success(request, _("The pool is saved."))
            else:
                messages.error(request, form.errors["name"][0])
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        return redirect("course_pools", self.course.pk)
