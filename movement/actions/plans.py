"""The province's template, a unit's plan of a year, and what becomes of its tasks."""

import calendar
import datetime
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import nfc
from learning.evidence.actions.keeping import drop_file, keeping_files, sweep
from learning.evidence.files import Upload
from membership.models import Unit, UnitKind, User
from membership.policy import Action, require
from movement.models import PlanFile, PlanTask, TemplateTask, WorkPlan
from movement.models.plan import LEVEL_OF
from movement.states import held

SAMPLE = Path(__file__).parent.parent / "data" / "mau-ke-hoach.toml"
MOST_TASKS, MOST_PAPERS = 200, 10
_FOLDER = "movement"
Act = PlanTask.Act


@dataclass(frozen=True, kw_only=True)
class Task:
    title: str
    due_on: datetime.date
    clause: str = ""
    leads: str = ""
    helps: str = ""


@transaction.atomic
def load_template(*, by: User | None, at: datetime.datetime, path: Path = SAMPLE) -> int:
    """The file's tasks, where the template is empty; how many. ``by`` is None at set-up."""
    if by is not None:
        require(by, Action.MANAGE_CRITERIA)
    if TemplateTask.objects.exists():
        return 0
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["tasks"]
    for row in rows:
        day, month = map(int, row.pop("by").split("/"))
        TemplateTask.objects.create(day=day, month=month, **row)
    return len(rows)


@transaction.atomic
def keep_template_task(*, task: TemplateTask, by: User, at: datetime.datetime) -> TemplateTask:
    """A new one, or one that is changed; plans that are open stay as they are."""
    require(by, Action.MANAGE_CRITERIA)
    if task.day > calendar.monthrange(2028, task.month)[1]:
        raise ValidationError(_("This month has no such day."))
    task.title, task.leads, task.helps = nfc(task.title), nfc(task.leads), nfc(task.helps)
    task.save()
    log(instance=task, action="movement.keep_template_task", user=by)
    return task


@transaction.atomic
def remove_template_task(*, task: TemplateTask, by: User, at: datetime.datetime) -> None:
    require(by, Action.MANAGE_CRITERIA)
    if TemplateTask.objects.filter(pk=task.pk).delete()[0]:
        log(instance=task, action="movement.remove_template_task", user=by)


@transaction.atomic
def open_plan(*, unit: Unit, year: int, begins_with: str, by: User, at: datetime.datetime) -> WorkPlan:
    """``begins_with``: "template", "last" (the plan of the year before) or "empty". Idempotent: one that is open stays
    as it is. Raises ValidationError for another year than this or the next, or without a plan of the year before."""
    require(by, Action.SEND_REPORTS, unit)
    this_year = timezone.localdate(at).year
    if unit.kind not in LEVEL_OF or year not in (this_year, this_year + 1):
        raise ValidationError(_("A plan is opened for this year or the next."))
    plan, is_new = WorkPlan.objects.get_or_create(unit=unit, year=year, defaults={"opened_by": by, "opened_at": at})
    if not is_new:
        return plan
    log(instance=plan, action="movement.open_plan", user=by, title=str(plan.pk), data={"unit": unit.pk, "year": year})
    if begins_with == "template":
        copy_template(plan=plan, by=by, at=at)
    elif begins_with == "last":
        _copy_last_year(plan)
    return plan


@transaction.atomic
def copy_template(*, plan: WorkPlan, by: User, at: datetime.datetime) -> int:
    """What the template has for the plan's unit and the plan has not yet; how many."""
    require(by, Action.SEND_REPORTS, plan.unit)
    there = set(plan.tasks.values_list("clause", "title"))
    wanted = TemplateTask.objects.filter(level=LEVEL_OF[UnitKind(plan.unit.kind)])
    new = [
        PlanTask(plan=plan, clause=one.clause, title=one.title, leads=one.leads, helps=one.helps,
                 due_on=_in_year(plan.year, one.month, one.day))
        for one in wanted
        if (one.clause, one.title) not in there
    ]  # fmt: skip
    PlanTask.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def add_task(*, plan: WorkPlan, task: Task, by: User, at: datetime.datetime) -> PlanTask:
    """The same title by the same day is there once."""
    require(by, Action.SEND_REPORTS, plan.unit)
    WorkPlan.objects.select_for_update().get(pk=plan.pk)
    said = _said(plan, task)
    if found := plan.tasks.filter(title=said["title"], due_on=task.due_on).first():
        return found
    if plan.tasks.count() >= MOST_TASKS:
        raise ValidationError(_("There are %(most)s already. Take one away first.") % {"most": MOST_TASKS})
    added = PlanTask.objects.create(plan=plan, **said)
    _log("add_task", added, by)
    return added


