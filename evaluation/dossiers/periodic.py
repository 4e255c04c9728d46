"""What recurs around dossiers."""

import datetime

from django.utils.translation import gettext_lazy as _

from evaluation.dossiers import actions, notices, telling
from work.recurring import recurs, told_by
from work.rhythms import SUNDAY, daily, every, weekly


@recurs(weekly(SUNDAY, 4), _("Score decided dossiers again from what was frozen"))
def replay_dossiers(at: datetime.datetime) -> str:
    return told_by("replay_dossiers")


@recurs(every(minutes=30), _("Take dossiers along with people who moved"))
def follow_people(at: datetime.datetime) -> str:
    return f"{actions.follow_people(at=at)} moved"


@recurs(daily(6, 30), _("Tell people that the last day for their dossier comes near"))
def tell_of_deadlines(at: datetime.datetime) -> str:
    return f"{notices.tell_of_deadlines(at=at)} told"


@recurs(notices.WAITING_IS_TOLD, _("Tell bodies which dossiers wait for them"))
def tell_of_waiting_dossiers(at: datetime.datetime) -> str:
    return f"{notices.tell_of_waiting(at=at)} told"


@recurs(daily(6, 40), _("Tell units and inspectors of findings that are not answered in time"))
def tell_of_late_findings(at: datetime.datetime) -> str:
    return f"{telling.tell_of_late(at=at)} told"


@recurs(daily(3, 50), _("Delete files that no answer to a finding names"))
def sweep_finding_files(at: datetime.datetime) -> str:
    return f"{actions.sweep_finding_files(at=at)} files deleted"
