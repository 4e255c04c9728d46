"""Contents that run: launched for one person in one course, and what they report taken for what it is worth.

Nothing that a content says completes anything but its own activity. Every entry has a key: what arrives twice, late or
from two tabs counts once. Plays leave no entry in the audit log, their rows are the record.
"""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learning.tracking.actions.play_results import take_results
from learning.tracking.actions.statements import store_for_person
from learning.tracking.models import ActivityPage, Enrolment, Play, PlayState, Statement
from learning.tracking.play.entries import Entry, SaidEntry, StateEntry
from learning.tracking.play.merging import merged_text
from learning.tracking.play.statements import Told, key_of, statements_of
from membership.models import User
from training_materials.models import PackageVersion

MOST_STATES = 60
MOST_SAID = 3_000
_REMEMBERED = 30


class ContentGoneError(Exception):
    """The activity has no content that could be played."""


@transaction.atomic
def launch(*, enrolment: Enrolment, activity: ActivityPage, by: User, at: datetime.datetime) -> Play:
    """The person's play of the newest version: the one that stands, or a new one. First launches at once make one.

    Raises PermissionDenied for another's enrolment or a step of another course, ContentGoneError.
    """
    is_in_course = enrolment.course is not None and activity.is_descendant_of(enrolment.course)
    if by.person_id != enrolment.person_id or not is_in_course:
        raise PermissionDenied("tracking.launch refused")
    version = PackageVersion.objects.latest_of(activity.package_id)
    if version is None:
        raise ContentGoneError
    play, _is_new = Play.objects.get_or_create(
        enrolment=enrolment,
        activity_key=activity.translation_key,
        version_key=version.pk,
        defaults={
            "activity": activity,
            "activity_title": activity.title,
            "version": version,
            "main_library": version.main.name,
            "started_at": at,
        },
    )
    return play


@transaction.atomic
def take_entries(*, play_id: UUID, entries: Sequence[Entry], by: User, at: datetime.datetime) -> Play:
    """Takes states, statements and results, in their order, all or none. Idempotent.

    Raises Play.DoesNotExist for a play that is not theirs.
    """
    mine = Play.objects.of(by).select_for_update(of=("self",)).select_related("enrolment__person", "enrolment__course")
    play = mine.get(pk=play_id)
    _keep_states(play, [entry for entry in entries if isinstance(entry, StateEntry)], at)
    said = [entry for entry in entries if isinstance(entry, SaidEntry)]
    if said:
        _hear(play, said, at)
    return play


def _keep_states(play: Play, entries: Sequence[StateEntry], at: datetime.datetime) -> None:
    if not entries:
        return
    standing = {(state.sub_content, state.field): state for state in play.states.all()}
    for entry in entries:
        name = (entry.sub_content, entry.field)
        state = standing.get(name)
        if state is None:
            if len(standing) >= MOST_STATES:
                continue
            state = PlayState(play=play, sub_content=name[0], field=name[1], value=entry.value)
            standing[name] = state
        elif str(entry.key) in state.taken:
            continue
        else:
            state.value = merged_text(entry.base, entry.value, state.value)
        state.taken = [*state.taken, str(entry.key)][-_REMEMBERED:]
        state.saved_at = at
    for name in {(entry.sub_content, entry.field) for entry in entries} & set(standing):
        standing[name].save()


def _hear(play: Play, said: Sequence[SaidEntry], at: datetime.datetime) -> None:
    ids = {key_of(play.pk, entry.key): entry for entry in said}
    known = set(Statement.objects.filter(pk__in=ids).values_list("pk", flat=True))
    new = [entry for statement_id, entry in ids.items() if statement_id not in known]
    if not new or play.said >= MOST_SAID:
        return
    play.said += len(new)
    play.save(update_fields=["said"])
    verdicts = take_results(play=play, said=[entry for entry in new if entry.is_result], at=at)
    told = Told(play.pk, play.version_key, play.activity_title, play.main_library, play.enrolment.course_key)
    statements = [
        statement
        for entry in new
        for statement in statements_of(told, entry.key, entry.verb, entry.data, verdicts.get(entry.key))
    ]
    store_for_person(person=play.enrolment.person, statements=statements, at=at)
