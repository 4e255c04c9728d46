"""What a trainer's form for a quiz offers and refuses, before a learner finds out; and what it shares with others."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import InlinePanel, MultipleChooserPanel, Panel
from wagtail.models import Page

from assessments.bank.overlaps import overlaps
from assessments.models.bank import Pool, Question
from assessments.rules.draws import Asking, Draw
from membership.policy import Action, may

DECIDED_BY_TRAINERS = ("purpose", "feedback", "feedback_when")


class _KeyReadersPanel(Panel):
    """Of those who may edit the page, shown to those who manage questions; officers publish without reading them."""

    class Unseen(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return False

    def get_bound_panel(
        self, instance: Any = None, request: Any = None, form: Any = None, prefix: str = "panel"
    ) -> Panel.BoundPanel:
        user = request.user if request is not None else getattr(form, "for_user", None)
        if user is None or may(user, Action.MANAGE_QUESTIONS):
            return super().get_bound_panel(instance, request, form, prefix)
        return self.Unseen(panel=self, instance=instance, request=request, form=form, prefix=prefix)


class PicksPanel(_KeyReadersPanel, MultipleChooserPanel):
    pass


class DrawsPanel(_KeyReadersPanel, InlinePanel):
    pass


class OverlapPanel(_KeyReadersPanel):
    """Says which questions of the quiz as it was saved last another one asks too."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "assessments/admin/overlaps.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            course = course_of(self.form)
            found = overlaps(self.instance) if self.instance.pk else []
            return context | {"quiz": self.instance, "overlaps": found, "course": course}


class QuizPageForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reads_keys = self.for_user is None or may(self.for_user, Action.MANAGE_QUESTIONS)
        if not self.reads_keys:
            self._keep_what_trainers_decide()
        elif "draws" in self.formsets:
            _narrow(self.formsets["draws"], course_of(self), self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        purpose = cleaned.get("purpose")
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("It closes before it opens."))
        if purpose == "practice" and cleaned.get("is_required"):
            self.add_error("is_required", _("Practice counts for nothing, so it cannot be required."))
        if self.reads_keys:
            self._check_questions()
        elif not self.instance.question_count and not self.is_deferred_validation:
            self.add_error(None, _("The quiz has no question yet. Save a draft: a trainer chooses its questions."))
        self._check_openings(purpose)
        return cleaned

    def _keep_what_trainers_decide(self) -> None:
        """Else a quiz that shows its answers could ask what an examination asks."""
        for name in ("picks", "draws"):
            self.formsets.pop(name, None)
        for name in DECIDED_BY_TRAINERS:
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Trainers decide this.")

    def _check_questions(self) -> None:
        picks = self._kept("picks", "question")
        draws = self._kept("draws", "count")
        asked = {form.cleaned_data["question"].pk: form.cleaned_data["question"].group for form in picks}
        self._check_picks(picks)
        if not picks and not draws and not self.is_deferred_validation:
            self.add_error(None, _("The quiz has no question yet: choose some, or add a draw."))
        short = Asking([_draw(form) for form in draws], asked).shortage(Question.objects.group_sizes())
        if short is not None:
            draws[short.place].add_error("count", _shortage(short.available))
        self._check_pools(draws)

    def _check_picks(self, picks: list[Any]) -> None:
        course, chosen = course_of(self), set[int]()
        for form in picks:
            question = form.cleaned_data["question"]
            if question.retired_at is not None or question.current_id is None:
                form.add_error("question", _("No quiz asks this question: it is out of use, or only a draft."))
            elif self._is_elsewhere(question.pool, course):
                form.add_error("question", _("This question stands in a pool of another course. Choose another."))
            elif question.pk in chosen:
                form.add_error("question", _("This question is chosen twice."))
            chosen.add(question.pk)

    def _check_pools(self, draws: list[Any]) -> None:
        course = course_of(self)
        for form in draws:
            if self._is_elsewhere(form.cleaned_data.get("pool"), course):
                form.add_error("pool", _("This pool belongs to another course. Choose one of this course."))

    def _is_elsewhere(self, pool: Pool | None, course: Page | None) -> bool:
        """A draft may wait with what a copied or moved quiz brought along."""
        return not self.is_deferred_validation and pool is not None and _is_of_another(pool, course)

    def _kept(self, name: str, field: str) -> list[Any]:
        """The forms of that list that say something and are not taken away."""
        formset = self.formsets.get(name)
        complete = [form for form in formset.forms if form.is_valid()] if formset is not None else []
        return [form for form in complete if not form.cleaned_data.get("DELETE") and form.cleaned_data.get(field)]

    def _check_openings(self, purpose: str | None) -> None:
        course = course_of(self)
        for form in self._kept("openings", "step"):
            step = form.cleaned_data["step"]
            if purpose != "placement":
                form.add_error("step", _("Only a placement quiz opens lessons. Change the purpose, or remove this."))
            elif course is not None and (step.get_parent().pk != course.pk or step.pk == self.instance.pk):
                form.add_error("step", _("Choose another step of the same course."))


def course_of(form: Any) -> Page | None:
    """The course in which the quiz stands or will stand."""
    if form.parent_page is not None:
        return form.parent_page
    return form.instance.get_parent() if form.instance.pk else None


def _is_of_another(pool: Pool, course: Page | None) -> bool:
    return course is not None and pool.course_id != course.pk


def _narrow(draws: Any, course: Page | None, quiz: Any) -> None:
    """Only pools of this course are offered, beside those from which a copied quiz draws still."""
    fields = deepcopy(draws.form.base_fields)
    held = {draw.pool_id for draw in quiz.draws.all()}
    own = Q(course=course, course__isnull=False)
    fields["pool"].queryset = Pool.objects.for_choosing().filter(own | Q(pk__in=held))
    fields["pool"].label_from_instance = lambda pool: (
        pool.name_with_course if _is_of_another(pool, course) else pool.name
    )
    fields["pool"].empty_label = _("The bank that all courses share")
    draws.form = type(draws.form.__name__, (draws.form,), {})
    draws.form.base_fields = fields


def _draw(form: Any) -> Draw:
    chosen = form.cleaned_data
    topic, pool = chosen.get("topic"), chosen.get("pool")
    kind = (chosen.get("difficulty") or "", chosen.get("audience") or "", chosen["count"])
    return Draw(topic.pk if topic else None, *kind, pool.pk if pool else None)


def _shortage(available: int) -> str:
    message = ngettext(
        "%(count)d question of that kind is left in use there. Draw fewer, or write more questions first.",
        "%(count)d questions of that kind are left in use there. Draw fewer, or write more questions first.",
        available,
    )
    return message % {"count": available}
