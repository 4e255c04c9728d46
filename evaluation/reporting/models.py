"""Targets of the plan, what they are counted against, the counts that are kept for speed, and frozen reports."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.models import plain
from evaluation.reporting.definitions import measures
from evaluation.reporting.querysets import (
    ChangeQuerySet,
    DenominatorQuerySet,
    FrozenReportQuerySet,
    TargetQuerySet,
    UnitFiguresQuerySet,
)


class Target(models.Model):
    """One of the plan's targets, with the share to reach by the end of a year."""

    measure = models.CharField(_("measure"), max_length=20, choices=measures)
    until = models.PositiveSmallIntegerField(_("until the end of"))
    percent = models.PositiveSmallIntegerField(_("percent"))
    topic = models.SlugField(
        _("topic"), max_length=60, blank=True, help_text=_("The topic whose courses and certificates count.")
    )
    source = models.CharField(_("source"), max_length=200)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "until"], name="target_once"),
            models.CheckConstraint(condition=models.Q(percent__gt=0, percent__lte=100), name="target_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.until}"


class Denominator(models.Model):
    """A figure that only the unit can know, such as its adults in learning families; missing is not zero."""

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="denominators")
    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(_("measure"), max_length=20, choices=measures)
    value = models.PositiveIntegerField(_("number of people"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    objects = DenominatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("denominator")
        verbose_name_plural = _("denominators")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "measure"], name="denominator_once"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="denominator_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}: {self.measure}"


class CountedYear(models.Model):
    """A year whose figures are kept: up to which day, and by which topics and sets, they were counted."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    day = models.DateField(_("counted up to"))
    criteria_topic = models.CharField(max_length=60, blank=True)
    digital_topic = models.CharField(max_length=60, blank=True)
    criteria_starts = models.TextField(blank=True, help_text=_("When each set in force began, as text."))

    def __str__(self) -> str:
        return f"{self.year}: {self.day}"


class PersonFigures(models.Model):
    """What one person adds to a year's figures, and in which units: what is taken back when it changes."""

    pk = models.CompositePrimaryKey("year", "person")
    year = models.PositiveSmallIntegerField(_("year"))
    person = plain("membership.Person")
    member_unit = plain("membership.Unit", null=True)
    has_studied = models.BooleanField(default=False)
    is_grouped = models.BooleanField(default=False)
    is_unit_staff = models.BooleanField(default=False)
    has_title = models.BooleanField(default=False)
    title_unit = plain("membership.Unit", null=True)
    is_skilled = models.BooleanField(default=False)
    is_self_updated = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.person_id}/{self.year}"


class UnitFigures(models.Model):
    """The sums over the people of one unit itself, without those beneath it."""

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    members = models.PositiveIntegerField(default=0)
    studied = models.PositiveIntegerField(default=0)
    grouped = models.PositiveIntegerField(default=0)
    grouped_titled = models.PositiveIntegerField(default=0)
    unit_staff = models.PositiveIntegerField(default=0)
    unit_staff_titled = models.PositiveIntegerField(default=0)
    titled = models.PositiveIntegerField(default=0)
    skilled = models.PositiveIntegerField(default=0)
    self_updated = models.PositiveIntegerField(default=0)
    skilled_self_updated = models.PositiveIntegerField(default=0)

    objects = UnitFiguresQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="unit_figures_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}"


class Change(models.Model):
    """Something of a person changed that figures may rest on. The database's triggers write these (see
    ``triggers.py``), whoever changes a row; a count that follows takes them away."""

    person_id = models.BigIntegerField()

    objects = ChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id}"


class FrozenReport(models.Model):
    """One numbered version of a unit's report for the year. The database refuses to change or delete it:
    a correction is the next version. ``content`` says all its figures and seals; the digest is of its bytes."""

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="frozen_reports")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    day = models.DateField(_("counted up to"))
    paper_number = models.CharField(_("number and symbol"), max_length=40, blank=True)
    reason = models.CharField(_("why a new version"), max_length=300, blank=True)
    content = models.TextField(_("figures"))
    sha256 = models.CharField(_("SHA-256 of the figures"), max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    objects = FrozenReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report version")
        verbose_name_plural = _("report versions")
        constraints = [models.UniqueConstraint(fields=["unit", "year", "number"], name="frozen_report_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}/{self.number}"

    @property
    def leaves_out_later(self) -> bool:
        """Whether its day was past when it was frozen: titles signed after that day are not counted then."""
        return self.day < min(timezone.localdate(self.frozen_at), datetime.date(self.year, 12, 31))


class FrozenPaper(models.Model):
    """A paper of a version as it was drawn when it was frozen; it goes out byte for byte."""

    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=20)
    kind = models.CharField(max_length=4)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "name", "kind"], name="frozen_paper_once")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.name}.{self.kind}"


class ReportSending(models.Model):
    """To whom a version was sent, when, how and by whom."""

    class Way(models.TextChoices):
        MAIL = "mail", _("By e-mail, from this site")
        DOCUMENTS = "documents", _("Through the document system")
        HAND = "hand", _("On paper, by hand or by post")

    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="sendings")
    recipient = models.CharField(_("to whom"), max_length=200)
    way = models.CharField(_("how"), max_length=10, choices=Way.choices)
    address = models.EmailField(_("e-mail address"), blank=True)
    sent_on = models.DateField(_("sent on"))
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.sent_on}"
