"""What is asked and answered: the question bank, quizzes, attempts."""

import uuid_utils.compat as uuid7
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.querysets import AttemptQuerySet, QuestionQuerySet
from training_materials.models import StepPage, Topic


class Kind(models.TextChoices):
    SINGLE_CHOICE = "single_choice", _("Single choice")
    MULTIPLE_CHOICE = "multiple_choice", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    SHORT_TEXT = "short_text", _("Short text")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")


class Difficulty(models.TextChoices):
    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class Question(models.Model):
    """A question of the bank. What is asked stands in its versions; attempts keep theirs."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("topic"))
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices, default=Difficulty.MEDIUM)
    current = models.ForeignKey(
        "QuestionVersion", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.slug


class QuestionVersion(models.Model):
    """Immutable: editing makes a new one. ``body`` holds what the kind needs, key included (assessments.kinds)."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    prompt = models.TextField(_("prompt"))
    body = models.JSONField()
    feedback = models.TextField(_("feedback"), blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_version_once")]

    def __str__(self) -> str:
        return self.prompt


class QuizPage(StepPage):
    class Feedback(models.TextChoices):
        FULL = "full", _("Result, right answers and explanations")
        RESULT = "result", _("Which answers were right")
        NONE = "none", _("The score only")

    introduction = models.TextField(_("introduction"), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=80, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), default=0, help_text=_("0: no limit."))
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit in minutes"), default=0, help_text=_("0: none.")
    )
    feedback = models.CharField(_("feedback"), max_length=8, choices=Feedback.choices, default=Feedback.FULL)

    parent_page_types = ["training_materials.CoursePage"]
    subpage_types: list[str] = []


class QuizDraw(Orderable):
    """So many questions of that topic, drawn at random for each attempt."""

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="draws")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    count = models.PositiveSmallIntegerField(_("questions"), validators=[MinValueValidator(1)])


class Attempt(models.Model):
    """One go at a quiz. Quiz, rules and questions stand in it as they were asked."""

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    enrolment = models.ForeignKey("tracking.Enrolment", on_delete=models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(QuizPage, on_delete=models.SET_NULL, null=True, related_name="attempts")
    quiz_key = models.UUIDField(help_text=_("Translation key of the quiz's page."))
    quiz_title = models.CharField(max_length=255)
    quiz_revision = models.PositiveIntegerField(null=True)
    number = models.PositiveSmallIntegerField()
    pass_mark = models.PositiveSmallIntegerField()
    feedback = models.CharField(max_length=8, choices=QuizPage.Feedback.choices)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    max_points = models.DecimalField(max_digits=7, decimal_places=2)
    is_passed = models.BooleanField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "quiz_key", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["enrolment", "quiz_key"], condition=Q(finished_at=None), name="attempt_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_title} #{self.number}"


class Response(models.Model):
    """One question of an attempt as asked, and the learner's latest answer to it as given.

    ``sequence`` is counted by the browser: a late or repeated delivery with a lower one changes nothing.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="responses")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    order = models.JSONField(help_text=_("The shuffled order in which options were shown."))
    answer = models.JSONField(null=True, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="response_position_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.position}"
