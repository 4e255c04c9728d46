"""Short codes by SMS for who forgot their password."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from membership.models.accounts import User


class PhoneCode(models.Model):
    """Sets one new password. What was sent is kept nowhere but in the sealed message: here is its keyed hash."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="phone_codes")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, help_text=_("Used, replaced by a newer one, or tried too often."))

    class Meta:
        verbose_name = _("code by SMS")
        verbose_name_plural = _("codes by SMS")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="phone_code_open_once"),
        ]

    def __str__(self) -> str:
        return f"phone code {self.pk}"
