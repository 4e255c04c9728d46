"""What content and outside systems keep beside statements: state, activity profiles, agent profiles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
