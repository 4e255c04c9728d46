"""Looking at questions of the bank: as learners do, while one is written, and with all versions and their use."""

from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django.views.generic.base import View

from assessments.administration.permissions import BankPage
from assessments.forms.questions import form_of, previewed
from assessments.kinds import KINDS
from assessments.models import Question, QuestionVersion, QuizPage, Response
from assessments.results.attempts import items_of
from assessments.sitting.sheet import asked
from membership.admission import AdmittedMixin
from membership.policy import Action


def as_learners_see(version: QuestionVersion, seed: int) -> dict[str, Any]:
    """The question as asked, and its key beneath, for a template. Raises ValidationError if it is unfinished."""
    order = version.parsed.shuffle(Random(seed))  # noqa: S311 (the same order at each look)
    response = Response(position=1, version=version, order=order)
    return {"question": asked([response])[0], "version": version, "right_answer": version.parsed.right_answer()}


class QuestionPreviewView(AdmittedMixin, TemplateView):
    """The question on a page as learners see it, and its key beneath. Nothing is kept."""

    needs = Action.MANAGE_QUESTIONS
    template_name = "assessments/admin/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = get_object_or_404(Question.objects.select_related("current"), pk=self.kwargs["pk"])
        number = self.request.GET.get("version", "")
        earlier = question.versions.filter(number=int(number)).first() if number.isdecimal() else None
        version = earlier or question.current or question.draft_version
        try:
            seen = as_learners_see(version, question.pk) if version else None
        except ValidationError as unfinished:
            raise Http404 from unfinished
        if seen is None:
            raise Http404
        return super().get_context_data(**kwargs) | seen | {"bank_question": question}


class LivePreviewView(AdmittedMixin, View):
    """What the form holds at this moment, as learners would see it. Nothing is kept."""

    needs = Action.MANAGE_QUESTIONS

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        form = form_of(kind)(data=request.POST, files=request.FILES, for_user=request.user)
        return render(request, "assessments/admin/live_preview.html", _previewed(form, kind))


def _previewed(form: Any, kind: str) -> dict[str, Any]:
    """Topic, difficulty and target group may still be open: learners do not see them."""
    errors = {name: texts for name, texts in form.errors.items() if name not in form.Meta.fields}
    if errors:
        first = next(iter(errors.items()))
        label = form.fields[first[0]].label if first[0] in form.fields else ""
        return {"unfinished": f"{label}: {_first_words(first[1])}" if label else _first_words(first[1])}
    cleaned = form.cleaned_data
    version = QuestionVersion(
        kind=kind,
        prompt=cleaned["prompt"],
        body=cleaned["body"],
        feedback=cleaned.get("feedback", ""),
        media=previewed(cleaned["sources"]),
    )
    try:
        return as_learners_see(version, 1)
    except ValidationError as error:
        return {"unfinished": error.messages[0]}


def _first_words(errors: Any) -> str:
    return str(next(iter(errors), "")) or _("Something is missing or does not fit.")


class QuestionVersionsView(BankPage, TemplateView):
    """Every version that there was, in how many attempts each was asked, and which quizzes draw the question."""

    page_title = gettext_lazy("Versions and use")
    header_icon = "history"
    template_name = "assessments/admin/versions.html"

    @cached_property
    def bank_question(self) -> Question:
        return get_object_or_404(Question.objects.select_related("current", "topic"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return Truncator(str(self.bank_question.current or self.bank_question.draft_version)).chars(80)

    def get_parents(self) -> list[tuple[Any, ...]]:
        return [*self.parents, ("question_bank:edit", self.get_page_subtitle(), self.bank_question.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.bank_question
        items = items_of(question, self.request.user)
        rows = [
            {
                "version": version,
                "right_answer": version.parsed.right_answer(),
                "asked_count": version.asked_count,  # type: ignore[attr-defined]
                "item": items.get(version.pk),
            }
            for version in question.versions.for_history()
        ]
        return super().get_context_data(**kwargs) | {
            "bank_question": question,
            "rows": rows,
            "quizzes": QuizPage.objects.live().that_may_ask(question).order_by("title"),
            "asked_in": Response.objects.asked_in(question),
        }
