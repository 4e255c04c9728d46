"""An attempt's pages: start, answer, hand in, result. Glue only."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import actions, tasks
from assessments.actions import Given
from assessments.bank import versions
from assessments.models import Attempt, QuizPage, Response
from assessments.refusals import AttemptClosedError, NotHandedInError, StartRefusedError
from assessments.rules.traces import remember_device, trace_of
from assessments.sitting import pages
from assessments.sitting.access import for_scripts, seconds_to_wait
from assessments.sitting.sheet import fill, read_delivery
from learning.tracking.models import Enrolment
from membership.admission import user_of
from membership.models import User


@require_POST
def start(request: HttpRequest, quiz_id: int) -> HttpResponse:
    """Starts an attempt, or goes on with the open one."""
    quiz = get_object_or_404(QuizPage.objects.live(), id=quiz_id)  # as a page's id it may be any number
    if not request.user.is_authenticated:
        return redirect_to_login(pages.step_address(quiz))
    user = user_of(request)
    enrolment = Enrolment.objects.filter(person=user.person, course=quiz.course).first()
    if enrolment is None:
        messages.warning(request, _("Enrol in the course first; then you can take its quiz."))
        return redirect(quiz.course.get_url(request))
    try:
        attempt = actions.start(enrolment=enrolment, quiz=quiz, by=user, at=timezone.now(), trace=trace_of(request))
    except StartRefusedError as refusal:
        messages.warning(request, str(refusal))
        return redirect(pages.step_address(quiz))
    tasks.close_when_over(attempt)
    return remember_device(request, redirect("assessments:attempt", attempt.pk))


@never_cache
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """GET shows the questions; POST takes a plain form: "save", or "finish" to hand in."""
    if not request.user.is_authenticated:
        return pages.sign_in_again(request, attempt_id)
    wait = seconds_to_wait(request) if request.method == "POST" else 0
    if "finish" in request.POST and not wait and _hand_in(request, attempt_id):
        return redirect("assessments:result", attempt_id)
    shown = get_object_or_404(Attempt.objects.of(user_of(request)).for_page(), pk=attempt_id)
    if shown.finished_at:
        return redirect("assessments:result", shown.pk)
    responses = versions.attach(shown.responses.for_page())
    if request.method == "POST":
        return _save(request, shown, responses, wait)
    return pages.attempt_page(request, shown, responses)


def _hand_in(request: HttpRequest, attempt_id: UUID) -> bool:
    """Hands in with the form's answers, read against what stands in the same transaction; False leaves all as it is."""
    at = timezone.now()

    def read(attempt: Attempt, responses: list[Response]) -> list[Given]:
        filled = fill(request.POST, responses, at)
        if filled.errors or not pages.may_hand_in(request, attempt, responses, filled):
            raise NotHandedInError
        return filled.given

    try:
        actions.finish(attempt=attempt_id, by=user_of(request), at=at, given=read)
    except NotHandedInError:
        return False
    except (PermissionDenied, Attempt.DoesNotExist) as unknown:
        raise Http404 from unknown
    pages.forget_kept(request)
    return True


def _save(request: HttpRequest, shown: Attempt, responses: list[Response], wait: int) -> HttpResponse:
    at = timezone.now()
    filled = fill(request.POST, responses, at)
    if wait or filled.errors:
        return pages.attempt_page(request, shown, responses, filled, wait=wait)
    try:
        actions.answer_all(attempt=shown, given=filled.given, by=user_of(request), at=at)
    except AttemptClosedError as closed:
        messages.warning(request, str(closed))
        return redirect("assessments:attempt", shown.pk)
    pages.forget_kept(request)
    if "finish" in request.POST:
        return pages.attempt_page(request, shown, versions.attach(shown.responses.for_page()), asks_to_confirm=True)
    pages.say_saved(request, filled, at)
    return redirect("assessments:attempt", shown.pk)


@require_http_methods(["GET", "POST"])
@for_scripts
def answers(request: HttpRequest, attempt_id: UUID) -> JsonResponse:
    """POST takes one answer or several, as JSON; both say what stands afterwards."""
    at = timezone.now()
    if request.method == "GET":
        return JsonResponse(pages.as_json(actions.standing_answers(attempt=attempt_id, by=user_of(request)), at))
    given = read_delivery(request.body)
    try:
        saved = _deliver(attempt_id, given, user_of(request), at)
    except AttemptClosedError:
        late = actions.take_late(attempt=attempt_id, given=given, by=user_of(request), at=at)
        return JsonResponse(pages.as_json(late, at) | {"is_late": True})
    return JsonResponse(pages.as_json(saved, at))


def _deliver(attempt_id: UUID, given: list[Given], by: User, at: datetime.datetime) -> list[actions.Saved]:
    if len(given) > 1:
        return actions.answer_all(attempt=attempt_id, given=given, by=by, at=at)
    one = given[0]
    return [
        actions.answer(
            attempt=attempt_id, position=one.position, answer=one.answer, sequence=one.sequence, by=by, at=at
        )
    ]


@never_cache
@require_safe
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    shown = get_object_or_404(Attempt.objects.of(user_of(request)).for_page(), pk=attempt_id)
    if not shown.finished_at:
        return redirect("assessments:attempt", shown.pk)
    return pages.result_page(request, shown)


@require_POST
def settle(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """The learner says that no answers are still on their way from another device."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("assessments:result", args=[attempt_id]))
    try:
        actions.settle_attempt(attempt=attempt_id, by=user_of(request), at=timezone.now())
    except Attempt.DoesNotExist as unknown:
        raise Http404 from unknown
    return redirect("assessments:result", _came_from(request) or attempt_id)


def _came_from(request: HttpRequest) -> UUID | None:
    """The attempt whose answers are waited for, where that is another; whose it is the result's page asks."""
    try:
        return UUID(request.POST["back"])
    except (KeyError, ValueError):
        return None
