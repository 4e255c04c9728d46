"""The demo's work plans: the province, the first commune and its first chapter are in the middle of their year, a
second commune has just begun, the others have none."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from home.demo.media import drawn
from home.demo.people import Population
from learning.evidence.files import inspect
from membership.models import Unit, User
from movement.actions import Task, act_on_task, add_paper, add_task, open_plan
from movement.models import WorkPlan

_MINUTES = """Báo cáo kết quả vận động đăng ký phấn đấu

Các chi hội đã họp, phát phiếu và lập danh sách đăng ký.

Người lập báo cáo đã ký."""
_RESULTS = [
    "Đã làm xong, có biên bản kèm theo.",
    "Hoàn thành; ba chi hội làm trước thời hạn.",
    "Đã làm, số người dự đông hơn dự kiến.",
]


def plan_the_year(population: Population, now: datetime.datetime) -> None:
    users, communes = population.users, population.communes
    first = communes[0]
    province = Unit.objects.get(path=first.unit.paths_up[0])
    plans = [
        _plan(province, users["giang"], now),
        _plan(first.association, users["dung"], now),
        _plan(first.chapters[0], users["chi"], now),
    ]
    own = Task(
        title="Mở lớp kỹ năng số buổi tối cho người lớn tuổi", due_on=timezone.localdate(now), leads="Bác Sáu, bà Chi",
        helps="Đoàn Thanh niên",
    )  # fmt: skip
    add_task(plan=plans[2], task=own, by=users["chi"], at=now)
    shown = plans[1].tasks.filter(state="done").first()
    if shown:
        paper = inspect(ContentFile(drawn(_MINUTES, "Báo cáo kết quả vận động"), name="bao-cao.pdf"), limit=10**7)
        add_paper(task=shown, upload=paper, by=users["dung"], at=now)
    open_plan(unit=communes[1].association, year=now.year, begins_with="template", by=users["ha"], at=now)


def _plan(unit: Unit, by: User, now: datetime.datetime) -> WorkPlan:
    """What was due until two weeks ago is done, but for one; what is due next has begun."""
    plan = open_plan(unit=unit, year=now.year, begins_with="template", by=by, at=now)
    day = timezone.localdate(now)
    past = list(plan.tasks.filter(due_on__lt=day))
    for number, task in enumerate(past[:-1]):
        act_on_task(task=task, act="finish", words=_RESULTS[number % len(_RESULTS)], by=by, at=now)
    for task in plan.tasks.filter(due_on__gte=day)[:2]:
        act_on_task(task=task, act="begin", words="", by=by, at=now)
    return plan
