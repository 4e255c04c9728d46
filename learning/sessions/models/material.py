"""What one reads before a session, and what is left of it after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.sessions.models.session import Session


class Material(models.Model):
    """A page of the library, or of elsewhere, shown to whoever sees the session."""

    class Stage(models.TextChoices):
        BEFORE = "before", _("To read before")
        AFTER = "after", _("From the session")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    stage = models.CharField(_("when"), max_length=6, choices=Stage.choices, default=Stage.BEFORE)
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=400)

    class Meta:
        verbose_name = _("material of a session")
        verbose_name_plural = _("materials of a session")
        ordering = ["-stage", "pk"]  # before, then after
        constraints = [models.UniqueConstraint(fields=["session", "stage", "link"], name="material_once_in_a_session")]

    def __str__(self) -> str:
        return self.title
