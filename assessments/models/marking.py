"""What trainers gave for written answers. Each marking is kept; the last one counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import Response
from assessments.querysets.oversight import WrittenMarkQuerySet


class WrittenMark(models.Model):
    """``points`` by criterion, in the order of the rubric of the version that was asked."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="written_marks")
    number = models.PositiveSmallIntegerField()
    points = models.JSONField()
    comment = models.TextField(_("comment"), blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    objects = WrittenMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking of a written answer")
        verbose_name_plural = _("markings of written answers")
        constraints = [models.UniqueConstraint(fields=["response", "number"], name="written_mark_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.number}"
