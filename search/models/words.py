"""Words: the dictionary and the picks that editors keep, and what was searched and not found."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

MOST_LETTERS = 60
LEAST = 3


class TermGroup(models.Model):
    """``search.actions`` writes every row. What was shipped carries a ``shipped_key`` and ``shipped_terms``.

    Where ``terms`` still say what ``shipped_terms`` say, nobody has changed the row, and what is shipped later takes
    its place.
    """

    terms = models.TextField(
        _("terms"),
        help_text=_(
            "One on each line, the usual one first; abbreviations in capitals. Several lines mean the same. "
            "A single line keeps its words together."
        ),
    )
    need_not_occur = models.BooleanField(
        _("small words"),
        default=False,
        help_text=_("Words such as “về” or “tài liệu”: they add to the rank, but a result may lack them."),
    )
    is_in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Untick rather than delete: what was shipped would come back.")
    )
    shipped_terms = models.TextField(blank=True, editable=False)
    shipped_key = models.CharField(max_length=120, unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("search terms")
        verbose_name_plural = _("search terms")
        ordering = ["terms"]

    def __str__(self) -> str:
        return " = ".join(self.lines())

    def lines(self) -> list[str]:
        return [line.strip() for line in self.terms.splitlines() if line.strip()]


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    def often(self, today: datetime.date) -> models.QuerySet[Any, Any]:
        """Words that were searched in vain at least so many times in the last three months, the most wanted first."""
        since = today - datetime.timedelta(days=90)
        counted = self.filter(day__gt=since).values("words").annotate(times=Sum("count"), last=Max("day"))
        return counted.filter(times__gte=LEAST).order_by("-times", "words")


class MissedSearch(models.Model):
    words = models.CharField(_("words"), max_length=MOST_LETTERS)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times"), default=0)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="missed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.words} ({self.day:%d/%m/%Y}: {self.count})"


class Pick(models.Model):
    queries = models.TextField(
        _("queries"), help_text=_("One on each line; with or without tone marks and with slips they are recognised.")
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    reason = models.CharField(
        _("why"), max_length=200, blank=True, help_text=_("One sentence for readers, such as “Begin here”.")
    )
    is_in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("editors' pick")
        verbose_name_plural = _("editors' picks")
        ordering = ["queries", "pk"]

    def __str__(self) -> str:
        return f"{', '.join(self.lines())} → {self.page}"

    def lines(self) -> list[str]:
        return [line.strip() for line in self.queries.splitlines() if line.strip()]
