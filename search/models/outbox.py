"""What has changed and must still reach an engine, and which build of the database's index is searched."""

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


class IndexState(models.Model):
    """One row. ``revision`` is another after each change, so that what is kept in memory is known to be old."""

    build = models.PositiveIntegerField(help_text="The tables that are searched: search_rows_<build> and its like.")
    latest_build = models.PositiveIntegerField(help_text="The highest number ever given to a build.")
    revision = models.PositiveBigIntegerField(default=0, help_text="The moment of the latest change.")
    slots = models.PositiveIntegerField(default=0, help_text="Given out in this build, those taken away included.")
    built_slots = models.PositiveIntegerField(default=0, help_text="Given out when it was built.")

    class Meta:
        verbose_name = _("state of the index")
        verbose_name_plural = _("states of the index")

    def __str__(self) -> str:
        return f"{self.build} r{self.revision}"
