"""Decisions, titles, and what verifies them."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluation.recognition.querysets import DecisionLineQuerySet, DecisionQuerySet, PrintRunQuerySet, TitleQuerySet


class Decision(models.Model):
    """Recognises the title for a list of people; number and date come with the signature.

    A unit has one open draft for a year at most: what is chosen later joins it.
    """

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signer_name = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(_("position of the signer"), max_length=120, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number", "signed_on"], condition=~Q(number=""), name="decision_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(issued_at=None), name="decision_one_draft_a_year"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | (~Q(number="") & Q(signed_on__isnull=False)), name="decision_signed"
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:decision", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.issued_at is None


class DecisionLine(models.Model):
    """A dossier that the decision is about."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="decision_line")

    objects = DecisionLineQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.dossier_id}"


class Title(models.Model):
    """A person's title for a year, verifiable by its code.

    The certificate number is "<place on the list>-<decision number>", such as "07-125/QĐ-UBND": the seventh
    certificate that decision 125/QĐ-UBND gives.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="titles")
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="title")
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="titles")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(_("certificate number"), max_length=50)
    code = models.CharField(_("verification code"), max_length=14, unique=True)
    total = models.DecimalField(max_digits=5, decimal_places=1)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.TextField(blank=True)
    revoked_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TitleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Learning Citizen title")
        verbose_name_plural = _("Learning Citizen titles")
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="title_once_a_year"),
            models.UniqueConstraint(fields=["decision", "number"], name="title_number_once"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
                name="title_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


def private_files() -> Storage:
    return storages["private"]


class PrintRun(models.Model):
    """All certificates of a decision in one file, drawn by a worker. The file is kept for some days only: it can be
    drawn again at any time."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        PREPARING = "preparing", _("Preparing the certificates")
        DRAWING = "drawing", _("Drawing the pages")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="print_runs")
    asked_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="certificates", storage=private_files, blank=True)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(state__in=["waiting", "preparing", "drawing"]),
                name="print_run_one_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.state}"

    @property
    def is_at_work(self) -> bool:
        return self.state in {self.State.WAITING, self.State.PREPARING, self.State.DRAWING}
