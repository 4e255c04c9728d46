"""What learners keep for themselves alone: nobody else reads it, whatever their office."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.tracking.querysets.own import NoteQuerySet

DAYS_OF_A_WEEK = 7
LENGTH_OF_NOTES = 5000
LENGTH_OF_PASSAGES = 600
MOST_NOTES_OF_A_STEP = 200


class Note(models.Model):
    """Words of one's own at a lesson, or a place in it that one marked, or both.

    ``part`` is the key of the part of the lesson, ``passage`` what was marked there, word for word. Its heading and the
    lesson's title are copied, so that a note outlives what the page says now. The id comes from the form: what arrives
    twice is one note.
    """

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey("tracking.Enrolment", on_delete=models.CASCADE, related_name="notes")
    step = models.ForeignKey("wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+")
    step_key = models.UUIDField(help_text=_("Translation key of the step's page."))
    step_title = models.CharField(max_length=255)
    part = models.CharField(max_length=64, blank=True)
    part_title = models.CharField(max_length=255, blank=True)
    passage = models.TextField(blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["enrolment", "step_key"], name="note_of_step")]
        constraints = [
            models.CheckConstraint(condition=~Q(part="", passage="", text=""), name="note_says_or_marks_something")
        ]

    def __str__(self) -> str:
        return self.step_title


class WeeklyGoal(models.Model):
    """On how many days of a week someone means to learn; 0: they only look at the days. Without a row they want
    neither."""

    person = models.OneToOneField(
        "membership.Person", on_delete=models.PROTECT, primary_key=True, related_name="weekly_goal"
    )
    days = models.PositiveSmallIntegerField(validators=[MaxValueValidator(DAYS_OF_A_WEEK)])
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("weekly goal")
        verbose_name_plural = _("weekly goals")
        constraints = [models.CheckConstraint(condition=Q(days__lte=DAYS_OF_A_WEEK), name="weekly_goal_within_a_week")]

    def __str__(self) -> str:
        return str(self.days)
