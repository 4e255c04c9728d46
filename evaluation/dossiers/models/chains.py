"""Which bodies review, in which order, until when; who stands in for them. Configuration with dates, not code."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.querysets.dossiers import ReviewChainQuerySet
from evaluation.dossiers.querysets.meetings import StandInQuerySet
from membership.models import Role, TargetGroup, UnitKind


class ReviewChain(models.Model):
    """Which bodies review, in which order, for which group, from when: configuration, not code."""

    name = models.CharField(_("name"), max_length=200)
    group = models.CharField(_("target group"), max_length=12, choices=TargetGroup.choices)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    preference = models.PositiveSmallIntegerField(
        _("preference"), default=1, help_text=_("Of a group's chains, the first whose bodies all exist is taken.")
    )

    appeal_kind = models.CharField(
        _("where appeals go"), max_length=12, choices=UnitKind.choices, default=UnitKind.PROVINCE
    )
    appeal_days = models.PositiveSmallIntegerField(
        _("days to appeal"), default=30, help_text=_("Counted from the decision.")
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer an appeal"), default=30, help_text=_("Counted from the appeal.")
    )

    objects = ReviewChainQuerySet.as_manager()

    class Meta:
        verbose_name = _("review chain")
        verbose_name_plural = _("review chains")
        ordering = ["group", "preference", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "group", "valid_from"], name="chain_once"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="chain_period"),
        ]

    def __str__(self) -> str:
        return self.name


class ReviewStep(models.Model):
    """One body of a chain: who acts (role), in the nearest unit of that kind at or above the person's unit; how many
    must meet, and what its vote needs."""

    class Tie(models.TextChoices):
        LOST = "lost", _("it is not agreed to")
        CHAIR = "chair", _("the chair's vote decides")
        CARRIED = "carried", _("it is agreed to")

    chain = models.ForeignKey(ReviewChain, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(pgettext_lazy("review", "body"), max_length=200)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    unit_kind = models.CharField(_("unit"), max_length=12, choices=UnitKind.choices)
    recognises = models.BooleanField(_("recognises the title"), default=False)
    quorum = models.PositiveSmallIntegerField(
        _("quorum"), default=0, help_text=_("How many must be present at its meeting; 0: it decides without one.")
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum, in percent of those invited"), default=0, help_text=_("Two thirds: 66. 0: the number alone counts.")
    )
    majority_percent = models.PositiveSmallIntegerField(
        _("majority: more than, in percent"),
        null=True,
        blank=True,
        default=50,
        help_text=_(
            "Of those present who may judge the dossier, more than this share must agree: 50 is more than half. Empty: "
            "votes are noted in the minutes and decide nothing."
        ),
    )
    majority_votes = models.PositiveSmallIntegerField(
        _("majority: at least so many votes"), default=0, help_text=_("0: the share alone counts.")
    )
    tie = models.CharField(_("where votes are equal"), max_length=8, choices=Tie.choices, default=Tie.LOST)
    due_month = models.PositiveSmallIntegerField(_("done by: month"), null=True, blank=True)
    due_day = models.PositiveSmallIntegerField(_("done by: day"), null=True, blank=True)
    reason_over = models.DecimalField(
        _("a reason is needed beyond"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Points by which the reviewed score may differ from the suggested one without a reason."),
    )

    by_link = models.BooleanField(
        _("may answer by link"),
        default=False,
        help_text=_(
            "Its officer may send a frozen list to a board without accounts, with a link and a code, and takes over "
            "what comes back. Never the body that recognises."
        ),
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recognises=True, by_link=True), name="review_step_link_never_recognises"
            ),
            models.UniqueConstraint(fields=["chain", "order"], name="review_step_order_once"),
            models.CheckConstraint(
                condition=Q(due_month=None, due_day=None)
                | Q(due_month__range=(1, 12), due_day__range=(1, 28))
                | Q(due_month__in=(1, 3, 5, 7, 8, 10, 12), due_day__range=(29, 31))
                | Q(due_month__in=(4, 6, 9, 11), due_day__range=(29, 30)),
                name="review_step_due_day",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100) & (Q(majority_percent=None) | Q(majority_percent__lt=100)),
                name="review_step_shares",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def meets(self) -> bool:
        """Whether nothing leaves it without a meeting."""
        return bool(self.quorum or self.quorum_percent)

    @property
    def decides_by_vote(self) -> bool:
        """Whether the vote of a meeting that it holds decides, or is noted only."""
        return self.majority_percent is not None or self.majority_votes > 0

    @property
    def needed_told(self) -> str:
        """How many must come to the body's meeting, in a sentence; empty where nobody has to."""
        parts = []
        if self.quorum:
            text = gettext("This body decides with at least %(number)s people present who may judge the dossier.")
            parts.append(text % {"number": self.quorum})
        if self.quorum_percent:
            share = {"percent": self.quorum_percent}
            parts.append(gettext("At least %(percent)s %% of those invited must come.") % share)
        return " ".join(parts)

    @property
    def majority_told(self) -> str:
        """What the chain asks of the body's vote, in a sentence."""
        if not self.decides_by_vote:
            return gettext("Votes are noted and decide nothing.")
        parts = []
        if self.majority_percent is not None:
            share = {"percent": self.majority_percent}
            parts.append(gettext("More than %(percent)s %% of those present who may judge must agree.") % share)
        if self.majority_votes:
            parts.append(gettext("At least %(number)s votes for are needed.") % {"number": self.majority_votes})
        parts.append(gettext("Where votes are equal, %(what)s.") % {"what": self.get_tie_display()})
        return " ".join(parts)

    def due_on(self, year: int) -> datetime.date | None:
        """The body's last day in the year that the dossier is about; it may act later, and the page says so."""
        return datetime.date(year, self.due_month, self.due_day) if self.due_month and self.due_day else None


class Deadline(models.Model):
    """The last day on which a unit's people hand in a year's dossier; the nearest unit at or above theirs counts."""

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    last_day = models.DateField(_("last day"))
    set_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="deadline_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}: {self.last_day}"


class StandIn(models.Model):
    """Somebody appointed for a time to a body that cannot act otherwise; the dated role is what opens its doors."""

    membership = models.OneToOneField("membership.Membership", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    appointed_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["-appointed_at"]

    def __str__(self) -> str:
        return f"{self.membership_id}"
