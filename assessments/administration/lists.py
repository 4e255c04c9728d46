"""What trainers work through in the back office, as tables."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assessments.forms.results import AttemptFilterSet
from assessments.models import Attempt
from assessments.templatetags.assessments_tags import score
from interface.tables import Column, Empty, Table

_LEARNER = gettext_lazy("Learner")


class QuizTable(Table):
    """Rows are pairs: the quiz, and the counts of its attempts."""

    caption = gettext_lazy("Quiz results")
    filename = "ket-qua"
    per_page = 100
    page_name = "p"
    empty = Empty(gettext_lazy("Here stand quizzes as soon as somebody you teach has taken one."))
    columns = [
        Column(name="quiz", label=gettext_lazy("Quiz"), read=lambda row: row[0].title, is_heading=True,
               link=lambda row: reverse("quiz_results:quiz", args=[row[0].pk]), order=lambda row: row[0].title),
        Column(name="attempts", label=gettext_lazy("Attempts"), read=lambda row: row[1]["attempts"],
               link=lambda row: reverse("quiz_results:attempts", args=[row[0].pk]),
               order=lambda row: row[1]["attempts"]),
        Column(name="passed", label=gettext_lazy("Passed"), read=lambda row: row[1]["passed"],
               order=lambda row: row[1]["passed"]),
        Column(name="waiting", label=gettext_lazy("Waiting for marking"), read=lambda row: row[1]["waiting"],
               order=lambda row: row[1]["waiting"]),
    ]  # fmt: skip


def _result(attempt: Attempt) -> str:
    return {True: _("Passed"), False: _("Not passed yet")}.get(attempt.is_passed, "")  # type: ignore[arg-type]


def _result_so_far(attempt: Attempt) -> str:
    if attempt.is_waiting:
        return _("Waiting for marking")
    return _result(attempt) if attempt.finished_at else pgettext("attempt", "Not handed in")


def _signals(attempt: Attempt) -> str:
    return ", ".join(signal.get_kind_display() for signal in attempt.signals.all() if signal.cleared_at is None)


class AttemptTable(Table):
    caption = gettext_lazy("All attempts")
    filename = "luot-lam-bai"
    row_address = "quiz_results:attempt"
    names_people = True
    filters_class = AttemptFilterSet
    per_page = 50
    page_name = "p"
    empty = Empty(gettext_lazy("No attempt fits. Widen the filter, or wait until somebody you teach begins this quiz."))
    columns = [
        Column(name="code", label=gettext_lazy("Code"), read="enrolment.person.code", is_shown=False),
        Column(name="name", label=pgettext_lazy("person", "Name"), read="enrolment.person.full_name", is_shown=False),
        Column(name="learner", label=_LEARNER, read="enrolment.person.full_name", is_heading=True, is_exported=False,
               order=["enrolment__person__sort_key"]),
        Column(name="number", label=gettext_lazy("Attempt"), order=["number"]),
        Column(name="started", label=gettext_lazy("Started"), read="started_at", order=["started_at"]),
        Column(name="finished", label=gettext_lazy("Handed in"), read="finished_at", order=["finished_at"]),
        Column(name="points", label=gettext_lazy("Points"), order=["points"],
               show=lambda row: f"{score(row.points)}/{score(row.max_points)}"),
        Column(name="max_points", label=gettext_lazy("of"), is_shown=False),
        Column(name="result", label=gettext_lazy("Result"), read=_result, show=_result_so_far, order=["is_passed"]),
        Column(name="signals", label=gettext_lazy("Signals"), read=_signals),
    ]  # fmt: skip


class SignalTable(Table):
    caption = gettext_lazy("Attempts to look at")
    filename = "dau-hieu"
    names_people = True
    per_page = 50
    page_name = "p"
    empty = Empty(gettext_lazy("Nothing to look at."))
    columns = [
        Column(name="learner", label=_LEARNER, read="attempt.enrolment.person.full_name", note="attempt.quiz_title",
               link=lambda row: reverse("quiz_results:attempt", args=[row.attempt_id]), is_heading=True,
               order=["attempt__enrolment__person__sort_key"]),
        Column(name="quiz", label=pgettext_lazy("noun", "Quiz"), read="attempt.quiz_title", is_shown=False),
        Column(name="kind", label=gettext_lazy("Signal"), read="get_kind_display", order=["kind"],
               note=lambda row: _beside(row)),
        Column(name="noticed", label=gettext_lazy("Noticed"), read="noticed_at", order=["noticed_at"]),
        Column(name="looked", label=gettext_lazy("Looked at"), read="note", order=["cleared_at"],
               template="assessments/admin/signal_note.html"),
    ]  # fmt: skip


def _beside(signal: Any) -> str:
    people = signal.details.get("people_on_the_line")
    return _("beside it: %(people)s people on one line within minutes") % {"people": people} if people else ""


class StuckTable(Table):
    """Of each row: the step that is next, the enrolment, when its learner was last there, and the reasons; of who is
    called and not enrolled no step, and the row of the call."""

    caption = gettext_lazy("Who is stuck where")
    filename = "dang-dung-o-dau"
    names_people = True
    per_page = 100
    page_name = "p"
    empty = Empty(gettext_lazy("Nobody you teach is in the middle of this course."))
    columns = [
        Column(name="learner", label=_LEARNER, read=lambda row: row[1].person.full_name, is_heading=True,
               order=lambda row: row[1].person.sort_key),
        Column(name="code", label=gettext_lazy("Code"), read=lambda row: row[1].person.code, is_shown=False),
        Column(name="step", label=pgettext_lazy("person", "Next step"),
               read=lambda row: row[0].title if row[0] else _("Called, not enrolled")),
        Column(name="latest", label=gettext_lazy("Last here"), read=lambda row: row[2] and timezone.localdate(row[2]),
               show=lambda row: row[2] or _("has not begun"), order=lambda row: row[2]),
        Column(name="why", label=gettext_lazy("Why, as far as the site knows"),
               read=lambda row: "; ".join(words for _reason, words in row[3])),
    ]  # fmt: skip


class WaitingTable(Table):
    caption = gettext_lazy("Written answers")
    filename = "bai-cho-cham"
    row_address = "written_marking:mark"
    names_people = True
    per_page = 30
    page_name = "p"
    empty = Empty(
        gettext_lazy(
            "Nothing waits. Written answers of learners whom you teach appear here when they hand in; questions of the "
            "kind “written answer” bring them."
        )
    )
    columns = [
        Column(name="question", label=gettext_lazy("Question"), read=lambda row: _asked(row), is_heading=True),
        Column(name="learner", label=_LEARNER, read="attempt.enrolment.person.full_name",
               order=["attempt__enrolment__person__sort_key"]),
        Column(name="quiz", label=pgettext_lazy("noun", "Quiz"), read="attempt.quiz_title",
               order=["attempt__quiz_title"]),
        Column(name="finished", label=pgettext_lazy("when", "Handed in"), read="attempt.finished_at",
               order=["attempt__finished_at"]),
    ]  # fmt: skip


def _asked(response: Any) -> str:
    return str(Truncator(response.version.prompt).chars(120))
