"""Criteria sets, competencies and indicators: versioned data, never code."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.criteria.ladder import unknown_score
from evaluation.criteria.querysets import CriteriaSetQuerySet
from learning.evidence.kinds import choices
from learning.evidence.models import Verification
from membership.models import TargetGroup


class CriteriaSet(models.Model):
    """One version of the criteria for one target group. Numbers that could change stand here.

    A draft can be edited; what is in force can only be superseded, and then has a last day (``valid_to`` is the
    first day on which it holds no more).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in_force", _("In force")
        RETIRED = "retired", _("Superseded")

    class Level(models.TextChoices):
        FRAME = "frame", _("Frame")
        NATIONAL = "national", _("National set")
        LOCAL = "local", _("Local set")

    name = models.CharField(_("name"), max_length=200)
    version = models.CharField(_("version"), max_length=20)
    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.CharField(
        _("target group"),
        max_length=12,
        choices=TargetGroup.choices,
        blank=True,
        help_text=_("Empty: a frame for all groups, from which their sets descend; nobody is judged by it."),
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("based on")
    )
    unit = models.ForeignKey(
        "membership.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
        help_text=_("Empty: the whole country."),
    )
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT)
    is_sample = models.BooleanField(_("sample"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    threshold = models.DecimalField(_("threshold"), max_digits=5, decimal_places=1, default=Decimal(80))
    floor = models.DecimalField(_("floor"), max_digits=4, decimal_places=1, default=Decimal(5))
    step = models.DecimalField(pgettext_lazy("points", "step"), max_digits=3, decimal_places=1, default=Decimal("0.5"))

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        ordering = ["group", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version", "group"], name="criteria_version_once"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(status="in_force", unit=None), name="criteria_national_in_force_once"
            ),
            models.UniqueConstraint(
                fields=["group", "unit"], condition=Q(status="in_force"), name="criteria_unit_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="criteria_period"
            ),
            models.CheckConstraint(
                condition=~Q(status="retired") | Q(valid_to__isnull=False), name="criteria_retired_has_end"
            ),
            models.CheckConstraint(condition=Q(step__gt=0), name="criteria_step_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_frame(self) -> bool:
        return not self.group

    @property
    def level(self) -> Level:
        if self.is_frame:
            return self.Level.FRAME
        return self.Level.LOCAL if self.unit_id else self.Level.NATIONAL


class Competency(models.Model):
    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.CASCADE, related_name="competencies", verbose_name=_("criteria set")
    )
    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["criteria_set", "number"], name="competency_number_once")]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    class Support(models.TextChoices):
        YES = "yes", _("Learning evidence supports it")
        PARTLY = "partly", _("Learning evidence supports it in part")
        NO = "no", _("Learning evidence cannot support it")

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("criteria set")
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("competency")
    )
    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=250)
    explanation = models.TextField(_("in plain words"), blank=True)
    examples = models.TextField(_("examples"), blank=True, help_text=_("One on each line."))
    topics = models.TextField(
        _("topics that teach it"),
        blank=True,
        help_text=_(
            "Short names of topics, one on each line. What trainers tag with them counts as serving this indicator, "
            "also where no rule gives points for it."
        ),
    )
    maximum = models.DecimalField(_("maximum"), max_digits=4, decimal_places=1, default=Decimal(10))
    evidence_cap = models.DecimalField(
        _("most that evidence suggests"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Empty: up to the maximum."),
    )
    support = models.CharField(_("support"), max_length=6, choices=Support.choices, default=Support.YES)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["criteria_set", "number"], name="indicator_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def example_lines(self) -> list[str]:
        return [line for line in self.examples.splitlines() if line.strip()]

    @property
    def topic_slugs(self) -> list[str]:
        return self.topics.split()


class Anchor(models.Model):
    """What a score of so many points looks like in the life of the set's group, for those who score themselves."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="anchors", verbose_name=_("indicator")
    )
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=1)
    text = models.TextField(_("what it looks like"), help_text=_("One or two sentences, with an example."))

    class Meta:
        verbose_name = _("anchor of a score")
        verbose_name_plural = _("anchors of scores")
        ordering = ["indicator__number", "points"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "points"], name="anchor_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="anchor_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.points}"

    def clean(self) -> None:
        if self.indicator_id and self.points is not None:
            indicator = self.indicator
            if text := unknown_score(self.points, indicator.maximum, indicator.criteria_set.step):
                raise ValidationError({"points": text})


class EvidenceRule(models.Model):
    """Which evidence suggests how many points on which indicator. Topics and pages are plain values:
    judging imports no teaching."""

    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="rules", verbose_name=_("indicator")
    )
    kind = models.CharField(_("kind of evidence"), max_length=24, choices=choices)
    topic = models.CharField(_("topic"), max_length=60, blank=True, help_text=_("Empty: any topic."))
    topic_name = models.CharField(
        _("topic in words"), max_length=120, blank=True, help_text=_("How people read the topic.")
    )
    page_key = models.UUIDField(_("page"), null=True, blank=True, help_text=_("Empty: any page."))
    issuer = models.CharField(
        _("issuer"), max_length=200, blank=True, help_text=_("Exactly as on the certificate. Empty: any issuer.")
    )
    date_from = models.DateField(_("happened from"), null=True, blank=True)
    date_to = models.DateField(_("happened until"), null=True, blank=True, help_text=_("This day included."))
    within_days = models.PositiveSmallIntegerField(
        _("at most this many days before the end of the year"), null=True, blank=True
    )
    least_score = models.DecimalField(
        _("least score"), max_digits=5, decimal_places=4, null=True, blank=True, help_text=_("From 0 to 1.")
    )
    least_verification = models.CharField(
        _("least verification"), max_length=16, choices=Verification.choices, default=Verification.NONE
    )
    points = models.DecimalField(_("points for each"), max_digits=4, decimal_places=1)
    cap = models.DecimalField(_("capped at"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("evidence rule")
        verbose_name_plural = _("evidence rules")
        ordering = ["indicator__number", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0, cap__gte=F("points")), name="rule_points_within_cap"),
            models.CheckConstraint(
                condition=Q(date_from=None) | Q(date_to=None) | Q(date_to__gte=F("date_from")), name="rule_window"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.get_kind_display()} +{self.points}"


class KindCap(models.Model):
    """The most that all rules of one kind together give on one indicator."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="kind_caps", verbose_name=_("indicator")
    )
    kind = models.CharField(_("kind of evidence"), max_length=24, choices=choices)
    cap = models.DecimalField(_("capped at"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("cap for a kind of evidence")
        verbose_name_plural = _("caps for kinds of evidence")
        ordering = ["indicator__number", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "kind"], name="kind_cap_once"),
            models.CheckConstraint(condition=Q(cap__gte=0), name="kind_cap_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.get_kind_display()} ≤ {self.cap}"
