"""Files of questions on their way into the bank: each import is a dry run first, kept line by line."""

import uuid_utils.compat as uuid7
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.bank import Difficulty
from assessments.querysets.attempts import ImportLineQuerySet, QuestionImportQuerySet
from training_materials.models import Topic


class QuestionImport(models.Model):
    """One uploaded file. ``content`` is kept only until it is read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        UNREADABLE = "unreadable", _("Cannot be read")
        READ = "read", _("Dry run: nothing is changed yet")
        ORDERED = "ordered", _("Being imported")
        APPLIED = "applied", pgettext_lazy("questions", "Imported")

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    name = models.CharField(_("file"), max_length=200)
    format = models.CharField(_("format"), max_length=12)
    content = models.BinaryField(null=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    problem = models.TextField(blank=True, help_text=_("Why the file cannot be read."))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.CASCADE, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = QuestionImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")

    def __str__(self) -> str:
        return self.name


class ImportLine(models.Model):
    """What becomes, or became, of one question of the file. ``content`` is empty if it is skipped."""

    class Outcome(models.TextChoices):
        CREATE = "create", pgettext_lazy("question", "New")
        CHANGE = "change", pgettext_lazy("question", "Changed")
        SAME = "same", pgettext_lazy("question", "As it is already")
        SKIP = "skip", pgettext_lazy("question", "Left out")

    batch = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    code = models.CharField(max_length=80, blank=True)
    excerpt = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)
    content = models.JSONField(null=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_line_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"
