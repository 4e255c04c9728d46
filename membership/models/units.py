"""The tree of units, in time."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from membership.querysets import UnitManager


class UnitKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District (until 30/6/2025)")
    COMMUNE = "commune", _("Commune")
    ASSOCIATION = "association", _("Association")
    CHAPTER = "chapter", _("Chapter")
    AGENCY = "agency", _("Agency")
    SCHOOL = "school", _("School")
    DEPARTMENT = "department", _("Department")
    MASS_BODY = "mass_body", _("Mass body")


# Which units come and go with the association's life, and where each may stand. The others follow the state's map.
_IN_A_PLACE = frozenset({UnitKind.PROVINCE, UnitKind.COMMUNE, UnitKind.ASSOCIATION})
_ORGANISED = frozenset({UnitKind.AGENCY, UnitKind.SCHOOL, UnitKind.MASS_BODY})
PARENTS_OF: dict[UnitKind, frozenset[UnitKind]] = {
    UnitKind.ASSOCIATION: frozenset({UnitKind.PROVINCE, UnitKind.COMMUNE}),
    UnitKind.CHAPTER: frozenset({UnitKind.ASSOCIATION}) | _ORGANISED,
    UnitKind.AGENCY: _IN_A_PLACE,
    UnitKind.SCHOOL: _IN_A_PLACE,
    UnitKind.MASS_BODY: _IN_A_PLACE,
    UnitKind.DEPARTMENT: _ORGANISED,
}


class Unit(MP_Node):
    """A place in the tree: province › commune › association › chapter; agencies, schools and mass bodies beside.

    A change of name or kind keeps the row, and so does moving within a commune (decision 0123); merging and splitting
    make new units with successions, so figures can be read as of then or by today's map. ``valid_to`` is the first day
    on which the unit is no more.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices)
    code = models.CharField(_("code"), max_length=32)
    name = models.CharField(_("name"), max_length=200)
    folded_name = models.CharField(max_length=200, editable=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    node_order_by: list[str] = []
    objects = UnitManager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_once_from"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="unit_period"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def paths_up(self) -> list[str]:
        """Its own path and those of all above it, the highest first: for rows that name a unit at or above this."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]

    def stands_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)


class FormerName(models.Model):
    """What a unit was called, and of which kind it was, until the day from which it was so no more."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    valid_to = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "valid_to"], name="former_name_once_until")]

    def __str__(self) -> str:
        return self.name


class UnitSuccession(models.Model):
    """The old unit lives on in the new one, whole or in part."""

    class Extent(models.TextChoices):
        WHOLE = "whole", _("whole")
        PART = "part", _("part")

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    extent = models.CharField(max_length=5, choices=Extent.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
