"""More time for a person."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.querysets.oversight import ExtraTimeQuerySet


class ExtraTime(models.Model):
    """More time for one person at every quiz with a limit: who reads slowly, sees badly, uses a screen reader."""

    person = models.OneToOneField("membership.Person", on_delete=models.CASCADE, related_name="extra_time")
    percent = models.PositiveSmallIntegerField(
        _("extra time (%)"), validators=[MinValueValidator(1), MaxValueValidator(300)]
    )
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    objects = ExtraTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")

    def __str__(self) -> str:
        return f"{self.percent} %"
