"""Decisions, titles, and what verifies them."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.recognition.querysets import (
    DecisionLineQuerySet,
    DecisionQuerySet,
    TitleQuerySet,
)
from papers import models as printing


def private_files() -> Storage:
    return storages["private"]


class Way(models.TextChoices):
    """How it is known that the decision is signed."""

    FORMER = "former", _("former: issued before signed copies were asked for")
    PAPER = "paper", _("signed on paper; a second officer compared the scan")
    DIGITAL = "digital", _("signed digitally; the site verified the signatures")
    TEXT = "text", _("signed digitally as another file; the site compared its text, a second officer all the rest")
    EARLIER = "earlier", _("of an earlier year: entered from the register, without a dossier here")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued, awaiting signature")
    IN_EFFECT = "in_effect", _("In effect")
    WITHDRAWN = "withdrawn", pgettext_lazy("decision", "Withdrawn")


class Decision(models.Model):
    """Recognises the title for a list of people. Issuing fixes its number, day, signer, legal bases and its file, once;
    what makes titles is that it takes effect, when it is known to be signed. Until then it can be withdrawn.

    A unit has one open draft for a year at most: what is chosen later joins it.
    """

    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="decisions")
    issuer = models.CharField(_("body that decided"), max_length=220, blank=True, help_text=_("As it was called then."))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    # The register's year, beside the date so that the database keeps numbers apart within it.
    register_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    signer_name = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(_("position of the signer"), max_length=120, blank=True)
    bases = models.TextField(_("legal bases"), blank=True, help_text=_("One on each line, each with its date."))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    # As of when the names on its list stand: when it was issued, or, of older ones, when names began to be kept.
    names_as_of = models.DateTimeField(null=True, blank=True, editable=False)
    # The decision with its list as it was drawn when it was issued: what is signed. Former ones have none.
    paper = models.FileField(storage=private_files, upload_to="decisions/%Y", max_length=200, blank=True)
    paper_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    effective_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(_("how it was signed"), max_length=9, choices=Way.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number", "register_year"],
                condition=~Q(number="") & Q(withdrawn_at=None),
                name="decision_number_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(issued_at=None), name="decision_one_draft_a_year"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None)
                | (~Q(number="") & Q(signed_on__isnull=False) & Q(register_year__isnull=False)),
                name="decision_signed",
            ),
            models.CheckConstraint(
                condition=Q(effective_at=None, way="")
                | (Q(effective_at__isnull=False, issued_at__isnull=False, withdrawn_at=None) & ~Q(way="")),
                name="decision_effective_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, issued_at__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
                name="decision_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:decision", args=[self.pk])

    @property
    def state(self) -> State:
        if self.issued_at is None:
            return State.DRAFT
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        return State.ISSUED if self.effective_at is None else State.IN_EFFECT

    @property
    def body(self) -> str:
        """Who decided, by the name of then."""
        return self.issuer or self.unit.name

    @property
    def has_later_names(self) -> bool:
        """Whether its list was named from the records after it was issued, and may differ from its paper."""
        return self.names_as_of is not None and self.names_as_of != self.issued_at

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_awaiting(self) -> bool:
        return self.state == State.ISSUED

    @property
    def is_in_effect(self) -> bool:
        return self.state == State.IN_EFFECT

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN


class SignedCopy(models.Model):
    """What one officer handed in as the signed decision, and what a second said of it: it takes effect, or, with a
    ``refusal``, it does not and its file goes. A decision has one that was not refused at most."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="copies")
    way = models.CharField(max_length=9, choices=Way.choices)
    file = models.FileField(storage=private_files, upload_to="signed/%Y", max_length=200, blank=True)
    content_type = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    # Of a digital one, who signed by their certificates, as ``signatures.Signer`` has it, times in ISO format.
    signers = models.JSONField(default=list, blank=True)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(refusal=""), name="signed_copy_one_stands"),
            models.CheckConstraint(
                condition=Q(judged_at=None, judged_by=None, refusal="")
                | Q(judged_at__isnull=False, judged_by__isnull=False),
                name="signed_copy_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.sha256[:12]}"


class DecisionLine(models.Model):
    """A dossier that the decision is about. Issuing fixes what the list says: ``position``, ``name``, and as ``place``
    the unit's name; the records may change later. ``despite_double``: why it was issued while another record may be
    the same person's."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="decision_line")
    position = models.PositiveIntegerField(null=True, blank=True, editable=False)
    name = models.CharField(max_length=200, blank=True, editable=False)
    place = models.CharField(max_length=200, blank=True, editable=False)
    despite_double = models.TextField(_("why issued though perhaps on record twice"), blank=True)

    objects = DecisionLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position=None, name="", place="")
                | (Q(position__isnull=False) & ~Q(name="") & ~Q(place="")),
                name="decision_line_fixed_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.dossier_id}"

    @property
    def name_shown(self) -> str:
        """Of a draft, which fixes nothing, as on record now."""
        return self.name or self.dossier.person.full_name

    @property
    def place_shown(self) -> str:
        return self.place or self.dossier.unit.name


class Title(models.Model):
    """A person's title for a year, verifiable by its code; it counts in ``unit``, where the dossier belonged. ``name``
    and ``place`` are those of the decision, whatever the records say since. One of an earlier year, entered from the
    register, has neither dossier nor total.

    A person has one for a year: however many records they had, ``identity`` is the one into which these were merged.
    Once it is revoked, another can be given.

    The certificate number is "<place on the list>-<decision number>", such as "07-125/QĐ-UBND": the seventh
    certificate that decision 125/QĐ-UBND gives.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="titles")
    dossier = models.OneToOneField(
        "dossiers.Dossier", on_delete=models.PROTECT, null=True, blank=True, related_name="title"
    )
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="titles")
    identity = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="+", editable=False)
    name = models.CharField(max_length=200, editable=False)
    place = models.CharField(max_length=200, editable=False)
    year = models.PositiveSmallIntegerField()
    number = models.CharField(_("certificate number"), max_length=50)
    code = models.CharField(_("verification code"), max_length=14, unique=True)
    total = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(dossier=None, total=None) | Q(dossier__isnull=False, total__isnull=False),
                name="title_total_of_dossier",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(place=""), name="title_named"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_renamed(self) -> bool:
        """Whether the person is on record under another name by now."""
        return self.name != self.person.full_name


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
