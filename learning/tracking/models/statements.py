"""The learning record store: who may speak to it (outside systems by credential, content by launch; tokens are random
and kept as their SHA-256 alone), statements as they came, what they are found by, and documents beside them.

Rows are written by ``learning.tracking.actions`` alone; the database refuses every change and deletion of a statement
unless an erasure of it stands. Ids of statements carry no foreign keys: a statement may refer to one that is not here.
"""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.tracking.querysets.statements import StatementQuerySet, StatementTermQuerySet


class Scope(models.TextChoices):
    """What a credential opens, in the words of the specification (Communication 4.2)."""

    WRITE_STATEMENTS = "statements/write", _("Write statements")
    READ_OWN_STATEMENTS = "statements/read/mine", _("Read the statements that it wrote")
    READ_STATEMENTS = "statements/read", _("Read all statements")
    STATE = "state", _("Read and write the state of activities")
    PROFILE = "profile", _("Read and write profiles of activities and agents")
    DEFINE = "define", _("Say what activities are called")


class Credential(models.Model):
    """An outside system. Its secret is shown once, when it is made."""

    name = models.CharField(_("name"), max_length=120, help_text=_("The system that gets it, and who answers for it."))
    key = models.CharField(_("key"), max_length=32, unique=True, editable=False)
    secret_digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("may"), default=list)
    created_at = models.DateTimeField(_("made"), editable=False)
    created_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    spoken_version = models.CharField(
        max_length=5, default="2.0.0", editable=False, help_text=_("In which the store answers when none is named.")
    )

    class Meta:
        verbose_name = _("xAPI credential")
        verbose_name_plural = _("xAPI credentials")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class LearnerAlias(models.Model):
    """The account name under which statements speak of a person: it tells nothing, and goes when they are erased."""

    person = models.OneToOneField(
        "membership.Person", on_delete=models.PROTECT, primary_key=True, related_name="learner_alias"
    )
    name = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.name)


class Launch(models.Model):
    """One person's visit to one activity: what its token may write about, and until when."""

    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="launches")
    enrolment = models.ForeignKey("tracking.Enrolment", on_delete=models.SET_NULL, null=True, related_name="launches")
    step_key = models.UUIDField(null=True, help_text=_("Translation key of the step's page."))
    activity = models.TextField(help_text=_("The activity's IRI."))
    registration = models.UUIDField()
    token_digest = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("launch")
        verbose_name_plural = _("launches")
        indexes = [models.Index(fields=["registration"], name="launch_registration")]

    def __str__(self) -> str:
        return str(self.registration)


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


class Document(models.Model):
    class Kind(models.TextChoices):
        STATE = "state", _("State of an activity")
        ACTIVITY_PROFILE = "activity_profile", _("Profile of an activity")
        AGENT_PROFILE = "agent_profile", _("Profile of an agent")

    key = models.UUIDField(primary_key=True, help_text=_("Digest of all that names the document."))
    kind = models.CharField(max_length=16, choices=Kind.choices)
    scope = models.UUIDField(help_text=_("Digest of its activity and agent: what lists ask for."))
    agent = models.UUIDField(null=True, db_index=True, help_text=_("Digest of what identifies the agent."))
    activity = models.TextField(blank=True)
    registration = models.UUIDField(null=True)
    document_id = models.TextField()
    content = models.BinaryField()
    content_type = models.CharField(max_length=255)
    etag = models.CharField(max_length=40, help_text=_("SHA-1 of the content."))
    updated_at = models.DateTimeField()
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, null=True, related_name="xapi_documents")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["scope", "updated_at"], name="xapi_document_scope")]

    def __str__(self) -> str:
        return self.document_id
