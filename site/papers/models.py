"""Print runs: many papers in one file, drawn by a worker while a page tells how far it is. An app above gives its
model, which names what a run is of, and for each run the papers and how they are drawn."""

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

AT_WORK = ["waiting", "preparing", "drawing"]
Row = TypeVar("Row", bound="PrintRun")


class PrintRunQuerySet(models.QuerySet[Row]):
    def at_work(self) -> Self:
        return self.filter(state__in=AT_WORK)

    def latest_of(self, about: models.Model) -> Row | None:
        return self.filter(**{self.model.about: about}).order_by("-asked_at", "-pk").first()


class PrintRun(models.Model):
    """All papers of one thing in one file. The file is kept for some days only: it can be drawn again at any time."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        PREPARING = "preparing", _("Preparing the papers")
        DRAWING = "drawing", _("Drawing the pages")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    about: ClassVar[str]  # the field that names what the papers are of
    file: Any  # a FileField, empty once it is dropped: each kind has its folder

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{getattr(self, f'{self.about}_id')}: {self.state}"

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK
