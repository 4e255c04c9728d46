"""Pictures and sounds as they were asked: copied, so that what an editor changes later changes no attempt."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

FOLDER = "questions"


class Figure(models.Model):
    """One file in the private storage, named by what it holds. Versions of questions name it; it is never changed."""

    name = models.CharField(max_length=48, unique=True)
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, related_name="+")
    document = models.ForeignKey(
        getattr(settings, "WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    drawn_from = models.CharField(
        max_length=40, blank=True, db_index=True, help_text=_("What identifies the file of which it is a copy.")
    )
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("picture or sound of questions")
        verbose_name_plural = _("pictures and sounds of questions")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """In the private storage."""
        return f"{FOLDER}/{self.name}"
