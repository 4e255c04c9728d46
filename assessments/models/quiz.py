"""A quiz is a step of a course: its rules, and how many questions of which topics each attempt draws."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from assessments.models.bank import Question
from assessments.querysets import QuizDrawQuerySet
from assessments.standing import standing_of
from learning.tracking.models import Enrolment
from training_materials.models import StepPage, Topic


class QuizPageForm(WagtailAdminPageForm):
    """Refuses draws that the bank cannot fill: a learner would find out too late."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        draws = self.formsets.get("draws")
        if draws is None:
            return cleaned
        asked = [form for form in draws.forms if self._is_complete(form)]
        available = Question.objects.available_by_topic()
        drawn: dict[int, int] = {}
        for form in asked:
            topic, count = form.cleaned_data["topic"], form.cleaned_data["count"]
            drawn[topic.pk] = drawn.get(topic.pk, 0) + count
            if drawn[topic.pk] > available.get(topic.pk, 0):
                form.add_error("count", _shortage(topic, available.get(topic.pk, 0)))
        return cleaned

    @staticmethod
    def _is_complete(form: Any) -> bool:
        if not form.is_valid() or form.cleaned_data.get("DELETE"):
            return False
        return bool(form.cleaned_data.get("topic") and form.cleaned_data.get("count"))


def _shortage(topic: Topic, available: int) -> str:
    message = ngettext(
        "The bank has %(count)d question on “%(topic)s” in use. Draw fewer, or write more questions first.",
        "The bank has %(count)d questions on “%(topic)s” in use. Draw fewer, or write more questions first.",
        available,
    )
    return message % {"count": available, "topic": topic.name}


class QuizPage(StepPage):  # type: ignore[django-manager-missing]
    class Feedback(models.TextChoices):
        FULL = "full", _("Result, right answers and explanations")
        RESULT = "result", _("Which answers were right")
        NONE = "none", _("The score only")

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Read before the start. Leave a line empty to begin a paragraph.")
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("The share of all points from which the quiz is passed."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("How often one person may take the quiz. 0: no limit.")
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit in minutes"),
        default=0,
        help_text=_("0: none. Many learners read slowly; set a limit only where it is really needed."),
    )
    feedback = models.CharField(
        _("what learners see afterwards"), max_length=8, choices=Feedback.choices, default=Feedback.FULL
    )

    template = "assessments/quiz_page.html"
    player_template = "assessments/player/quiz.html"
    is_server_marked = True
    parent_page_types = ["training_materials.CoursePage"]
    subpage_types: list[str] = []
    base_form_class = QuizPageForm
    content_panels = [
        *Page.content_panels,
        *StepPage.step_panels,
        FieldPanel("introduction"),
        InlinePanel(
            "draws",
            label=_("Draw"),
            heading=_("Questions"),
            min_num=1,
            help_text=_("Each attempt draws anew, at random, so many questions of each topic from the question bank."),
            panels=[FieldPanel("topic"), FieldPanel("count")],
        ),
        MultiFieldPanel(
            [
                FieldPanel("pass_mark"),
                FieldPanel("attempts_allowed"),
                FieldPanel("time_limit_minutes"),
                FieldPanel("feedback"),
            ],
            heading=_("Quiz rules"),
        ),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    @property
    def question_count(self) -> int:
        return sum(draw.count for draw in self.draws.all())

    def player_context(self, enrolment: Enrolment, request: HttpRequest) -> dict[str, Any]:
        attempts = enrolment.attempts.at_quiz(self.translation_key)
        return {"standing": standing_of(attempts, self.attempts_allowed)}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the preview, and for who is signed in without being a learner: rules, and nothing to start."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"standing": standing_of([], self.attempts_allowed)}


class QuizDraw(Orderable):
    """So many questions of that topic, drawn at random for each attempt."""

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="draws")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    count = models.PositiveSmallIntegerField(
        _("number of questions"), default=5, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    objects = QuizDrawQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self) -> str:
        return f"{self.count} × {self.topic_id}"
