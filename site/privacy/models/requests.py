"""What people ask about their own data, and by when it is answered."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from membership.models import Person, Unit, User
from privacy.models.terms import Clock
from privacy.querysets import RequestQuerySet

KINDS = [choice for choice in Clock.choices if choice[0] not in (Clock.ACKNOWLEDGE, Clock.BREACH)]


class Request(models.Model):
    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        ACKNOWLEDGED = "acknowledged", _("in work")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        LIFTED = "lifted", _("granted, and lifted since")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(_("what is asked for"), max_length=12, choices=KINDS)
    words = models.TextField(_("in the person's words"), blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    filed_at = models.DateTimeField(_("received"))
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    acknowledge_by = models.DateField(_("to be acknowledged by"))
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("to be answered by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state__in=["received", "acknowledged"]), name="request_open_once"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("acknowledge_by")), name="request_terms_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_by_officer(self) -> bool:
        return self.filed_by.person_id != self.person_id

    def is_entered_by(self, user: User) -> bool:
        """For somebody else: another officer grants it then, and hands out what it asks for."""
        return self.is_by_officer and self.filed_by_id == user.pk

    @property
    def next_day(self) -> datetime.date:
        """By which something has to happen next."""
        return self.acknowledge_by if self.state == self.State.RECEIVED else self.due_on

    @property
    def moves(self) -> list[str]:
        """What an officer can do with it as it stands."""
        return [name for name, move in MOVES.items() if self.state in move.from_states and self.kind in move.kinds]


OPEN = frozenset({Request.State.RECEIVED, Request.State.ACKNOWLEDGED})
LASTING = frozenset({Clock.RESTRICT, Clock.OBJECT})  # what is granted holds until it is lifted


@dataclass(frozen=True)
class Move:
    from_states: frozenset[str]
    to: str
    kinds: frozenset[str] = frozenset(kind for kind, _label in KINDS)


MOVES = {
    "acknowledge": Move(frozenset({Request.State.RECEIVED}), Request.State.ACKNOWLEDGED),
    "grant": Move(OPEN, Request.State.GRANTED),
    "refuse": Move(OPEN, Request.State.REFUSED),
    "lift": Move(frozenset({Request.State.GRANTED}), Request.State.LIFTED, frozenset(LASTING)),
}
