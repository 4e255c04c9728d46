"""A finding followed up: what is asked of the unit and by when, its answer with papers, closed or taken above."""

import datetime
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers import telling
from evaluation.dossiers.actions.guards import RefusedError, refusals_noted
from evaluation.dossiers.actions.oversight import require_inspector
from evaluation.dossiers.models import Dossier, FollowUp, FollowUpEntry, FollowUpFile, InspectedDossier
from interface.vietnamese import nfc
from learning.evidence.actions.keeping import keeping_files, sweep
from learning.evidence.files import Upload
from membership.models import User
from membership.policy import Action, may

MOST_FILES = 5
_FOLDER = "findings"
_Act, _State = FollowUp.Act, FollowUp.State


@refusals_noted
def ask_unit(*, line: InspectedDossier, words: str, due_on: datetime.date, by: User, at: datetime.datetime) -> FollowUp:
    """What a doubtful finding asks of the body that has the dossier, or of its unit once it is decided. Idempotent: a
    finding is followed up once."""
    current = (
        InspectedDossier.objects.select_for_update(of=("self",))
        .select_related("sample__unit", "dossier__unit", "dossier__current_unit")
        .get(pk=line.pk)
    )
    require_inspector(current, by, at)
    if standing := FollowUp.objects.filter(line=current).first():
        return standing
    if current.finding != InspectedDossier.Finding.DOUBTFUL:
        raise RefusedError(_("Only what the evidence does not bear out is followed up."))
    if not words.strip():
        raise RefusedError(_("Say what the unit has to do."))
    if due_on < timezone.localdate(at):
        raise RefusedError(_("The day by which the unit answers lies ahead."))
    unit = current.dossier.current_unit or current.dossier.unit
    asked = FollowUp.objects.create(line=current, unit=unit, due_on=due_on)
    _note(asked, words, by, at)
    log(instance=asked, action="dossiers.ask_unit", user=by, data={"dossier": current.dossier_id})
    telling.asked(follow_up=asked, at=at)
    return asked


def answer_finding(
    *, follow_up: FollowUp, words: str, files: Sequence[Upload] = (), by: User, at: datetime.datetime
) -> FollowUp:
    """The unit's answer, with papers. Where the row fails, no file stays."""
    with keeping_files() as keep:
        entry = _move(follow_up=follow_up, act=_Act.ANSWER, words=words, by=by, at=at)
        for upload in list(files)[:MOST_FILES]:
            kept = {"name": nfc(upload.name), "content_type": upload.content_type, "size": upload.size}
            place = keep(upload, _FOLDER, at)
            FollowUpFile.objects.create(
                entry=entry, file=place, sha256=upload.sha256, is_scanned=upload.is_scanned, **kept
            )
    return entry.follow_up


def close_finding(*, follow_up: FollowUp, words: str, by: User, at: datetime.datetime) -> FollowUp:
    """By the inspector once the unit has answered; what was taken above, by somebody else of the body above."""
    return _move(follow_up=follow_up, act=_Act.CLOSE, words=words, by=by, at=at).follow_up


def escalate_finding(*, follow_up: FollowUp, words: str, by: User, at: datetime.datetime) -> FollowUp:
    """Where the answer does not do, or none comes."""
    return _move(follow_up=follow_up, act=_Act.ESCALATE, words=words, by=by, at=at).follow_up


def acts_open_to(follow_up: FollowUp, by: User, at: datetime.datetime) -> list[str]:
    """What this user may do with it now; the same rules by which an act is refused."""
    return [act for act in _Act if follow_up.leads_to(act) and _may(follow_up, act, by, at)]


def sweep_finding_files(*, at: datetime.datetime) -> int:
    """Deletes stored files older than a day that no answer names; gives how many. Run twice it finds none."""
    return sweep(_FOLDER, FollowUpFile.objects.all(), at)


@refusals_noted
def _move(*, follow_up: FollowUp, act: str, words: str, by: User, at: datetime.datetime) -> FollowUpEntry:
    current = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("unit", "line__sample__unit", "line__dossier")
        .get(pk=follow_up.pk)
    )
    following = current.leads_to(act)
    if following is None:
        raise RefusedError(_("It has moved on since you opened it. Look at it again."))
    if not _may(current, act, by, at):
        raise PermissionDenied(_("This is for somebody else to do."))
    if not words.strip():
        raise RefusedError(_("Say what was found and done: whoever follows it up reads it."))
    current.state = following
    current.save(update_fields=["state"])
    entry = _note(current, words, by, at)
    log(instance=current, action=f"dossiers.{act}_finding", user=by, data={"state": following})
    telling.moved(follow_up=current, at=at)
    follow_up.state = following
    return entry


def _note(follow_up: FollowUp, words: str, by: User, at: datetime.datetime) -> FollowUpEntry:
    return FollowUpEntry.objects.create(follow_up=follow_up, state=follow_up.state, words=nfc(words), by=by, at=at)


def _may(follow_up: FollowUp, act: str, by: User, at: datetime.datetime) -> bool:
    """The unit answers; who inspects closes and takes above; what was taken above, another than who took it there
    closes. Nobody acts on their own dossier, nor on one that they judged, but for the unit's own answer."""
    dossier, day = follow_up.line.dossier, timezone.localdate(at)
    if dossier.person_id == by.person_id:
        return False
    entries = list(follow_up.entries.all())
    if act == _Act.ANSWER:
        return may(by, Action.REVIEW, follow_up.unit, on=day) and by.pk != entries[0].by_id
    if Dossier.objects.judged_by(by).filter(pk=dossier.pk).exists():
        return False
    if follow_up.state == _State.ESCALATED:
        return may(by, Action.HEAR_APPEALS, follow_up.unit, on=day) and by.pk != entries[-1].by_id
    is_other = act == _Act.ESCALATE or by.pk != entries[-1].by_id
    return may(by, Action.INSPECT, follow_up.line.sample.unit, on=day) and is_other
