"""Gatherings at which one learns: who came is evidence, and stands in the ledger alone."""

import datetime

import uuid_utils.compat as uuid7
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.sessions.duration import Period, days_between, hours_of, in_lines, in_one_line
from learning.sessions.querysets import InviteeQuerySet, ReplyQuerySet, SessionQuerySet
from learning.sessions.states import ANSWERED_IN

CALLED_AS = "session"  # among what people can be called to


class State(models.TextChoices):
    """``learning.sessions.states`` says how one leads to another."""

    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    HELD = "held", _("Held")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Session(models.Model):
    """A meeting, talk, training day or conference that a unit holds."""

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    unit = models.ForeignKey(
        "membership.Unit", on_delete=models.PROTECT, related_name="sessions", verbose_name=_("held by")
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    is_public = models.BooleanField(_("open to everybody"), default=False)
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    way = models.CharField(_("how to get there"), max_length=500, blank=True)
    map_link = models.URLField(_("link to a map"), max_length=400, blank=True)
    online_link = models.URLField(_("online link"), max_length=400, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    agenda = models.TextField(_("agenda"), blank=True)
    trainers = models.CharField(_("trainers"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    topics = models.JSONField(default=list, blank=True, help_text=_("Topic slugs."))
    minutes = models.TextField(_("minutes of the session"), blank=True)
    cost = models.PositiveBigIntegerField(_("cost in đồng"), null=True, blank=True)
    # Days that fall away later are told to calendars as cancelled.
    most_days = models.PositiveSmallIntegerField(default=1, help_text=_("How many days it has, or once had."))
    series = models.UUIDField(null=True, blank=True, help_text=_("The first session of the series that it belongs to."))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-starts_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_period")]

    def __str__(self) -> str:
        return self.title

    def key_of(self, person_id: int) -> str:
        """The key of the fact that the person was there."""
        return f"attendance:{self.pk}:{person_id}"

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def periods(self) -> list[Period]:
        """From when until when on each day, in local time; of a session that was read ``with_days``."""
        own = [(timezone.localtime(day.starts_at), timezone.localtime(day.ends_at)) for day in self.days.all()]
        return own or days_between(timezone.localtime(self.starts_at), timezone.localtime(self.ends_at))

    @property
    def lines(self) -> list[str]:
        return in_lines(self.periods)

    @property
    def when(self) -> str:
        """Its days, as long as they fit into a line."""
        return in_one_line(self.lines)

    @property
    def hours(self) -> float:
        return hours_of(self.periods)

    def takes_answers(self, at: datetime.datetime) -> bool:
        return self.state in ANSWERED_IN and at < self.starts_at


class Day(models.Model):
    """One of the days of a session whose days differ in their hours, or do not follow each other. A session without
    such rows has the same hours on each day from its beginning until its end."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="days")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("day of a session")
        verbose_name_plural = _("days of a session")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_day_period"),
            models.UniqueConstraint(fields=["session", "starts_at"], name="session_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.starts_at}"


class Invitee(models.Model):
    """Somebody whom the unit asks to come, by name. Whether they come is their ``Reply``."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invitees")
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="session_invitations")
    group_name = models.CharField(_("as whom"), max_length=200)
    invited_at = models.DateTimeField(_("invited"))

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitee")
        verbose_name_plural = _("invitees")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="invited_once_to_a_session")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.person_id}"


class Reply(models.Model):
    """That somebody comes, or does not. Who says so first gets a place; who is beyond them waits, until one is free:
    both follow from the order of the rows and are stored nowhere."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="session_replies")
    is_coming = models.BooleanField(_("comes"))
    replied_at = models.DateTimeField(_("answered"), help_text=_("When they last changed their mind."))

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["replied_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_reply_to_a_session")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.is_coming}"
