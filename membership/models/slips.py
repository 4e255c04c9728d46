"""Printed codes by which people without an e-mail address come to an account."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from membership.models.accounts import User
from membership.models.people import Person
from membership.models.units import Unit
from membership.querysets import SlipQuerySet


class Slip(models.Model):
    """Opens a person's account once. What is printed on it is kept nowhere: only its keyed hash is."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    office = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", help_text=_("In whose name the slip was printed.")
    )
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # For who had an account when it was printed: a new password, which a second officer confirms.
    is_renewal = models.BooleanField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text=_("Replaced by a newer one, or tried too often."))
    # Where it was used, so that many on one telephone are seen.
    browser_hash = models.CharField(max_length=64, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        ordering = ["-printed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(used_at=None, ended_at=None), name="slip_open_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("printed_by")), name="slip_confirmed_by_a_second"
            ),
        ]

    def __str__(self) -> str:
        return f"slip {self.pk}"


class SlipRefusal(models.Model):
    """That somebody tried a slip and was refused; what they typed is kept nowhere. ``slip``: whose code it was."""

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", _("no slip has such a code")
        YEAR = "year", _("another birth year")
        TRIED = "tried", _("tried too often")
        USED = "used", _("used before")
        ENDED = "ended", _("replaced or ended by an officer")
        EXPIRED = "expired", _("too old")
        UNCONFIRMED = "waiting", _("not confirmed yet")
        FOREIGN = "foreign", _("the person no longer belongs to the unit that printed it")
        ADDRESS = "address", _("too many misses from one address")

    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, null=True, related_name="refusals")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    at = models.DateTimeField()

    UNPROVEN = (Reason.UNKNOWN, Reason.YEAR, Reason.TRIED, Reason.ADDRESS)

    class Meta:
        verbose_name = _("refusal of a slip")
        verbose_name_plural = _("refusals of slips")

    def __str__(self) -> str:
        return f"{self.reason} {self.slip_id or ''}"

    @property
    def is_proven(self) -> bool:
        """Whether code and birth year belong together: then it gives nothing away to say why."""
        return self.reason not in self.UNPROVEN
