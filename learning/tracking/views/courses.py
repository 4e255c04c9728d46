"""The learner's side: today, one course, one step. Glue only; a GET writes nothing."""

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning.tracking import actions
from learning.tracking.courses.pages import COURSES_ADDRESS, course_context, step_context
from learning.tracking.courses.pages import today as today_of
from learning.tracking.courses.state import CourseState, state_of
from learning.tracking.forms import GoalForm
from learning.tracking.models import ActivityPage, Enrolment
from learning.tracking.registries.gates import closed_steps
from membership.admission import person_of, private_post, user_of
from training_materials.blocks.bodies import LENGTH_OF_ANCHORS
from training_materials.models import CoursePage
from training_materials.outlines.outline import Step


@login_required
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    person = user_of(request).person
    found = today_of(person, timezone.localdate(), request.GET.get("thang", "")) if person else None
    set_goal = {"days": found.days.goal} if found and found.days else None
    form = GoalForm(initial=set_goal)
    context = {"today": found, "person": person, "courses_url": COURSES_ADDRESS, "goal_form": form}
    return render(request, "tracking/today.html", context)


@private_post
def goal(request: HttpRequest) -> HttpResponse:
    """Sets how many days of a week one means to learn, or switches goal and calendar off."""
    form, person = GoalForm(request.POST), person_of(request)
    if "off" in request.POST:
        actions.set_goal(person=person, days=None, at=timezone.now())
        messages.success(request, _("Goal and calendar are off. What you have done stays as it is."))
    elif form.is_valid():
        actions.set_goal(person=person, days=form.cleaned_data["days"], at=timezone.now())
    else:
        messages.error(request, _("Choose one of the goals offered."))
    return redirect(reverse("tracking:today") + "#ngay-hoc")


@login_required
@never_cache
def course(request: HttpRequest, course_slug: str) -> HttpResponse:
    page = _course(course_slug)
    enrolment = _enrolment(request, page)
    if enrolment is None:
        return redirect(page.get_url(request)) if page.live else redirect("tracking:today")
    return render(request, "tracking/course.html", course_context(request, page, enrolment))


@login_required
@never_cache
def step(request: HttpRequest, course_slug: str, step_slug: str) -> HttpResponse:
    page = _course(course_slug)
    enrolment = _enrolment(request, page)
    state = state_of(enrolment, page) if enrolment else CourseState(page.outline())
    found = state.step_at(step_slug)
    if not page.live or found is None or not (enrolment or found.is_open):
        return _instead_of_step(request, page, enrolment, found)
    if reason := closed_steps(state).get(found.key):
        messages.info(request, reason)
        return redirect("tracking:course", page.slug)
    return render(request, "tracking/step.html", step_context(request, page, state, found))


def enrol(request: HttpRequest, course_slug: str) -> HttpResponse:
    """A GET arrives here after signing in on the way: back to the course, where the button is."""
    page = get_object_or_404(CoursePage.objects.live(), slug=course_slug)
    if request.method != "POST":
        return redirect(page.get_url(request))
    return _enrol(request, page)


@private_post
def finish(request: HttpRequest, course_slug: str, step_slug: str) -> HttpResponse:
    enrolment, state, found = place_of(request, course_slug, step_slug)
    was_finished = state.is_finished
    try:
        _finish(request, enrolment, found)
    except actions.NotBegunError:
        messages.warning(request, _("Open the exercise first and go through it to the end; then mark it."))
        return redirect("tracking:step", course_slug, step_slug)
    if enrolment.completed_at and not was_finished:
        messages.success(request, _("You have finished the course. It has become evidence."))
        return redirect("tracking:course", course_slug)
    return _onward(course_slug, state, found)


@private_post
def visit(request: HttpRequest, course_slug: str, step_slug: str) -> HttpResponse:
    """What the player's script tells when a step is opened, and of a lesson when one leaves it, so that any device
    resumes there."""
    enrolment, _state, found = place_of(request, course_slug, step_slug)
    part = request.POST.get("part", "")[:LENGTH_OF_ANCHORS]
    actions.visit(enrolment=enrolment, step=found, at=timezone.now(), part=part)
    return HttpResponse(status=204)


@login_required
def _enrol(request: HttpRequest, page: CoursePage) -> HttpResponse:
    person = person_of(request)
    try:
        enrolment = actions.enrol(person=person, course=page, by=user_of(request), at=timezone.now())
    except actions.PrerequisitesUnmetError as refused:
        titles = ", ".join(f"“{course.title}”" for course in refused.courses)
        messages.warning(request, _("Before this course, please finish: %(courses)s.") % {"courses": titles})
        return redirect(page.get_url(request))
    first = state_of(enrolment, page).resume
    return redirect("tracking:step", page.slug, first.slug) if first else redirect("tracking:course", page.slug)


def _finish(request: HttpRequest, enrolment: Enrolment, found: Step) -> None:
    """Raises Http404 where the learner has no say in it, NotBegunError."""
    at, model = timezone.now(), apps.get_model(found.kind)
    if model is ActivityPage:
        activity = ActivityPage.objects.get(pk=found.page_id)
        try:
            actions.mark_finished(enrolment=enrolment, activity=activity, by=user_of(request), at=at)
        except actions.TellsByItselfError as wrong:
            raise Http404 from wrong
    elif model.is_finished_by_button:
        actions.complete_step(enrolment=enrolment, step=found, at=at)
    else:
        raise Http404


def _course(slug: str) -> CoursePage:
    """The course at that address, published or not."""
    return get_object_or_404(CoursePage.objects.defer(*CoursePage.searched_columns), slug=slug)


def _enrolment(request: HttpRequest, page: CoursePage) -> Enrolment | None:
    """The visitor's own enrolment; 404 for an unpublished course that they never took."""
    person_id = user_of(request).person_id
    mine = Enrolment.objects.for_player(person_id, page) if person_id else None
    if mine is None and not page.live:
        raise Http404
    return mine


def place_of(request: HttpRequest, course_slug: str, step_slug: str) -> tuple[Enrolment, CourseState, Step]:
    """The step of a course that the visitor is enrolled in, or 404."""
    page = get_object_or_404(CoursePage.objects.live(), slug=course_slug)
    enrolment = _enrolment(request, page)
    if enrolment is None:
        raise Http404
    state = state_of(enrolment, page)
    found = state.step_at(step_slug)
    if found is None or found.key in closed_steps(state):
        raise Http404
    return enrolment, state, found


def _instead_of_step(
    request: HttpRequest, page: CoursePage, enrolment: Enrolment | None, found: Step | None
) -> HttpResponse:
    """Where to land when the step cannot be shown, and why."""
    if enrolment is None and found is None:
        raise Http404
    if enrolment is None:
        messages.info(request, _("Enrol first: it takes one press, and what you learn is kept."))
        return redirect(page.get_url(request))
    if page.live:
        messages.info(request, _("That step is no longer part of the course. Your results are kept."))
    return redirect("tracking:course", page.slug)


def _onward(course_slug: str, state: CourseState, found: Step) -> HttpResponse:
    following = state.next_open(found)
    if following is None:
        return redirect("tracking:course", course_slug)
    return redirect("tracking:step", course_slug, following.slug)
