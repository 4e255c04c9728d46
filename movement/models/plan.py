"""A unit's year: its tasks with who leads, who helps, by when; and the province's template, from which they come."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.evidence.models import private_storage
from membership.models import UnitKind
from movement.querysets.plans import PlanQuerySet, TaskQuerySet
from movement.states import Moving


class Level(models.TextChoices):
    """For whom a task of the template is."""

    PROVINCE = "province", _("The province")
    COMMUNE = "commune", _("Associations of communes")
    CHAPTER = "chapter", _("Chapters")
    BODY = "body", _("Agencies, schools, mass bodies and their departments")


LEVEL_OF = {
    UnitKind.PROVINCE: Level.PROVINCE,
    UnitKind.ASSOCIATION: Level.COMMUNE,
    UnitKind.CHAPTER: Level.CHAPTER,
    UnitKind.AGENCY: Level.BODY,
    UnitKind.SCHOOL: Level.BODY,
    UnitKind.DEPARTMENT: Level.BODY,
    UnitKind.MASS_BODY: Level.BODY,
}


class Described(models.Model):
    """What a task says, in the template and in a unit's plan alike."""

    clause = models.CharField(
        pgettext_lazy("of the plan", "clause"), max_length=12, blank=True,
        help_text=_("Of the province's plan, such as II.1; empty for what is the unit's own."),
    )  # fmt: skip
    title = models.CharField(pgettext_lazy("task", "what is to be done"), max_length=300)
    leads = models.CharField(pgettext_lazy("task", "who leads"), max_length=200, blank=True)
    helps = models.CharField(pgettext_lazy("task", "who helps"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class TemplateTask(Described):
    """What the province asks of each unit of a level, each year by the same day."""

    level = models.CharField(pgettext_lazy("task", "for whom"), max_length=8, choices=Level.choices)
    month = models.PositiveSmallIntegerField(
        _("by which month"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        pgettext_lazy("of the month", "by which day"), validators=[MinValueValidator(1), MaxValueValidator(31)]
    )

    class Meta:
        verbose_name = _("task of the template")
        verbose_name_plural = _("tasks of the template")
        ordering = ["level", "month", "day", "pk"]


class WorkPlan(models.Model):
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    opened_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("work plan")
        verbose_name_plural = _("work plans")
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="work_plan_once_a_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class PlanTask(Moving, Described):
    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("task", "Not begun")
        BEGUN = "begun", pgettext_lazy("task", "Under way")
        DONE = "done", pgettext_lazy("task", "Done")
        DROPPED = "dropped", pgettext_lazy("task", "Dropped")

    class Act(models.TextChoices):
        BEGIN = "begin", pgettext_lazy("task", "It has begun")
        FINISH = "finish", pgettext_lazy("task", "It is done: say what came of it")
        DROP = "drop", pgettext_lazy("task", "It is dropped: say why")
        RESUME = "resume", pgettext_lazy("task", "It is not over after all")

    LEADS: ClassVar = {
        (State.PLANNED, Act.BEGIN): State.BEGUN,
        (State.PLANNED, Act.FINISH): State.DONE,
        (State.PLANNED, Act.DROP): State.DROPPED,
        (State.BEGUN, Act.FINISH): State.DONE,
        (State.BEGUN, Act.DROP): State.DROPPED,
        (State.DONE, Act.RESUME): State.BEGUN,
        (State.DROPPED, Act.RESUME): State.PLANNED,
    }

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="tasks")
    due_on = models.DateField(pgettext_lazy("task", "by when"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    result = models.TextField(_("what came of it"), max_length=4000, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text=_("When it was done or dropped."))

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a work plan", "task")
        verbose_name_plural = pgettext_lazy("of a work plan", "tasks")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="plan_task_state_due")]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.BEGUN)


class PlanFile(models.Model):
    """What shows the result. No public address leads to it: it is read through a view that asks who."""

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(storage=private_storage, upload_to="movement/%Y/%m", max_length=200)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    is_scanned = models.BooleanField(default=False, help_text=_("A scanner looked at it and found nothing."))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["task", "sha256"], name="plan_file_once_a_task")]

    def __str__(self) -> str:
        return self.name
