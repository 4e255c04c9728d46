"""What scoring the whole province leaves: figures that follow from evidence and criteria, and can be made again.

They refer to people, units and sets without the database's own foreign keys: a million rows are written in one
statement, and a command makes them anew.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.models.fields import TenthsField
from evaluation.criteria.models.sets import CriteriaSet
from evaluation.criteria.querysets import PreviewLineQuerySet, ScoringRunQuerySet, SuggestedScoresQuerySet


def plain(to: Any, **given: Any) -> Any:
    """A reference that the database neither checks nor indexes."""
    given |= {"on_delete": models.DO_NOTHING, "db_constraint": False, "db_index": False, "related_name": "+"}
    return models.ForeignKey(to, **given)


class SuggestedScores(models.Model):
    """What one person's evidence of the year suggests, by the set of their group in the unit they belong to."""

    pk = models.CompositePrimaryKey("year", "person")
    year = models.PositiveSmallIntegerField(_("year"))
    person = plain("membership.Person")
    unit = plain("membership.Unit")
    criteria_set = plain(CriteriaSet)
    tenths = TenthsField()
    total_tenths = models.PositiveSmallIntegerField()

    objects = SuggestedScoresQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.person_id}/{self.year}: {self.total_tenths}"


class ScoringRun(models.Model):
    """How far a year's scoring has come in one range of people: it goes on from there after a stop."""

    year = models.PositiveSmallIntegerField(_("year"))
    day = models.DateField(_("unit and group as of"))
    part = models.PositiveSmallIntegerField()
    first = models.PositiveBigIntegerField(help_text="First person of the range.")
    last = models.PositiveBigIntegerField(help_text="Last person of the range.")
    reached = models.PositiveBigIntegerField(help_text="All people up to here are scored.")
    rows = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScoringRunQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "part"], name="scoring_part_once")]

    def __str__(self) -> str:
        return f"{self.year}/{self.part}: {self.reached}/{self.last}"


class Preview(models.Model):
    """What would change for whom if a draft were in force: the summary of one calculation."""

    criteria_set = models.OneToOneField(CriteriaSet, on_delete=models.CASCADE, related_name="preview")
    compared_with = models.ForeignKey(CriteriaSet, on_delete=models.SET_NULL, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64, help_text="Of the draft's rules as they were calculated.")
    year = models.PositiveSmallIntegerField(_("year"))
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)
    lowered = models.PositiveIntegerField(default=0)
    moved_between = models.PositiveIntegerField(default=0, help_text="Same total, other indicators.")
    sum_tenths = models.BigIntegerField(default=0, help_text="Of all differences.")

    def __str__(self) -> str:
        return f"{self.criteria_set_id}: +{self.raised} −{self.lowered}"

    @property
    def average(self) -> Decimal:
        """Of the differences, in points, over everyone whom the set is for."""
        return (Decimal(self.sum_tenths) / 10 / self.people).quantize(Decimal("0.01")) if self.people else Decimal(0)


class PreviewLine(models.Model):
    """One person whose figures would change."""

    preview = models.ForeignKey(Preview, on_delete=models.CASCADE, related_name="lines", db_index=False)
    person = plain("membership.Person")
    unit = plain("membership.Unit")
    before = TenthsField(null=True)
    after = TenthsField()
    difference_tenths = models.SmallIntegerField()

    objects = PreviewLineQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["preview", "difference_tenths", "id"], name="preview_line_order")]

    def __str__(self) -> str:
        return f"{self.preview_id}: {self.person_id}"

    @property
    def difference(self) -> Decimal:
        return Decimal(self.difference_tenths) / 10

    @property
    def total_before(self) -> Decimal:
        return self.total_after - self.difference

    @property
    def total_after(self) -> Decimal:
        return Decimal(sum(value or 0 for value in self.after)) / 10

    def moved(self, numbers: Sequence[int]) -> list[tuple[int, Decimal, Decimal]]:
        """Indicator number, points before and after, where they differ. ``numbers`` are those of the draft's set."""
        earlier = self.before or [None] * len(self.after)
        pairs = zip(numbers, earlier, self.after, strict=False)
        return [(number, _points(old), _points(new)) for number, old, new in pairs if _points(old) != _points(new)]


def _points(tenths: int | None) -> Decimal:
    return Decimal(tenths or 0) / 10
