"""What units and citizens propose, or find hard, and what becomes of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from movement.querysets.proposals import ProposalQuerySet
from movement.states import Moving


class Proposal(Moving, models.Model):
    """It waits at one office until that answers it. Who sent it, sent it on and answered it are its entries, one for
    each act; which act leads from which state to which is data, in ``LEADS``."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("A proposal")
        DIFFICULTY = "difficulty", _("A difficulty")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for an answer")
        JOINED = "joined", _("Joined to a like one")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Act(models.TextChoices):
        FILE = "file", _("Sent")
        ANSWER = "answer", _("Answer")
        SEND_ON = "send_on", _("Send on to the office above")
        JOIN = "join", _("Join to a like one")
        PART = "part", _("Take apart again")
        PUBLISH = "publish", _("Publish with its answer")
        HIDE = "hide", _("Publish no longer")
        WITHDRAW = "withdraw", _("Take back")

    LEADS: ClassVar = {
        (State.WAITING, Act.ANSWER): State.ANSWERED,
        (State.WAITING, Act.SEND_ON): State.WAITING,
        (State.WAITING, Act.JOIN): State.JOINED,
        (State.WAITING, Act.WITHDRAW): State.WITHDRAWN,
        (State.JOINED, Act.PART): State.WAITING,
        (State.ANSWERED, Act.PUBLISH): State.ANSWERED,
        (State.ANSWERED, Act.HIDE): State.ANSWERED,
    }

    token = models.UUIDField(unique=True, editable=False, help_text=_("Made with the form: sent twice is sent once."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(pgettext_lazy("proposal", "title"), max_length=150)
    text = models.TextField(_("text"), max_length=4000)
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(
        "membership.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="proposals",
        help_text=_("Who wrote it as a citizen; nobody where a unit sends it."),
    )  # fmt: skip
    office = models.ForeignKey(
        "membership.Unit",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("proposal", "waits at"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined")
    published_as = models.TextField(
        _("as it is published"), blank=True, help_text=_("Empty: not published. Names nobody.")
    )
    filed_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Nobody once they are erased."),
    )  # fmt: skip
    filed_at = models.DateTimeField(_("sent at"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["filed_at", "pk"]
        indexes = [models.Index(fields=["office", "state"], name="proposal_office_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="joined", joined_to__isnull=False)
                | (~models.Q(state="joined") & models.Q(joined_to=None)),
                name="proposal_joined_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def leads_to(self, act: str) -> str | None:
        """None where the act makes no sense now."""
        if (act == self.Act.PUBLISH and self.published_as) or (act == self.Act.HIDE and not self.published_as):
            return None
        return super().leads_to(act)


class ProposalEntry(models.Model):
    """Never changed. ``office`` is where it waits from then on."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="entries")
    act = models.CharField(_("act"), max_length=10, choices=Proposal.Act.choices)
    words = models.TextField(_("what was said"), blank=True)
    number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    dated = models.DateField(_("day of the letter"), null=True, blank=True)
    office = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.act}"
