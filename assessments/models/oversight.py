"""What stands beside attempts: corrected keys, results as they were, and what looks odd."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.attempt import Attempt
from assessments.models.bank import QuestionVersion
from assessments.querysets.attempts import SignalQuerySet


class KeyCorrection(models.Model):
    """Answers to ``version`` are marked by the key of ``corrected``, which asks the same with another key."""

    version = models.OneToOneField(QuestionVersion, on_delete=models.PROTECT, related_name="correction")
    corrected = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("corrected key")
        verbose_name_plural = _("corrected keys")

    def __str__(self) -> str:
        return f"{self.version_id} → {self.corrected_id}"


class EarlierResult(models.Model):
    """A result as it was before it was marked anew. ``marks``: the points by the question's place."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="earlier_results")
    number = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    is_passed = models.BooleanField(null=True)
    marks = models.JSONField()
    replaced_at = models.DateTimeField()
    reason = models.CharField(max_length=300, help_text=_("Why there is a newer one."))

    class Meta:
        verbose_name = _("earlier result")
        verbose_name_plural = _("earlier results")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="earlier_result_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.number}"


class Signal(models.Model):
    """Something about an attempt that a person should look at. It changes no mark and stops nobody."""

    class Kind(models.TextChoices):
        TOO_FAST = "too_fast", _("Answered faster than one can read")
        SAME_DEVICE = "same_device", _("Several people on one device within minutes")
        SAME_ANSWERS = "same_answers", _("The same wrong answers as somebody else's")
        LATE = "late", _("Answers arrived after the time")
        READS_KEYS = "reads_keys", _("Taken by somebody who may read the keys")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(_("signal"), max_length=12, choices=Kind.choices)
    details = models.JSONField(default=dict)
    noticed_at = models.DateTimeField(_("noticed"))
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(pgettext_lazy("signal", "note"), max_length=300, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        constraints = [models.UniqueConstraint(fields=["attempt", "kind"], name="signal_once")]

    def __str__(self) -> str:
        return self.get_kind_display()
