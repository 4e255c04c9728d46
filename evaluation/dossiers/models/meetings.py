"""A body's meeting on dossiers: who was there, what it looked at, how it voted. The minutes are made from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.dossiers.models.chains import ReviewStep
from evaluation.dossiers.models.dossier import Dossier
from evaluation.dossiers.querysets.meetings import MeetingQuerySet


class Meeting(models.Model):
    """Open until its minutes are closed; closed, nothing in it changes any more."""

    step = models.ForeignKey(
        ReviewStep, on_delete=models.PROTECT, related_name="meetings", verbose_name=pgettext_lazy("review", "body")
    )
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=200)
    chair = models.ForeignKey(
        "membership.Person", on_delete=models.PROTECT, related_name="+", verbose_name=_("chair of the meeting")
    )
    secretary = models.ForeignKey(
        "membership.Person", on_delete=models.PROTECT, related_name="+", verbose_name=_("secretary of the meeting")
    )
    notes = models.TextField(_("what was said and agreed"), blank=True)
    called_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    closed_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="meeting_closed_by_whom",
            ),
            models.CheckConstraint(condition=~Q(chair=models.F("secretary")), name="meeting_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.unit_id}/{self.year}: {self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Attendance(models.Model):
    """Somebody called to the meeting, and whether they came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("present"), default=False)

    class Meta:
        ordering = ["person__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person_id}"


class MeetingLine(models.Model):
    """A dossier that the meeting looked at; votes, what they came to, and the reviewed points as they were, stand once
    the minutes are closed. Only those present who may judge the dossier have a vote on it."""

    class Result(models.TextChoices):
        CARRIED = "carried", _("Agreed to")
        LOST = "lost", _("Not agreed to")
        SHORT = "short", _("No decision: too few who may judge it")
        NOTED = "noted", _("Noted: the vote decides nothing")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="lines")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="meeting_lines")
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    chair_is_for = models.BooleanField(_("the chair voted for"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    total = models.DecimalField(_("points"), max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering = ["dossier__person__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "dossier"], name="meeting_line_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.dossier_id}"

    @property
    def is_looked_at(self) -> bool:
        """Whether the dossier waits at the body that met, and was handed in by then: a meeting is called by the
        minute. Otherwise no vote on it counts."""
        here, handed_in = self.dossier.current_step, self.dossier.submitted_at
        body = self.meeting.step.role, self.meeting.unit_id
        is_here = here is not None and (here.role, self.dossier.current_unit_id) == body
        return is_here and handed_in is not None and handed_in.replace(second=0, microsecond=0) <= self.meeting.held_at
