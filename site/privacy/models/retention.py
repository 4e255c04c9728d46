"""How long the province keeps what ends by a time that the law leaves open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from membership.models import User


class Retention(models.Model):
    """The days of one ``work.processing.Clearing``, once the province has set them; until then its own hold."""

    clearing = models.CharField(_("what is cleared"), max_length=40, unique=True)
    days = models.PositiveSmallIntegerField(_("days of keeping"))
    # Who had it cleared every night; other days take that back, for nobody has seen what they would clear.
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("days of keeping")
        verbose_name_plural = _("days of keeping")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="retention_confirmed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.clearing
