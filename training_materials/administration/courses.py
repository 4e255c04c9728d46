"""The trainer's home in the back office: their courses, what waits for them, and a new course in one press."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from membership.admission import admit
from membership.policy import Action, may
from training_materials import actions
from training_materials.administration import taught
from training_materials.models import CourseIndexPage
from training_materials.registries.teaching import waiting_for


class MyCoursesPanel(Component):
    name = "my-courses"
    template_name = "training_materials/admin/my_courses.html"
    order = 10

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request = parent_context["request"]
        return {
            "courses": taught.of(request.user),
            "waiting": waiting_for(request.user),
            "index": CourseIndexPage.objects.first(),
            "csrf_token": get_token(request),
        }


def put_courses_first(request: HttpRequest, panels: list[Any]) -> None:
    if may(request.user, Action.PUBLISH_MATERIALS):
        panels.append(MyCoursesPanel())


@require_POST
def begin_course(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.PUBLISH_MATERIALS)
    index = get_object_or_404(CourseIndexPage)
    course = actions.begin_course(index=index, title=_("New course"), by=user, at=timezone.now())
    return redirect("wagtailadmin_pages:edit", course.pk)
