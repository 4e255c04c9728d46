"""The ledger: one immutable row per fact about a person, with its provenance. The waist of the product."""

import uuid_utils.compat as uuid7
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.evidence.kinds import KINDS, stored_choices
from learning.evidence.querysets import EvidenceFileQuerySet, EvidenceQuerySet


class Source(models.TextChoices):
    SELF = "self", _("the person")
    OFFICER = "officer", _("an officer")
    SYSTEM = "system", _("this site")
    PACKAGE = "package", _("an interactive package")
    EXTERNAL = "external", _("an outside issuer")


class Verification(models.TextChoices):
    """From the weakest to the strongest."""

    NONE = "none", _("not checked")
    RECOMPUTED = "recomputed", _("recomputed from the answers")
    DOCUMENT_SEEN = "document_seen", _("document seen")
    SERVER_MARKED = "server_marked", _("marked on the server")
    SIGNED = "signed", _("signed")


class EnteredBy(models.TextChoices):
    OWN_ACCOUNT = "own_account", _("from their own account")
    ASSISTED = "assisted", _("by an officer on their behalf")


class Evidence(models.Model):
    """Never updated: a correction supersedes. Database triggers refuse every update, and a delete too unless
    an erasure order for that person stands. Page, revision and title are plain values: pages may go, facts stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=24, choices=stored_choices)
    title = models.CharField(_("title"), max_length=255)
    occurred_at = models.DateTimeField(_("when"))
    recorded_at = models.DateTimeField()
    score = models.DecimalField(
        _("score"), max_digits=5, decimal_places=4, null=True, blank=True, help_text=_("From 0 to 1.")
    )
    page_key = models.UUIDField(null=True, blank=True, help_text=_("Translation key of the page it came from."))
    page_revision = models.PositiveIntegerField(null=True, blank=True)
    topics = models.JSONField(default=list, help_text=_("Topic slugs of the page at that time."))
    unit = models.ForeignKey(
        "membership.Unit", on_delete=models.PROTECT, null=True, related_name="+", help_text=_("At that time.")
    )
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    verification = models.CharField(_("verification"), max_length=16, choices=Verification.choices)
    entered_by = models.CharField(_("entered"), max_length=12, choices=EnteredBy.choices)
    details = models.JSONField(default=dict)
    source_key = models.CharField(max_length=120, unique=True, help_text=_("The same key is the same fact."))
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-occurred_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "occurred_at"], name="evidence_person_when"),
            models.Index(
                fields=["recorded_at", "id"],
                condition=Q(kind="external_certificate", verification="none"),
                name="evidence_to_verify",
            ),
            # The few facts told before they occurred: figures of a new day look for those that it brings.
            models.Index(
                fields=["occurred_at"], condition=Q(occurred_at__gt=F("recorded_at")), name="evidence_told_early"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="evidence_score_range"
            ),
            models.CheckConstraint(condition=~Q(source_key="") & ~Q(title=""), name="evidence_named"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own_word(self) -> bool:
        """Whether it rests on the person's word alone, so that they may take it back: until someone has checked it.
        So does the presence that who may hold a session notes of themselves, though they correct nothing of it."""
        return self.source == Source.SELF and self.verification == Verification.NONE

    @property
    def is_changeable(self) -> bool:
        """Whether who declared it may still correct it."""
        return bool(KINDS[self.kind].offered_as) and self.is_own_word


def private_storage() -> Storage:
    return storages["private"]


class EvidenceFile(models.Model):
    """A document handed in with a piece of evidence. No public address: it is read through a view that asks who."""

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(storage=private_storage, upload_to="evidence/%Y/%m", max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    is_scanned = models.BooleanField(default=False, help_text=_("A scanner looked at it and found nothing."))

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class ErasureOrder(models.Model):
    """Allows the database to delete one person's rows; written by the erasure alone."""

    person = models.OneToOneField("membership.Person", on_delete=models.PROTECT, related_name="erasure_order")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.person_id}"
