"""The outbox: what has changed and must still reach an engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingChange(models.Model):
    """Written in the transaction of the change itself, taken away in the transaction that carried it out.

    In the queue ``documents`` a subject names what has changed ("page:12", "tree:00010002", "file:5"); in an
    engine's queue it is the key of a document to bring there, or to take away if it is no longer.
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

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        indexes = [models.Index(fields=["queue", "id"], name="pending_change_in_order")]

    def __str__(self) -> str:
        return f"{self.queue} {self.subject}"
