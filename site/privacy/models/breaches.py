"""The register of breaches: what happened to personal data, what was done, and who was told of it when. It names
nobody: people are counted, by the units in which they belong."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from membership.models import Unit, User
from privacy.querysets import BreachQuerySet

_HOUR = datetime.timedelta(hours=1)


class Breach(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("the authority is not told yet")
        NOTIFIED = "notified", _("the authority is told")
        CLOSED = "closed", _("closed")

    happened = models.TextField(_("what happened"))
    noticed_at = models.DateTimeField(_("noticed"))
    due_at = models.DateTimeField(_("the authority to be told by"))
    affected = models.TextField(_("what data"))
    people = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    units = models.ManyToManyField(Unit, verbose_name=_("units"), related_name="+", blank=True)
    consequences = models.TextField(_("what may come of it"), blank=True)
    measures = models.TextField(_("what was done and will be"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    recorded_at = models.DateTimeField(_("entered in the register"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("last changed"))
    conclusion = models.TextField(_("how it ended"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach of personal data")
        verbose_name_plural = _("breaches of personal data")
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=F("noticed_at")), name="breach_due_after_noticed"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at=None),
                name="breach_closed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """By which papers and letters name it."""
        return f"VP-{self.pk}"

    @property
    def moves(self) -> list[str]:
        return [name for name, move in MOVES.items() if self.state in move.from_states]

    def hours_left(self, at: datetime.datetime) -> int | None:
        """Whole hours in which the authority is to be told, negative once they are over; nothing where it was told, or
        need not be."""
        return (self.due_at - at) // _HOUR if self.state == self.State.OPEN else None


class Told(models.TextChoices):
    AUTHORITY = "authority", _("the authority")
    PEOPLE = "people", _("the people concerned")


class BreachNotice(models.Model):
    """That somebody was told, and how; never taken back."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="notices")
    told = models.CharField(_("who was told"), max_length=12, choices=Told.choices)
    told_at = models.DateTimeField(_("when"))
    words = models.TextField(_("how, and whom"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("notice of a breach")
        verbose_name_plural = _("notices of breaches")
        ordering = ["told_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["breach", "told", "told_at"], name="breach_told_once")]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.told}"


@dataclass(frozen=True)
class BreachMove:
    from_states: frozenset[str]
    to: str


_STANDING = frozenset({Breach.State.OPEN, Breach.State.NOTIFIED})
# What is open can be closed too: what harms nobody need not be told, and the conclusion says so.
MOVES = {
    "amend": BreachMove(_STANDING, ""),
    "tell": BreachMove(_STANDING, Breach.State.NOTIFIED),
    "close": BreachMove(_STANDING, Breach.State.CLOSED),
}
