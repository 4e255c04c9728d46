"""One dossier for a person and year: self, suggested and reviewed scores side by side, and what bodies did with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.models.chains import ReviewChain, ReviewStep
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from evaluation.dossiers.querysets.readiness import Obstacle
from membership.models import TargetGroup


class Dossier(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        IN_REVIEW = "in_review", _("In review")
        RETURNED = "returned", _("Returned to complete")
        RECOGNISED = "recognised", _("Recognised")
        NOT_RECOGNISED = "not_recognised", _("Not recognised")
        REVOKED = "revoked", _("Title revoked")
        SET_ASIDE = "set_aside", _("Set aside: another dossier of the year counts")

    UNDER_WAY = (State.DRAFT, State.IN_REVIEW, State.RETURNED)
    DECIDED = (State.RECOGNISED, State.NOT_RECOGNISED, State.REVOKED)

    class Confirmation(models.TextChoices):
        CODE = "code", _("by the code on the paper that the person signed")
        SECOND_OFFICER = "second_officer", _("by a second officer")

    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="dossiers")
    year = models.PositiveSmallIntegerField(_("year"))
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="dossiers")
    group = models.CharField(_("target group"), max_length=12, choices=TargetGroup.choices)
    criteria_set = models.ForeignKey("criteria.CriteriaSet", on_delete=models.PROTECT, related_name="dossiers")
    chain = models.ForeignKey(ReviewChain, on_delete=models.PROTECT, related_name="dossiers")
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.DRAFT)
    current_step = models.ForeignKey(
        ReviewStep, on_delete=models.PROTECT, null=True, blank=True, related_name="waiting_dossiers"
    )
    current_unit = models.ForeignKey(
        "membership.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The unit of the body it waits at, resolved when it came there."),
    )
    is_assisted = models.BooleanField(_("entered by an officer"), default=False)
    assisted_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Who last.")
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_how = models.CharField(max_length=16, choices=Confirmation.choices, blank=True)
    fingerprint = models.CharField(
        max_length=32, blank=True, editable=False, help_text=_("Of own scores and notes: identical dossiers share it.")
    )
    stale_since = models.DateTimeField(
        null=True, blank=True, help_text=_("When evidence came that a body which signed off had not seen.")
    )
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a body last looked at evidence that had come after a sign-off.")
    )
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    identity_level = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("Of who handed it in by themselves, by a sign-on's word."),
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(null=True, blank=True, help_text=_("What the decision froze."))

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"], condition=~Q(state__in=["set_aside", "revoked"]), name="dossier_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state="in_review", current_step__isnull=False, current_unit__isnull=False)
                | (~Q(state="in_review") & Q(current_step=None, current_unit=None)),
                name="dossier_step_in_review",
            ),
        ]
        indexes = [
            models.Index(fields=["current_unit", "current_step"], name="dossier_queue"),
            models.Index(fields=["year", "unit", "state"], name="dossier_year_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.year}"

    @property
    def is_writable(self) -> bool:
        """Whether the person may still change their own scores."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    @property
    def told_obstacle(self) -> str:
        """Of a row read ``with_obstacle``: what stands against it, in short; empty where it is ready."""
        found: str = getattr(self, "obstacle", "")
        return str(Obstacle(found).label) if found else ""

    @property
    def is_decided(self) -> bool:
        return self.state in self.DECIDED


class IndicatorScore(models.Model):
    """Three figures side by side: none ever overwrites another."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="scores")
    indicator = models.ForeignKey("criteria.Indicator", on_delete=models.PROTECT, related_name="+")
    self_points = models.DecimalField(_("own score"), max_digits=4, decimal_places=1, null=True, blank=True)
    self_note = models.TextField(_("note"), blank=True)
    self_saved_at = models.DateTimeField(null=True, blank=True)
    suggested_points = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    suggested_trace = models.JSONField(default=list)
    reviewed_points = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    evidence = models.ManyToManyField("evidence.Evidence", related_name="+", blank=True)

    class Meta:
        ordering = ["indicator__number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "indicator"], name="indicator_score_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.indicator_id}"


class Review(models.Model):
    """What one body did with a dossier."""

    class Outcome(models.TextChoices):
        FORWARDED = "forwarded", _("Forwarded")
        RETURNED = "returned", _("Returned")
        RECOGNISED = "recognised", _("Recognised")
        NOT_RECOGNISED = "not_recognised", _("Not recognised")
        NOT_PROPOSED = "not_proposed", _("Not proposed")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reviews")
    step = models.ForeignKey(ReviewStep, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    meeting = models.ForeignKey(
        "dossiers.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    seconds = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("From opening the page to deciding, shared among those decided together.")
    )
    figures = models.JSONField(
        default=dict, help_text=_("Own and reviewed scores at that moment, as text, by indicator number.")
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.outcome}"


class ScoreChange(models.Model):
    """A reviewer's figure where it differs from what stood before (the citizen's own, or an earlier body's), or one
    that was taken back."""

    score = models.ForeignKey(IndicatorScore, on_delete=models.PROTECT, related_name="changes")
    step = models.ForeignKey(ReviewStep, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    before = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    after = models.DecimalField(max_digits=4, decimal_places=1, null=True, help_text=_("Empty: taken back."))
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.score_id}: {self.before} → {self.after}"
