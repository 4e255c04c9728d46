"""Who belongs where, as what, from–until."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from membership.models.people import Person
from membership.models.units import Unit
from membership.querysets import MembershipQuerySet


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    TRAINER = "trainer", _("Trainer")
    CHAPTER_OFFICER = "chapter_officer", _("Chapter officer")
    COMMUNE_OFFICER = "commune_officer", _("Commune association officer")
    RECOGNISER = "recogniser", _("Recogniser")
    PROVINCE_OFFICER = "province_officer", _("Province officer")
    AUDITOR = "auditor", _("Auditor")


class Membership(models.Model):
    """A person's role in a unit, from–until (until is the first day no more)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    is_self_declared = models.BooleanField(
        _("self-declared"),
        default=False,
        help_text=_("Said by the person when signing up, confirmed by no officer yet."),
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    declined_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When the chapter that they named had declined them.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [  # whom a day brings in and whom it takes out
            models.Index(fields=["valid_from"], name="membership_begun"),
            models.Index(fields=["valid_to"], condition=Q(valid_to__isnull=False), name="membership_ended"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"], condition=Q(valid_to=None), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="membership_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit_id}"
