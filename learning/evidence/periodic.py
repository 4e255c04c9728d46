"""What recurs around the ledger."""

import datetime

from django.utils.translation import gettext_lazy as _

from learning.evidence import actions
from work.recurring import recurs, told_by
from work.rhythms import SUNDAY, daily, every, weekly


@recurs(every(minutes=1), _("Seal what waits: evidence, reviews, decisions, titles"))
def seal_ledger(at: datetime.datetime) -> str:
    actions.begin_sealing(at=at)
    return "; ".join(f"checkpoint {one.number}: {one.size} entries, root {one.root}" for one in actions.seal(at=at))


@recurs(daily(6), _("Send the latest checkpoint to the officers of the province"))
def send_checkpoint(at: datetime.datetime) -> str:
    return f"sent to {actions.send_checkpoint(at=at)} officers"


@recurs(daily(3, 30), _("Delete evidence files that no entry names"))
def sweep_evidence_files(at: datetime.datetime) -> str:
    return f"{actions.sweep_files(at=at)} files deleted"


@recurs(weekly(SUNDAY, 3), _("Look through the whole ledger for faults"))
def verify_ledger(at: datetime.datetime) -> str:
    return told_by("ledger_verify")
