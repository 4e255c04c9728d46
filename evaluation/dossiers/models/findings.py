"""What an inspector asks of a unit after a doubtful finding, and what comes of it."""

from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.models.oversight import InspectedDossier
from evaluation.dossiers.querysets.findings import FollowUpQuerySet
from learning.evidence.models import private_storage


class FollowUp(models.Model):
    """One for a finding. Who asked, who answered and what was concluded are its entries, one for each state that it
    came to; which act leads from which state to which is data, in ``LEADS``."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the unit's answer")
        ANSWERED = "answered", _("Answered: waits for the inspector")
        ESCALATED = "escalated", _("Taken to the body above")
        CLOSED = "closed", _("Closed")

    class Act(models.TextChoices):
        ANSWER = "answer", _("Answer")
        CLOSE = "close", _("Close the finding")
        ESCALATE = "escalate", _("Take it to the body above")

    LEADS = {
        (State.ASKED, Act.ANSWER): State.ANSWERED,
        (State.ASKED, Act.ESCALATE): State.ESCALATED,
        (State.ANSWERED, Act.CLOSE): State.CLOSED,
        (State.ANSWERED, Act.ESCALATE): State.ESCALATED,
        (State.ESCALATED, Act.CLOSE): State.CLOSED,
    }
    line = models.OneToOneField(InspectedDossier, on_delete=models.PROTECT, related_name="follow_up")
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    due_on = models.DateField(_("to be answered by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding to follow up")
        verbose_name_plural = _("findings to follow up")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED

    def leads_to(self, act: str) -> str | None:
        """None where the act makes no sense now."""
        return self.LEADS.get((self.State(self.state), self.Act(act)))


class FollowUpEntry(models.Model):
    """What was asked, answered or concluded: it brought the follow-up to that state. Never changed."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="entries")
    state = models.CharField(_("state"), max_length=10, choices=FollowUp.State.choices)
    words = models.TextField(_("what was said"), blank=True)
    by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.state}"


class FollowUpFile(models.Model):
    """A paper that the unit hands in with its answer; no public address leads to it."""

    entry = models.ForeignKey(FollowUpEntry, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=150)
    file = models.FileField(storage=private_storage, upload_to="findings/%Y/%m", max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    is_scanned = models.BooleanField(default=False, help_text=_("A scanner looked at it and found nothing."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "sha256"], name="follow_up_file_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def file_name(self) -> str:
        return f"{PurePath(self.name).stem}{PurePath(self.file.name or '').suffix}"
