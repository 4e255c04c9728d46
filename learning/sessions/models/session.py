"""Gatherings at which one learns: who came is evidence, and stands in the ledger alone."""

import uuid_utils.compat as uuid7
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.sessions.querysets import SessionQuerySet


class Session(models.Model):
    """A meeting, talk or training day that a unit holds."""

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    unit = models.ForeignKey(
        "membership.Unit", on_delete=models.PROTECT, related_name="sessions", verbose_name=_("held by")
    )
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    topics = models.JSONField(default=list, blank=True, help_text=_("Topic slugs."))
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
