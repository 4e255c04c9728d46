"""Whom records are about, and to which target group they belong."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from membership.querysets import PersonQuerySet

LONGEST_NAME = 120


class TargetGroup(models.TextChoices):
    """The four groups that the national criteria sets tell apart (QĐ 324/QĐ-KHVN)."""

    RESIDENTS = "residents", _("Residents of the commune")
    WORKERS = "workers", _("Workers")
    OFFICIALS = "officials", _("Officials, employees, business people")
    STUDENTS = "students", _("Pupils and students")


class Person(models.Model):
    """Whom records are about; may have no account. No ethnicity, religion or ID image.

    The birth year suffices. Where the day is known it tells two of one name and year apart, and says on which day
    somebody comes of age; nothing else is done with it.
    """

    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("Read aloud at a desk or on a form."))
    full_name = models.CharField(_("full name"), max_length=LONGEST_NAME)
    folded_name = models.CharField(max_length=LONGEST_NAME, editable=False, db_index=True)
    sort_key = models.CharField(max_length=800, editable=False)
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True, blank=True)
    birth_day = models.DateField(_("birth day"), null=True, blank=True)
    citizen_id_hash = models.CharField(max_length=64, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged_people"
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Follows from the consents and the restriction (``actions.settle_withdrawal``), so that every door hears it without
    # asking for them.
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("Since when nothing more may be written about them.")
    )
    restricted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("Since when it is not used: no list, nothing new written.")
    )
    objected_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("Since when no automatic suggestion is drawn.")
    )
    created_at = models.DateTimeField(editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_id_hash"],
                condition=~Q(citizen_id_hash="") & Q(merged_into=None),
                name="person_citizen_id_once",
            ),
            models.CheckConstraint(
                condition=Q(birth_day=None) | Q(birth_day__year=F("birth_year")),
                name="person_birth_day_in_year",
                violation_error_message=_("The birth day lies in another year than the birth year."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def identity_id(self) -> int:
        """Whose this record is: the one into which it was merged, else itself."""
        return self.merged_into_id or self.pk


class TargetGroupPeriod(models.Model):
    """Which target group a person belonged to, from when until when (until is the first day no more)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="target_groups")
    group = models.CharField(_("target group"), max_length=12, choices=TargetGroup.choices)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(valid_to=None), name="target_group_one_open"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="target_group_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} {self.valid_from}"
