"""What an attempt's pages show, and what is said between them."""

import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.actions import Saved
from assessments.bank import versions
from assessments.models import Attempt, QuizPage, Response
from assessments.rules.disclosure import holding_back, is_offered, why_withheld
from assessments.rules.quiz import QuizRules, is_over, standing_of
from assessments.sitting.access import sign_in_address
from assessments.sitting.fragments import asked_html, reviewed_html
from assessments.sitting.placement import opened_by
from assessments.sitting.reached import parts_to_see_again, reached
from assessments.sitting.sheet import Filled, asked, fill, from_kept, kept_fields, reviewed
from membership.admission import person_of
from membership.models import Person
from training_materials.outlines import outline
from training_materials.outlines.outline import Outline

_KEPT = "kept_answers"


def step_address(quiz: QuizPage) -> str:
    return reverse("tracking:step", args=[quiz.course.slug, quiz.slug])


def attempt_page(
    request: HttpRequest,
    attempt: Attempt,
    responses: list[Response],
    filled: Filled | None = None,
    *,
    wait: int = 0,
    asks_to_confirm: bool = False,
) -> HttpResponse:
    """The questions, with what a form brought if it is not saved. 429 or 400 where the form was refused."""
    kept = None if filled else _kept(request, attempt, responses)
    questions = asked(responses, filled or kept)
    at = timezone.now()
    context = {
        "attempt": attempt,
        "trail": _trail(attempt),
        "questions": questions,
        "fragments": [asked_html(one, response) for one, response in zip(questions, responses, strict=True)],
        "unanswered": [question for question in questions if not question.is_answered],
        "errors": [question for question in questions if question.error],
        "is_over": is_over(attempt.due_at, at),
        "now": _milliseconds(at),
        "started": _milliseconds(attempt.started_at),
        "due": _milliseconds(attempt.due_at) if attempt.due_at else "",
        "has_kept": bool(kept and kept.given),
        "wait": wait,
        "asks_to_confirm": asks_to_confirm,
        "sign_in": sign_in_address(attempt.pk),
    }
    status = 429 if wait else 400 if filled and filled.errors else 200
    response = render(request, "assessments/attempt.html", context, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def result_page(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    at = timezone.now()
    context: dict[str, Any] = {"attempt": attempt, "trail": _trail(attempt)}
    rules, standing = QuizRules(), None
    course = _live_course(attempt)
    if course:
        context |= {"course": course} | reached(attempt, course)
        if attempt.quiz_id and is_offered(attempt.quiz_id, course):
            rules = QuizPage.objects.rules_of(attempt.quiz_id)
            standing = standing_of(attempt.enrolment.attempts.at_quiz(attempt.quiz_key), rules, at)
            context |= {"quiz_id": attempt.quiz_id, "standing": standing}
            context["opened"] = opened_by(attempt, course)
    responses = versions.attach(attempt.responses.for_marking())
    taking = Attempt.objects.taking_answers(Person.objects.records_of(person_of(request)), at)
    holding = holding_back(attempt, {response.version.question_id for response in responses}, taking)
    context["withheld"] = withheld = why_withheld(attempt, rules, standing, at, holding)
    feedback = QuizPage.Feedback.NONE if withheld else attempt.feedback
    questions = reviewed(responses, feedback)
    if course:
        context["parts"] = parts_to_see_again(attempt, course, questions, responses)
    pairs = zip(questions, responses, strict=bool(questions))
    context["fragments"] = [reviewed_html(one, response, feedback) for one, response in pairs]
    context["earlier_results"] = attempt.earlier_results.all() if attempt.is_marked_anew else []
    return render(request, "assessments/result.html", context)


def may_hand_in(request: HttpRequest, attempt: Attempt, responses: list[Response], filled: Filled) -> bool:
    """Whether nothing is left to be asked: all answered, or the learner said so, or the time is over anyway."""
    if request.POST["finish"] == "confirmed" or is_over(attempt.due_at, timezone.now()):
        return True
    return all(filled.shown.get(one.position, one.answer) is not None for one in responses)


def say_saved(request: HttpRequest, filled: Filled, at: datetime.datetime) -> None:
    messages.success(request, _("Saved at %(time)s.") % {"time": _clock(at)})
    if filled.outrun:
        numbers = ", ".join(str(position) for position in filled.outrun)
        message = _("Answered in another window in the meantime, so the newer answer was kept: question %(numbers)s.")
        messages.warning(request, message % {"numbers": numbers})


def sign_in_again(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Signing in on the way; answers that a form brought wait in the session and are shown again afterwards."""
    if request.method == "POST":
        if not Attempt.objects.filter(pk=attempt_id, finished_at=None).exists():
            raise Http404
        request.session[_KEPT] = {"attempt": str(attempt_id), "fields": kept_fields(request.POST)}
        messages.warning(request, _("You have been signed out. Sign in again: your last answers are kept."))
    return redirect(sign_in_address(attempt_id))


def forget_kept(request: HttpRequest) -> None:
    if _KEPT in request.session:
        del request.session[_KEPT]


def as_json(saved: list[Saved], at: datetime.datetime) -> dict[str, Any]:
    answers = [
        {"position": one.position, "answer": one.answer, "sequence": one.sequence, "is_saved": one.is_saved}
        for one in saved
    ]
    return {"answers": answers, "saved_at": _clock(at), "now": int(at.timestamp() * 1000)}


def _live_course(attempt: Attempt) -> Outline | None:
    course = outline.of_course(attempt.enrolment.course_id)
    return course if course and course.is_live else None


def _trail(attempt: Attempt) -> list[tuple[str, str]]:
    """Breadcrumbs: the way back, as far as its pages still stand."""
    trail = [(_("Learning"), reverse("tracking:today"))]
    course = outline.of_course(attempt.enrolment.course_id)
    if course is None:
        return [*trail, (attempt.quiz_title, "")]
    quiz = course.step(attempt.quiz_id)
    address = reverse("tracking:step", args=[course.slug, quiz.slug]) if quiz else ""
    return [*trail, (course.title, reverse("tracking:course", args=[course.slug])), (attempt.quiz_title, address)]


def _kept(request: HttpRequest, attempt: Attempt, responses: list[Response]) -> Filled | None:
    kept = request.session.get(_KEPT)
    if not kept or kept["attempt"] != str(attempt.pk):
        return None
    return fill(from_kept(kept["fields"]), responses, timezone.now())


def _milliseconds(at: datetime.datetime) -> str:
    """Since 1970, as plain digits for the script."""
    return str(int(at.timestamp() * 1000))


def _clock(at: datetime.datetime) -> str:
    return date_format(timezone.localtime(at), "H:i")
