"""Calls to learn: whom an office asks to learn what, from when until when.

What came of a call is never stored here: whether somebody has done it is read from evidence, and what is late from the
day. Deleting a course takes no call away: its key and title are copied.
"""

from __future__ import annotations

import datetime
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.calls.querysets import CalledQuerySet, CallQuerySet
from learning.calls.registries.destinations import kinds

COURSE = "course"  # among what one can be called to
OWN_LIST = "list:"  # a group whom the office adds one by one, or from a file


class Call(models.Model):
    """A group is asked to learn something. ``State.OVER`` follows from the days and is never stored."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft: nobody has been told")
        CALLED = "called", _("Called")
        CHANGED = "changed", _("Called, changed since")
        CANCELLED = "cancelled", _("Cancelled")
        OVER = "over", _("Over")

    # What may become of what; nothing else does.
    NEXT = {
        State.DRAFT: {State.DRAFT, State.CALLED, State.CANCELLED},
        State.CALLED: {State.CHANGED, State.CANCELLED},
        State.CHANGED: {State.CHANGED, State.CANCELLED},
        State.CANCELLED: set[State](),
    }
    STANDING = (State.CALLED, State.CHANGED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(_("to what"), max_length=12, choices=kinds)
    key = models.UUIDField(help_text=_("Translation key of the page, or the key of what else it is."))
    title = models.CharField(max_length=255)
    group = models.CharField(_("whom"), max_length=60)
    group_name = models.CharField(max_length=200)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until and including"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    paper_number = models.CharField(_("number and symbol of the document"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    teacher = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="classes",
        verbose_name=_("teacher"),
        help_text=_("Who sees how the people of this call come along: with a teacher it is a class."),
    )  # fmt: skip

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call to learn")
        verbose_name_plural = _("calls to learn")
        ordering = ["-last_day", "-made_at", "pk"]
        indexes = [models.Index(fields=["group"], name="call_group")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="call_days"),
            models.CheckConstraint(condition=~Q(state="over"), name="call_over_follows"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def can_be_taught(self) -> bool:
        """A course has steps on the way; of what else one is called to there is nothing to follow."""
        return self.kind == COURSE and self.state != self.State.CANCELLED

    @property
    def is_own_list(self) -> bool:
        return self.group == OWN_LIST

    @property
    def is_standing(self) -> bool:
        return self.state in self.STANDING

    def state_on(self, day: datetime.date) -> State:
        """As people read it: a call whose last day has passed is over, though nobody has to close it."""
        return self.State.OVER if self.is_standing and self.last_day < day else self.State(self.state)


class Called(models.Model):
    """One person who is called; ``last_day`` where they were given longer than the others."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("membership.Person", on_delete=models.CASCADE, related_name="calls")
    last_day = models.DateField(_("extended until"), null=True, blank=True)
    why_longer = models.CharField(_("why longer"), max_length=200, blank=True)

    objects = CalledQuerySet.as_manager()

    class Meta:
        verbose_name = _("called person")
        verbose_name_plural = _("called people")
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="called_once")]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.person_id}"
