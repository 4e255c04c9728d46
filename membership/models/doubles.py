"""Pairs of records that may be one person's, and what officers decided of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from membership.models.accounts import User
from membership.models.people import Person
from membership.querysets import PossibleDoubleQuerySet


class PossibleDouble(models.Model):
    """``reasons`` name what the records agree in and what not, as ``likeness.weighing`` found it. A pair that was told
    apart stays, so that nobody is asked of it again."""

    class State(models.TextChoices):
        OPEN = "open", _("To be looked at")
        ASKED = "asked", _("Asked of others")
        MERGED = "merged", _("Merged")
        APART = "apart", _("Found to be two people")

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.OPEN)
    probability = models.FloatField(_("likelihood"))
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    note = models.TextField(_("note"), blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = PossibleDoubleQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible double")
        verbose_name_plural = _("possible doubles")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="possible_double_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="possible_double_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["-probability"], condition=Q(state__in=["open", "asked"]), name="possible_double_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_id} = {self.other_id}?"
