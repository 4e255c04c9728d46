"""Attempts and the responses in them. Deleting a quiz takes none away: its key, title and rules stand here."""

import uuid_utils.compat as uuid7
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.bank import QuestionVersion
from assessments.models.quiz import QuizPage
from assessments.querysets.attempts import AttemptQuerySet, ResponseQuerySet, WrittenMarkQuerySet


class Attempt(models.Model):
    """One go at a quiz. Quiz, rules and questions stand in it as they were asked.

    Finished without points: a trainer has still to mark something. ``is_settled``: the learner handed it in, so
    nothing more can come; one that the site closed still takes what was answered in time (assessments.rules).
    The marks of device and address are keyed hashes of that day and are emptied a day later.
    """

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    enrolment = models.ForeignKey("tracking.Enrolment", on_delete=models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(QuizPage, on_delete=models.SET_NULL, null=True, related_name="attempts")
    quiz_key = models.UUIDField(help_text=_("Translation key of the quiz's page."))
    quiz_title = models.CharField(max_length=255)
    quiz_revision = models.PositiveIntegerField(null=True)
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=10, choices=QuizPage.Purpose.choices, default=QuizPage.Purpose.GRADED)
    seed = models.BigIntegerField(null=True, help_text=_("What the draw and the shuffles followed from."))
    pass_mark = models.PositiveSmallIntegerField()
    feedback = models.CharField(max_length=8, choices=QuizPage.Feedback.choices)
    feedback_when = models.CharField(
        max_length=8, choices=QuizPage.FeedbackWhen.choices, default=QuizPage.FeedbackWhen.AT_ONCE
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    is_settled = models.BooleanField(default=False)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    max_points = models.DecimalField(max_digits=7, decimal_places=2)
    is_passed = models.BooleanField(null=True)
    is_marked_anew = models.BooleanField(default=False, help_text=_("Earlier results stand beside it."))
    device_mark = models.CharField(max_length=16, blank=True)
    address_mark = models.CharField(max_length=16, blank=True)
    is_watched = models.BooleanField(default=False, help_text=_("It was looked at for signals."))

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [
            models.Index(fields=["quiz_key", "finished_at"], name="attempt_quiz_finished"),
            models.Index(
                fields=["finished_at"],
                condition=Q(is_watched=False, finished_at__isnull=False),
                name="attempt_to_watch",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "quiz_key", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["enrolment", "quiz_key"], condition=Q(finished_at=None), name="attempt_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_title} #{self.number}"

    @property
    def is_waiting(self) -> bool:
        """Handed in, and not all of it marked."""
        return self.finished_at is not None and self.points is None


class Response(models.Model):
    """One question of an attempt as asked, and the learner's latest answer to it as given.

    ``sequence`` is counted by the browser: a late or repeated delivery with a lower one changes nothing.
    ``points`` are set when it is marked; ``marks`` are what a trainer gave by criterion. ``is_late``: it arrived
    after the time, with the browser's word that it was given before.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="responses")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    order = models.JSONField(help_text=_("The shuffled order in which options were shown."))
    answer = models.JSONField(null=True, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False, help_text=_("Handed in: it changes no more."))
    marks = models.JSONField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, related_name="+")
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="response_position_once")]
        indexes = [
            models.Index(fields=["attempt"], condition=Q(points=None, is_closed=True), name="response_to_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.position}"


class WrittenMark(models.Model):
    """``points`` by criterion, in the order of the rubric of the version that was asked."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="written_marks")
    number = models.PositiveSmallIntegerField()
    points = models.JSONField()
    comment = models.TextField(_("comment"), blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    objects = WrittenMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking of a written answer")
        verbose_name_plural = _("markings of written answers")
        constraints = [models.UniqueConstraint(fields=["response", "number"], name="written_mark_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.number}"
