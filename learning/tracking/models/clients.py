"""Who may speak to the learning record store: outside systems by credential, content by launch. Tokens are random and
kept as their SHA-256 alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
