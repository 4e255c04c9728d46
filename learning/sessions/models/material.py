"""What one reads before a session, what is left of it after, and what its office keeps of it."""

from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.evidence.models import private_storage
from learning.sessions.models.session import Session
from learning.sessions.querysets import MaterialQuerySet


class Material(models.Model):
    """A page of the library or of elsewhere, or a file kept here. No public address leads to a file: it is read through
    a view that asks who."""

    class Stage(models.TextChoices):
        BEFORE = "before", _("To read before")
        AFTER = "after", _("From the session")
        OFFICE = "office", _("Kept by the office")  # shown to who holds the session, and to nobody else

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    stage = models.CharField(_("when"), max_length=6, choices=Stage.choices, default=Stage.BEFORE)
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=400, blank=True)
    file = models.FileField(storage=private_storage, upload_to="sessions/%Y/%m", max_length=200, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(default=0, help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64, blank=True)
    is_scanned = models.BooleanField(default=False, help_text=_("A scanner looked at it and found nothing."))

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material of a session")
        verbose_name_plural = _("materials of a session")
        ordering = ["-stage", "pk"]  # what the office keeps, before, after
        constraints = [
            models.UniqueConstraint(fields=["session", "stage", "link", "sha256"], name="material_once_in_a_session"),
            models.CheckConstraint(
                condition=Q(link="", file__gt="") | Q(link__gt="", file=""), name="material_is_link_or_file"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ending(self) -> str:
        """Of its file, with the dot; empty for a link."""
        return PurePath(self.file.name or "").suffix

    @property
    def file_name(self) -> str:
        return f"{self.title.replace('/', '-')}{self.ending}"
