"""What of a course waits with the moderators: these revisions are published together, and no later ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState


class SubmittedPage(models.Model):
    """A page of the course as it was submitted: the course itself, or a step with something to publish."""

    task = models.ForeignKey(
        TaskState, on_delete=models.CASCADE, related_name="submitted_pages", verbose_name=_("submission")
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+", verbose_name=_("version"))

    class Meta:
        verbose_name = _("submitted page")
        verbose_name_plural = _("submitted pages")
        constraints = [models.UniqueConstraint(fields=["task", "page"], name="page_submitted_once")]

    def __str__(self) -> str:
        return str(self.page_id)
