from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class SlotQuerySet(models.QuerySet["Slot"]):
    def latest_of_each(self) -> SlotQuerySet:
        """Of each name the slot that was due last."""
        of_name = Slot.objects.filter(name=OuterRef("name")).order_by("-begins_at")
        return self.filter(begins_at=Subquery(of_name.values("begins_at")[:1])).order_by("name")

    def last_good(self) -> dict[str, datetime.datetime]:
        """For each name the latest slot that came to a good end; where none did, the first that is known."""
        good = Coalesce(Max("begins_at", filter=Q(is_done=True)), Min("begins_at"))
        return dict(self.order_by().values("name").annotate(good=good).values_list("name", "good"))


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: datetime.datetime) -> LetterQuerySet:
        """What somebody waits for before what can wait."""
        return self.filter(next_try_at__lte=at).order_by("-is_urgent", "next_try_at", "pk")

    def by_channel(self, channel: str) -> LetterQuerySet:
        return self.filter(channel=channel)

    def uncertain(self, at: datetime.datetime) -> LetterQuerySet:
        """Those that whoever handed them over left behind in the middle, and that are not worth a second letter."""
        return self.filter(next_try_at__lte=at, handed_over_at__isnull=False, is_urgent=False)

    def longest_overdue(self, at: datetime.datetime) -> datetime.timedelta:
        """Of the urgent letter that should have been tried first: one that was refused is not due before its next try,
        and weekly letters take their time."""
        first = self.due(at).filter(is_urgent=True).aggregate(first=Min("next_try_at"))["first"]
        return at - first if first else datetime.timedelta()


class Letter(models.Model):
    """An e-mail or a message in the outbox, to one address of its channel; gone once that has it. ``letters.py`` has
    what it holds. ``reference`` is by which whoever put it in wants to hear how it ended (``signals.letters_ended``);
    after ``good_until`` it is worth nothing."""

    channel = models.CharField(_("channel"), max_length=10, default="mail")
    address = models.CharField(_("address"), max_length=254)
    content = models.BinaryField()
    reference = models.CharField(max_length=40, blank=True)
    is_urgent = models.BooleanField(default=True)
    put_at = models.DateTimeField(_("put in"), db_index=True)
    handed_over_at = models.DateTimeField(null=True)  # only while the mail server is being given it
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), db_index=True)
    good_until = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["channel", "-is_urgent", "next_try_at", "id"], name="work_letter_due_by_channel"),
            models.Index(fields=["good_until"], condition=Q(good_until__isnull=False), name="work_letter_good_until"),
        ]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Channel(models.Model):
    """By which the site reaches people: when that was last tried, and when it last worked."""

    MAIL = "mail"

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    tried_at = models.DateTimeField(_("last tried"))
    worked_at = models.DateTimeField(_("last worked"), null=True)
    problem = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """One run of what recurs. The row is the claim: who writes it runs the slot, everybody else leaves it alone."""

    name = models.CharField(_("name"), max_length=60)
    begins_at = models.DateTimeField(_("due"))
    runner = models.CharField(_("runner"), max_length=100)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    is_done = models.BooleanField(_("came to a good end"), default=False)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of recurring work")
        verbose_name_plural = _("runs of recurring work")
        constraints = [models.UniqueConstraint(fields=["name", "begins_at"], name="work_slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.begins_at:%Y-%m-%d %H:%M}"
