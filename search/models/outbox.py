"""The outbox: what has changed and must still reach an engine."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PendingChangeQuerySet(models.QuerySet["PendingChange"]):
    def due(self, queue: str, at: datetime.datetime) -> PendingChangeQuerySet:
        """What waits in the queue and has not been put off, in order."""
        return self.filter(Q(not_before=None) | Q(not_before__lte=at), queue=queue).order_by("pk")


class PendingChange(models.Model):
    """Written in the transaction of the change itself, taken away in the transaction that carried it out.

    In the queue ``documents`` a subject names what has changed ("key:materialpage:12", "tree:00010002", "file:5"); in
    an engine's queue it is the key of a document to bring there, or to take away if it is no longer.
    """

    class Queue(models.TextChoices):
        DOCUMENTS = "documents", "documents"
        ELASTICSEARCH = "elasticsearch", "elasticsearch"

    queue = models.CharField(max_length=16, choices=Queue.choices)
    subject = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, help_text="The class of the latest error, no more.")

    objects = PendingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        indexes = [models.Index(fields=["queue", "id"], name="pending_change_in_order")]

    def __str__(self) -> str:
        return f"{self.queue} {self.subject}"
