"""Nothing stays unanswered, or undone, unseen."""

import datetime

from django.utils.translation import gettext_lazy as _

from movement import actions, notices
from work.recurring import recurs
from work.rhythms import daily


@recurs(daily(6, 50), _("Remind offices of proposals that wait long"))
def remind_of_proposals(at: datetime.datetime) -> str:
    return f"{notices.remind(at=at)} told"


@recurs(daily(6, 55), _("Remind units of tasks of their plan that are due or late"))
def remind_of_tasks(at: datetime.datetime) -> str:
    return f"{notices.remind_of_tasks(at=at)} told"


@recurs(daily(3, 45), _("Delete files of work plans that no task names"))
def sweep_plan_files(at: datetime.datetime) -> str:
    return f"{actions.sweep_papers(at=at)} files deleted"
