"""What a learner finds on a course's page: enrol, go on, or look back; and what of it is done."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from learning.tracking.courses.state import CourseState, state_of
from learning.tracking.models import Enrolment
from training_materials.models import CoursePage
from training_materials.registries import course_panels

TEMPLATE = "tracking/course_panel.html"


class LearnerPanel(course_panels.Panel, total=False):
    state: CourseState
    unmet: list[CoursePage]


def connect() -> None:
    course_panels.register(course_panel)


def course_panel(request: HttpRequest, course: CoursePage) -> LearnerPanel:
    """At most three queries: the enrolment and its progress, or that and what has to come first."""
    person_id = request.user.person_id if request.user.is_authenticated else None
    if person_id is None:
        return {}
    enrolment = Enrolment.objects.for_player(person_id, course)
    if enrolment is None:
        return _for_newcomer(person_id, course)
    return _for_learner(enrolment, course)


def _for_newcomer(person_id: int, course: CoursePage) -> LearnerPanel:
    has_prerequisites = bool(course.outline().prerequisites)
    unmet = list(Enrolment.objects.unmet_prerequisites(person_id, course)) if has_prerequisites else []
    if unmet:
        return {"template": TEMPLATE, "unmet": unmet}
    return {
        "template": TEMPLATE,
        "action_url": reverse("tracking:enrol", args=[course.slug]),
        "action_label": _("Enrol"),
        "action_method": "post",
    }


def _for_learner(enrolment: Enrolment, course: CoursePage) -> LearnerPanel:
    state = state_of(enrolment, course)
    address = reverse("tracking:course", args=[course.slug])
    resume = None if state.is_finished else state.resume
    return {
        "template": TEMPLATE,
        "state": state,
        "states": state.states(),
        "step_url": address + "{slug}/",
        "action_url": f"{address}{resume.slug}/" if resume else address,
        "action_label": _("Continue learning") if resume else _("See your result"),
        "action_method": "get",
    }
