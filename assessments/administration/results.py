"""Screens for trainers beside attempts. Each shows only people whose learning the user may view."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from assessments import actions, tasks
from assessments.administration.lists import AttemptTable, QuizTable, SignalTable
from assessments.forms.results import ExtraTimeForm, ReasonForm
from assessments.models import Attempt, ExtraTime, QuestionVersion, QuizPage, Response, Signal
from assessments.results.attempts import by_topic, item_lines, key_of
from assessments.results.pictures import questions_picture, results_picture
from assessments.sitting.sheet import asked, reviewed
from interface.tables.office import OfficeTableView
from learning.tracking.models import Enrolment, Statement
from membership.admission import OfficePage
from membership.models import Person
from membership.policy import Action, may
from training_materials.models import CoursePage


class ResultsPage(OfficePage):
    """What is shown is scoped by ``taught_by``."""

    needs = Action.VIEW_LEARNING
    header_icon = "list-ul"
    parents: list[tuple[Any, ...]] = [("quiz_results:quizzes", gettext_lazy("Quiz results"))]


class KeysMixin:
    """What shows keys, or answers that give them away: to whoever manages questions alone. Officers who view learning
    are learners too, and these may be the questions of their own examination.
    """

    needs = Action.MANAGE_QUESTIONS


class OfQuiz(ResultsPage):
    """Beneath one quiz."""

    @cached_property
    def quiz(self) -> QuizPage:
        return get_object_or_404(QuizPage, pk=self.kwargs["pk"])

    @cached_property
    def attempts(self) -> Any:
        return Attempt.objects.taught_by(self.request.user).filter(quiz_key=self.quiz.translation_key)

    def get_parents(self) -> list[tuple[Any, ...]]:
        return [*self.parents, ("quiz_results:quiz", self.quiz.title, self.quiz.pk)]


class QuizzesView(ResultsPage, OfficeTableView):
    parents = []
    table_class = QuizTable
    page_title = gettext_lazy("Quiz results")
    template_name = "assessments/admin/results_quizzes.html"

    def get_rows(self) -> list[tuple[QuizPage, dict[str, int]]]:
        taught = Attempt.objects.taught_by(self.request.user)
        rows = taught.order_by().values("quiz_id").exclude(quiz_id=None)
        counts = rows.annotate(
            attempts=Count("pk"),
            passed=Count("pk", filter=Q(is_passed=True)),
            waiting=Count("pk", filter=Q(finished_at__isnull=False, points=None)),
        )
        quizzes = QuizPage.objects.in_bulk([row["quiz_id"] for row in counts])
        found: Any = ((quizzes[row["quiz_id"]], row) for row in counts if row["quiz_id"] in quizzes)
        return sorted(found, key=lambda pair: pair[0].title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "signals": Signal.objects.visible_to(self.request.user).open().count(),
            "courses": CoursePage.objects.live().defer(*CoursePage.searched_columns).order_by("title"),
        }


class QuizView(OfQuiz, TemplateView):
    template_name = "assessments/admin/results_quiz.html"

    def get_page_title(self) -> str:
        return str(self.quiz.title)

    def get_parents(self) -> list[tuple[Any, ...]]:
        return self.parents

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reads_keys = may(self.request.user, Action.MANAGE_QUESTIONS)
        lines = item_lines(self.quiz, self.request.user) if reads_keys else []
        return super().get_context_data(**kwargs) | {
            "quiz": self.quiz,
            "reads_keys": reads_keys,
            "results": results_picture(self.attempts.finished(), self.quiz.pass_mark),
            "lines": lines,
            "questions": questions_picture(lines),
            "topics": by_topic(self.attempts.finished()),
        }


class AttemptsView(OfQuiz, OfficeTableView):
    table_class = AttemptTable
    page_title = gettext_lazy("All attempts")

    def get_page_subtitle(self) -> str:
        return str(self.quiz.title)

    def get_rows(self) -> Any:
        return self.attempts.for_list()

    @cached_property
    def table(self) -> AttemptTable:
        table = AttemptTable(self.request, self.get_rows(), self.look)
        table.filename = f"luot-lam-bai-{self.quiz.slug}"
        return table


class OfAttempt(ResultsPage):
    """The views of one attempt that this trainer may see."""

    @cached_property
    def attempt(self) -> Attempt:
        taught = Attempt.objects.taught_by(self.request.user).for_list()
        return get_object_or_404(taught, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.attempt)

    def get_parents(self) -> list[tuple[Any, ...]]:
        quiz = self.attempt.quiz_id
        return [*self.parents, *([("quiz_results:attempts", self.attempt.quiz_title, quiz)] if quiz else [])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"attempt": self.attempt}


class AttemptView(OfAttempt, TemplateView):
    template_name = "assessments/admin/results_attempt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reported = Statement.objects.visible_to(self.request.user)
        reads_keys = may(self.request.user, Action.MANAGE_QUESTIONS)
        feedback = QuizPage.Feedback.FULL if reads_keys else QuizPage.Feedback.NONE
        return super().get_context_data(**kwargs) | {
            "reads_keys": reads_keys,
            "questions": reviewed(self.attempt.responses.for_marking(), feedback),
            "earlier_results": self.attempt.earlier_results.all(),
            "has_records": reported.about(self.attempt.enrolment.person).exists(),
        }


class AttemptSeenView(KeysMixin, OfAttempt, TemplateView):
    """The questions as this learner was asked them, in their order, with the answers as they were given."""

    template_name = "assessments/admin/attempt_seen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"questions": asked(self.attempt.responses.for_marking())}


class CorrectKeyView(KeysMixin, OfQuiz, FormView[ReasonForm]):
    page_title = gettext_lazy("Mark by the newer key")
    template_name = "assessments/admin/results_key.html"
    form_class = ReasonForm

    @cached_property
    def version(self) -> QuestionVersion:
        asked = QuestionVersion.objects.filter(responses__attempt__in=self.attempts.order_by()).distinct()
        return get_object_or_404(asked.with_keys(), pk=self.kwargs["version"])

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        corrected = self.version.question.current
        try:
            if corrected is None:
                raise ValidationError(_("The question has no version in use."))
            actions.correct_key(
                version=self.version, corrected=corrected, reason=form.cleaned_data["reason"],
                by=self.request.user, at=timezone.now(),  # type: ignore[arg-type]
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("reason", error)
            return self.form_invalid(form)
        tasks.regrade_version.enqueue(self.version.pk)
        messages.success(self.request, _("The answers are being marked anew; earlier results stay readable."))
        return redirect("quiz_results:quiz", self.quiz.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = self.version.question.current
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "standing": key_of(self.version).parsed.right_answer(),
            "corrected": current.parsed.right_answer() if current else [],
            "count": Response.objects.handed_in_to(self.version).count(),
            "button": _("Mark the answers anew"),
        }


class SignalsView(ResultsPage, OfficeTableView):
    table_class = SignalTable
    page_title = gettext_lazy("Attempts to look at")
    template_name = "assessments/admin/results_signals.html"

    def get_rows(self) -> Any:
        return Signal.objects.visible_to(self.request.user).for_list()


@require_POST
@login_required
def clear_signal(request: HttpRequest, pk: int) -> HttpResponse:
    signal = get_object_or_404(Signal.objects.visible_to(request.user), pk=pk)
    if not (note := request.POST.get("note", "").strip()[:300]):
        messages.error(request, _("Write first what you found."))
        return redirect("quiz_results:signals")
    try:
        actions.clear_signal(signal=signal, note=note, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("quiz_results:signals")
    message = _("%(learner)s: you vouch for the attempt; its evidence counts in full again.")
    if signal.attempt.signals.open().exists():
        message = _("%(learner)s: saved. Something else about this attempt still waits for a look.")
    messages.success(request, message % {"learner": signal.attempt.enrolment.person.full_name})
    return redirect("quiz_results:signals")


class ExtraTimeView(ResultsPage, FormView[ExtraTimeForm]):
    page_title = gettext_lazy("Extra time")
    template_name = "assessments/admin/results_form.html"
    form_class = ExtraTimeForm

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"code": self.request.GET.get("code", "")}

    def form_valid(self, form: ExtraTimeForm) -> HttpResponse:
        person = Person.objects.filter(code=form.cleaned_data["code"].strip()).first()
        try:
            if person is None:
                raise PermissionDenied
            actions.grant_time(
                person=person, percent=form.cleaned_data["percent"], by=self.request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )  # fmt: skip
        except PermissionDenied:
            form.add_error("code", _("None of the people you teach has this code."))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved; it counts from the next attempt on."))
        return redirect("quiz_results:extra_time")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        taught = Enrolment.objects.taught_by(self.request.user).values("person")
        granted = ExtraTime.objects.filter(person__in=taught).select_related("person").order_by("person__sort_key")
        return super().get_context_data(**kwargs) | {
            "introduction": _("For who reads slowly, sees badly or listens to a screen reader."),
            "button": _("Save"),
            "granted": granted,
        }
