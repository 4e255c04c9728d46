"""The learning record store: statements as they came, and what they are found by.

Rows are written by ``learning.tracking.actions`` alone; the database refuses every change and deletion of a statement
unless an erasure of it stands. Ids of statements carry no foreign keys: a statement may refer to one that is not here.
"""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.tracking.querysets.statements import StatementQuerySet, StatementTermQuerySet


def private_storage() -> Storage:
    return storages["private"]


class Statement(models.Model):
    id = models.UUIDField(primary_key=True)
    stored = models.DateTimeField()
    body = models.JSONField(help_text=_("The statement whole, with what the store added."))
    target_id = models.UUIDField(null=True, help_text=_("The statement that this one is about."))
    is_voiding = models.BooleanField(default=False)
    person = models.ForeignKey(
        "membership.Person", on_delete=models.PROTECT, null=True, related_name="statements", db_index=False
    )
    credential = models.ForeignKey(
        "tracking.Credential", on_delete=models.PROTECT, null=True, related_name="statements", db_index=False
    )
    launch = models.ForeignKey(
        "tracking.Launch", on_delete=models.PROTECT, null=True, related_name="statements", db_index=False
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-stored", "-id"]
        indexes = [
            models.Index(fields=["stored", "id"], name="statement_stored"),
            models.Index(fields=["target_id"], name="statement_target", condition=Q(target_id__isnull=False)),
            models.Index(fields=["person", "stored"], name="statement_person", condition=Q(person__isnull=False)),
            models.Index(fields=["launch"], name="statement_launch", condition=Q(launch__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StatementTerm(models.Model):
    """One thing by which one statement is found (``learning.tracking.xapi.terms``); the key is the only index."""

    pk = models.CompositePrimaryKey("term", "stored", "statement_id")
    term = models.UUIDField()
    stored = models.DateTimeField()
    statement_id = models.UUIDField()

    objects = StatementTermQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.term} {self.statement_id}"


class Voiding(models.Model):
    """The statement ``target_id`` is void; it may arrive later than that. Voiding statements are never void."""

    target_id = models.UUIDField(primary_key=True)
    by_statement_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.target_id)


class StatementErasure(models.Model):
    """Personal values of this statement were taken out: what the triggers ask for before they let one change."""

    statement_id = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.statement_id)


class Attachment(models.Model):
    """A file that statements came with, kept once for each content."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    length = models.PositiveBigIntegerField()
    file = models.FileField(storage=private_storage, upload_to="xapi")

    def __str__(self) -> str:
        return self.sha256


class AttachmentUse(models.Model):
    """``sha2`` is the digest that the statement gives; the file is kept under the one that it has."""

    statement_id = models.UUIDField()
    sha2 = models.CharField(max_length=128)
    content_type = models.CharField(max_length=255)
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement_id", "sha2"], name="attachment_use_once")]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.attachment_id}"


class ActivityDefinition(models.Model):
    """What is known of an activity: the latest definition that came with a statement, merged into those before."""

    key = models.UUIDField(primary_key=True, help_text=_("Digest of the address."))
    iri = models.TextField()
    definition = models.JSONField()

    def __str__(self) -> str:
        return self.iri
