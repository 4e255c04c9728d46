"""Files on their way in: each import is a dry run first, kept line by line."""

from typing import Any

import uuid_utils.compat as uuid7
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intake.plan import Outcome
from intake.querysets import ImportLineQuerySet, ImportQuerySet


class Import(models.Model):
    """One uploaded file. ``content`` is kept only until it is read.

    ``kind`` names what reads it, ``scope`` what it belongs to, in the kind's own words; ``details`` are what was chosen
    beside the file, and what came of it. ``cursor``: up to which line the work is done that the state speaks of.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        UNREADABLE = "unreadable", _("Cannot be read")
        READ = "read", _("Dry run: nothing is changed yet")
        ORDERED = "ordered", _("Being imported")
        APPLIED = "applied", pgettext_lazy("file", "Imported")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", pgettext_lazy("file", "Undone")

    AT_WORK = (State.WAITING, State.ORDERED, State.UNDOING)

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("file"), max_length=200)
    details = models.JSONField(default=dict)
    content = models.BinaryField(null=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    problem = models.TextField(blank=True)
    cursor = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    moved_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a file")
        verbose_name_plural = _("imports of files")
        indexes = [models.Index(fields=["created_by", "kind", "scope", "created_at"], name="imports_of_their_user")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def progress_name(self) -> str:
        """What ``work.progress`` knows it by."""
        return f"import:{self.pk}:{self.state}"


class ImportLine(models.Model):
    """What becomes, or became, of one row of the file; the fields of ``intake.plan.Line``."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    code = models.CharField(max_length=80, blank=True)
    excerpt = models.CharField(max_length=250, blank=True)
    reasons = models.JSONField(default=list)
    content: Any = models.JSONField(null=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="line_of_import_once")]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="lines_by_outcome")]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"
