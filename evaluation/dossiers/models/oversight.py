"""What comes after a decision: appeals to a body above, and inspection by sample."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.models.dossier import Dossier
from evaluation.dossiers.querysets.meetings import AppealQuerySet, SampleQuerySet


class Appeal(models.Model):
    """The person does not accept the refusal; a body above answers by a day."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("Granted: the dossier is reviewed again")
        DISMISSED = "dismissed", _("Dismissed: the decision stands")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="appeals")
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    reason = models.TextField(_("what you do not accept, and why"))
    filed_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    due_on = models.DateField(_("to be answered by"))
    outcome = models.CharField(_("answer"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("reasons"), blank=True)
    answered_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(null=True, blank=True, help_text=_("What the decision appealed against had frozen."))

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(outcome=""), name="appeal_one_open"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None, answered_by=None)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="appeal_answered_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.outcome or 'open'}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class InspectionSample(models.Model):
    """Dossiers drawn by lot, decided ones or those in review. Whoever has the seed and the list can draw them again and
    get the same ones."""

    class Stage(models.TextChoices):
        DECIDED = "decided", _("after the decision")
        IN_REVIEW = "in_review", _("before it: dossiers in review")

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    stage = models.CharField(_("point of sampling"), max_length=10, choices=Stage.choices, default=Stage.DECIDED)
    seed = models.CharField(_("seed"), max_length=64)
    percent = models.PositiveSmallIntegerField(_("percent"))
    population = models.PositiveIntegerField(_("drawn from"))
    drawn_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection sample")
        verbose_name_plural = _("inspection samples")
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "stage", "seed"], name="sample_seed_once"),
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="sample_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}: {self.seed}"


class InspectedDossier(models.Model):
    class Finding(models.TextChoices):
        CONFIRMED = "confirmed", _("The evidence bears out the scores")
        DOUBTFUL = "doubtful", _("The evidence does not bear out the scores")

    sample = models.ForeignKey(InspectionSample, on_delete=models.CASCADE, related_name="lines")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="inspections")
    position = models.PositiveIntegerField(_("place in the draw"))
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    inspected_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inspected_at = models.DateTimeField(null=True, blank=True)
    weighed = models.TextField(_("what the recognising body made of the doubt"), blank=True)
    weighed_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    weighed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "dossier"], name="inspected_once"),
            models.UniqueConstraint(fields=["sample", "position"], name="inspected_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}/{self.position}: {self.dossier_id}"
