"""Part of merging two records of one person: of each year one dossier counts."""

import datetime

from wagtail.log_actions import log

from evaluation.dossiers.models import Dossier
from membership.models import Person, User

# How far a dossier has come; the further one counts.
_STAGES = {
    Dossier.State.SET_ASIDE: 0,
    Dossier.State.DRAFT: 1,
    Dossier.State.RETURNED: 2,
    Dossier.State.IN_REVIEW: 3,
    Dossier.State.NOT_RECOGNISED: 4,
    Dossier.State.RECOGNISED: 5,
}


def move_dossiers(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """Each year's dossier goes along. Where both records have one, the one that came further counts, that of the
    record which stays if they came equally far, and the other is set aside; a decided one is never changed: two
    decided ones stay each where they are, and only the remaining record's is counted."""
    held = {row.year: row for row in Dossier.objects.select_for_update(of=("self",)).counting().filter(person=into)}
    for moving in Dossier.objects.select_for_update(of=("self",)).counting().filter(person=duplicate):
        standing = held.get(moving.year)
        if standing is None:
            _move(moving, into)
        elif standing.is_decided and moving.is_decided:
            continue
        elif _stage(moving) > _stage(standing):
            _set_aside(standing, by, at)
            _move(moving, into)
        else:
            _set_aside(moving, by, at)


def _stage(dossier: Dossier) -> int:
    return _STAGES[Dossier.State(dossier.state)]


def _move(dossier: Dossier, into: Person) -> None:
    dossier.person = into
    dossier.save(update_fields=["person"])


def _set_aside(dossier: Dossier, by: User, at: datetime.datetime) -> None:
    dossier.state, dossier.current_step, dossier.current_unit = Dossier.State.SET_ASIDE, None, None
    dossier.save(update_fields=["state", "current_step", "current_unit"])
    log(instance=dossier, action="dossiers.set_aside", user=by, data={"person": dossier.person_id})
