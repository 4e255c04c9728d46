"""The text of uploaded files, read once for each content."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileText(models.Model):
    """``digest`` is the document's ``file_hash`` when it was read: another one means that it must be read again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READ = "read", _("Read")
        UNREADABLE = "unreadable", _("Cannot be read")

    file = models.OneToOneField(
        "wagtaildocs.Document", on_delete=models.CASCADE, primary_key=True, related_name="found_text"
    )
    digest = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=60, blank=True, help_text="Why it cannot be read: too-large, too-slow …")
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return f"{self.file_id} {self.state}"
