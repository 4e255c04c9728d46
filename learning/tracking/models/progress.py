"""What learners do: enrolments and progress. Deleting a page takes no row away: keys and titles are copied."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.tracking.querysets.enrolments import EnrolmentQuerySet, StepProgressQuerySet


class Enrolment(models.Model):
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(
        "training_materials.CoursePage", on_delete=models.SET_NULL, null=True, related_name="enrolments"
    )
    course_key = models.UUIDField(help_text=_("Translation key of the course page."))
    course_title = models.CharField(max_length=255)
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    course_revision = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The revision of the course that was completed.")
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-enrolled_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "course_key"], name="enrolment_once")]
        indexes = [models.Index(fields=["course_key"], name="enrolment_course_key")]

    def __str__(self) -> str:
        return self.course_title


class StepProgress(models.Model):
    """One learner at one step. A step that was completed stays completed, on the revision it was."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="steps")
    step = models.ForeignKey("wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+")
    step_key = models.UUIDField(help_text=_("Translation key of the step's page."))
    step_title = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    visited_at = models.DateTimeField(help_text=_("The latest visit: where to resume."))
    completed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(null=True, blank=True, help_text=_("The revision that was completed."))
    score = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True, help_text=_("The best, from 0 to 1.")
    )

    objects = StepProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress in a step")
        verbose_name_plural = _("progress in steps")
        constraints = [models.UniqueConstraint(fields=["enrolment", "step_key"], name="step_progress_once")]
        indexes = [models.Index(fields=["step_key"], name="step_progress_key")]

    def __str__(self) -> str:
        return self.step_title
