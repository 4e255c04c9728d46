"""Families, clans, communities and units that learn together, and which share of them must hold the title."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluation.recognition.querysets import GroupingQuerySet, GroupingRuleQuerySet, MemberQuerySet


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
