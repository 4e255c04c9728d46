"""Which evidence counts how much: rules, and caps over all rules of one kind."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.models.sets import Indicator
from learning.evidence.kinds import choices
from learning.evidence.models import Verification


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
