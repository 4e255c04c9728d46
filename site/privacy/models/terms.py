"""What the law gives time for, how much, and the days on which no office is open."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clock(models.TextChoices):
    """What the law gives time for: that a request has come, each kind of request, and telling of a breach."""

    ACKNOWLEDGE = "acknowledge", _("Say that a request has come")
    SEE = "see", _("See what is kept about me")
    TAKE_ALONG = "take_along", _("Take a copy along")
    CORRECT = "correct", _("Correct what is wrong")
    RESTRICT = "restrict", _("Stop using it for now")
    ERASE = "erase", _("Erase it")
    OBJECT = "object", _("No automatic suggestions about me")
    BREACH = "breach", _("Tell the authority of a breach")


class Term(models.Model):
    """How many days the law gives, or hours; the province changes it where the law does."""

    clock = models.CharField(_("what for"), max_length=12, choices=Clock.choices, unique=True)
    number = models.PositiveSmallIntegerField(_("how many"))
    counts_working_days = models.BooleanField(_("working days only"), default=False)

    class Meta:
        verbose_name = _("days of the law")
        verbose_name_plural = _("days of the law")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_clock_display()

    @property
    def is_in_hours(self) -> bool:
        """By the clock, on days off too; everything else has days."""
        return self.clock == Clock.BREACH


class Holiday(models.Model):
    """A day on which no office is open, beside Saturdays and Sundays."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
