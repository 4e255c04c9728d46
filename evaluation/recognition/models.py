"""Decisions, titles, and what verifies them."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluation.recognition.querysets import (
    DecisionLineQuerySet,
    DecisionQuerySet,
    GroupingQuerySet,
    GroupingRuleQuerySet,
    MemberQuerySet,
    TitleQuerySet,
)
from papers import models as printing


class Decision(models.Model):
    """Recognises the title for a list of people; number and date come with the signature.

    A unit has one open draft for a year at most: what is chosen later joins it.
    """

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    # The register's year, beside the date so that the database keeps numbers apart within it.
    register_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    signer_name = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(_("position of the signer"), max_length=120, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number", "register_year"], condition=~Q(number=""), name="decision_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(issued_at=None), name="decision_one_draft_a_year"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None)
                | (~Q(number="") & Q(signed_on__isnull=False) & Q(register_year__isnull=False)),
                name="decision_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:decision", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.issued_at is None


class DecisionLine(models.Model):
    """A dossier that the decision is about; ``despite_double``: why it was issued while another record may be the same
    person's."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="decision_line")
    despite_double = models.TextField(_("why issued though perhaps on record twice"), blank=True)

    objects = DecisionLineQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.dossier_id}"


class Title(models.Model):
    """A person's title for a year, verifiable by its code. A person has one for a year: however many records they had,
    ``identity`` is the one into which these were merged. Once it is revoked, another can be given.

    The certificate number is "<place on the list>-<decision number>", such as "07-125/QĐ-UBND": the seventh
    certificate that decision 125/QĐ-UBND gives.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="titles")
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="title")
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="titles")
    identity = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField()
    number = models.CharField(_("certificate number"), max_length=50)
    code = models.CharField(_("verification code"), max_length=14, unique=True)
    total = models.DecimalField(max_digits=5, decimal_places=1)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.TextField(blank=True)
    revoked_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TitleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Learning Citizen title")
        verbose_name_plural = _("Learning Citizen titles")
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "year"], condition=Q(revoked_at=None), name="title_once_a_year"
            ),
            models.UniqueConstraint(fields=["decision", "number"], name="title_number_once"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
                name="title_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


def private_files() -> Storage:
    return storages["private"]


class PrintRun(printing.PrintRun):
    """All certificates of a decision in one file."""

    about = "decision"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="print_runs")
    file = models.FileField(upload_to="certificates", storage=private_files, blank=True)

    objects = printing.PrintRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(state__in=printing.AT_WORK), name="print_run_one_at_work"
            )
        ]


class Grouping(models.Model):
    """A family, a clan, a community, or a unit whose members learn together. Of a unit, all members of the place and
    what is beneath it belong; of the others, those who are listed."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Learning family")
        CLAN = "clan", _("Learning clan")
        COMMUNITY = "community", _("Learning community")
        UNIT = "unit", _("Learning unit")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=160)
    place = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="groupings")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = GroupingQuerySet.as_manager()

    class Meta:
        verbose_name = _("group that learns")
        verbose_name_plural = _("groups that learn")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "name"], condition=Q(valid_to=None), name="grouping_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="grouping_period"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("recognition:grouping", args=[self.pk])

    @property
    def takes_whole_place(self) -> bool:
        return self.kind == self.Kind.UNIT


class GroupingMember(models.Model):
    """Somebody of a listed group, from–until (until is the first day no more)."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="groupings")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "person"], condition=Q(valid_to=None), name="grouping_member_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="grouping_member_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grouping_id}: {self.person_id}"


class GroupingRule(models.Model):
    """Which share of its members must hold the title: dated, with where it is written. Data, never code."""

    kind = models.CharField(_("kind"), max_length=9, choices=Grouping.Kind.choices)
    percent = models.DecimalField(
        _("least share of members with the title, in percent"), max_digits=5, decimal_places=2
    )
    source = models.CharField(_("where it is written"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = GroupingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(valid_to=None), name="grouping_rule_one_open"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="grouping_rule_period"
            ),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="grouping_rule_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.percent}"