@transaction.atomic
def change_task(*, task: PlanTask, said: Task, by: User, at: datetime.datetime) -> PlanTask:
    require(by, Action.SEND_REPORTS, task.plan.unit)
    changes = _said(task.plan, said)
    PlanTask.objects.filter(pk=task.pk).update(**changes)
    _log("change_task", task, by)
    return PlanTask.objects.get(pk=task.pk)


@transaction.atomic
def remove_task(*, task: PlanTask, by: User, at: datetime.datetime) -> None:
    """Entered by mistake; with its papers. What is not done after all is dropped, with the reason."""
    require(by, Action.SEND_REPORTS, task.plan.unit)
    places = list(task.files.values_list("file", flat=True))
    if PlanTask.objects.filter(pk=task.pk).delete()[0]:
        _log("remove_task", task, by)
        for place in places:
            drop_file(place)


@transaction.atomic
def act_on_task(*, task: PlanTask, act: str, words: str, by: User, at: datetime.datetime) -> PlanTask:
    """Raises ValidationError where the task has moved on meanwhile, or nothing is said of its end."""
    current, following = held(task, act, "plan__unit")
    require(by, Action.SEND_REPORTS, current.plan.unit)
    is_over = act in (Act.FINISH, Act.DROP)
    if is_over and not words.strip():
        raise ValidationError(_("Write what came of it: whoever sees the plan reads it."))
    current.state, current.result = following, nfc(words) or current.result
    current.ended_on = timezone.localdate(at) if is_over else None
    current.save(update_fields=["state", "result", "ended_on"])
    _log(f"{act}_task", current, by)
    return current


def add_paper(*, task: PlanTask, upload: Upload, by: User, at: datetime.datetime) -> PlanFile:
    """The same file twice is there once."""
    with keeping_files() as keep:
        current = PlanTask.objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=task.pk)
        require(by, Action.SEND_REPORTS, current.plan.unit)
        if found := current.files.filter(sha256=upload.sha256).first():
            return found
        if current.files.count() >= MOST_PAPERS:
            raise ValidationError(_("There are %(most)s already. Take one away first.") % {"most": MOST_PAPERS})
        kept = {name: getattr(upload, name) for name in ("content_type", "size", "sha256", "is_scanned")}
        added = PlanFile.objects.create(task=current, file=keep(upload, _FOLDER, at), name=nfc(upload.name), **kept)
        _log("add_paper", current, by, sha256=added.sha256)
        return added


@transaction.atomic
def remove_paper(*, paper: PlanFile, by: User, at: datetime.datetime) -> None:
    require(by, Action.SEND_REPORTS, paper.task.plan.unit)
    if PlanFile.objects.filter(pk=paper.pk).delete()[0]:
        _log("remove_paper", paper.task, by, sha256=paper.sha256)
        drop_file(str(paper.file.name))


def sweep_papers(*, at: datetime.datetime) -> int:
    """Deletes stored files older than a day that no task names; gives how many. Run twice it finds none."""
    return sweep(_FOLDER, PlanFile.objects.all(), at)


def _copy_last_year(plan: WorkPlan) -> None:
    before = PlanTask.objects.filter(plan__unit=plan.unit, plan__year=plan.year - 1)
    if not before.exists():
        raise ValidationError(_("There is no plan of the year before to copy."))
    kept = before.exclude(state=PlanTask.State.DROPPED)
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, clause=one.clause, title=one.title, leads=one.leads, helps=one.helps,
                 due_on=_in_year(one.due_on.year + 1, one.due_on.month, one.due_on.day))
        for one in kept
    )  # fmt: skip


def _in_year(year: int, month: int, day: int) -> datetime.date:
    """29 February is the 28th in most years."""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _said(plan: WorkPlan, task: Task) -> dict[str, object]:
    if task.due_on.year not in (plan.year, plan.year + 1):
        raise ValidationError(_("The day belongs to the plan's year, or to the one after it."))
    return {name: nfc(value) if isinstance(value, str) else value for name, value in asdict(task).items()}


def _log(act: str, task: PlanTask, by: User, **data: object) -> None:
    log(instance=task, action=f"movement.{act}", user=by, title=str(task.pk), data={"plan": task.plan_id, **data})
