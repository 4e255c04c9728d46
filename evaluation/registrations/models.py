"""Who announced that they strive for the title in a year: once, in the unit and target group of the day they said so.

What came of it is never stored here: it is read from the year's dossier.
"""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.registrations.querysets import RegistrationQuerySet
from membership.models import TargetGroup

_MONTH_OF_THE_NEXT = 10  # the year to come opens with the last quarter of this one


def open_years(today: datetime.date) -> list[int]:
    """For which one can register: the year, and towards its end the next."""
    return [today.year, today.year + 1] if today.month >= _MONTH_OF_THE_NEXT else [today.year]


class Registration(models.Model):
    class Way(models.TextChoices):
        PAGE = "page", _("on their own page")
        PAPER = "paper", _("on paper, noted by an officer")
        LIST = "list", _("by a list that an officer brought in")

    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="registrations")
    year = models.PositiveSmallIntegerField(_("year"))
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="registrations")
    group = models.CharField(_("target group"), max_length=12, choices=TargetGroup.choices)
    way = models.CharField(_("way of registering"), max_length=8, choices=Way.choices)
    registered_at = models.DateTimeField(_("registered at"))
    noted_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The officer who noted it; nobody where the person did so themselves."),
    )  # fmt: skip

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="registration_once_a_year")]
        indexes = [models.Index(fields=["year", "unit", "group"], name="registration_year_unit")]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.year}"

    @property
    def is_own(self) -> bool:
        """Made by the person themselves: no officer takes it back."""
        return self.way == self.Way.PAGE
