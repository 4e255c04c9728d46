"""What was searched and not found: words, day and how often. Nothing tells who."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 60


class MissedSearch(models.Model):
    words = models.CharField(_("words"), max_length=MOST_LETTERS)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="missed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.words} ({self.day:%d/%m/%Y}: {self.count})"
