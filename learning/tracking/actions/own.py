"""What learners write down for themselves. No entry in the audit log: nobody else need know that there is a note."""

import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from learning.tracking.actions.progress import copied
from learning.tracking.models import Enrolment, Note, WeeklyGoal
from learning.tracking.models.own import MOST_NOTES_OF_A_STEP
from membership.models import Person, User
from training_materials.blocks.bodies import Part
from training_materials.outlines.outline import Step


class Noted(NamedTuple):
    """What a note says: of which part of the lesson, which words there, and one's own."""

    part: Part | None
    passage: str
    text: str


@transaction.atomic
def write_note(
    *, enrolment: Enrolment, step: Page | Step, key: UUID, noted: Noted, at: datetime.datetime
) -> Note | None:
    """Idempotent: what arrives twice is one note, as it came last, since a reply may be lost and more be written before
    it is sent again. Under the same key another passage is another note. None where the key is that of somebody else.
    Raises ValidationError where the step holds no more."""
    copy = copied(step)
    said = {
        "part": noted.part.key if noted.part else "",
        "part_title": noted.part.title[:255] if noted.part else "",
        "text": noted.text,
    }
    note, is_new = Note.objects.get_or_create(
        pk=uuid5(key, noted.passage) if noted.passage else key,
        defaults={
            **said,
            "enrolment": enrolment,
            "step_id": copy.page_id,
            "step_key": copy.key,
            "step_title": copy.title,
            "passage": noted.passage,
            "made_at": at,
            "changed_at": at,
        },
    )
    if note.enrolment_id != enrolment.pk:
        return None
    if is_new and Note.objects.for_step(enrolment, copy.key).count() > MOST_NOTES_OF_A_STEP:
        raise ValidationError(_no_more())
    if any(getattr(note, name) != value for name, value in said.items()):
        Note.objects.filter(pk=note.pk).update(**said, changed_at=at)
    return note


def _no_more() -> str:
    message = _("A lesson holds at most %(most)d notes and marks of yours. Delete some of them, then keep this again.")
    return message % {"most": MOST_NOTES_OF_A_STEP}


def reword_note(*, note: Note, text: str, at: datetime.datetime) -> None:
    """Idempotent."""
    note.text, note.changed_at = text, at
    note.save(update_fields=["text", "changed_at"])


def drop_note(*, note: Note) -> None:
    Note.objects.filter(pk=note.pk).delete()


def set_goal(*, person: Person, days: int | None, at: datetime.datetime) -> None:
    """None: neither goal nor calendar any more; the days themselves are read from what was done. Idempotent."""
    if days is None:
        WeeklyGoal.objects.filter(person=person).delete()
    else:
        WeeklyGoal.objects.update_or_create(person=person, defaults={"days": days, "set_at": at})


def erase_goals(person_ids: list[int]) -> None:
    """Part of an erasure; notes go with the enrolments."""
    WeeklyGoal.objects.filter(person_id__in=person_ids).delete()


@transaction.atomic
def move_own(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Merging two records of one person, after the enrolments: notes in a course that both took follow to the one that
    stays, and so does the goal, unless another stands there. Idempotent."""
    for theirs, staying in Enrolment.objects.taken_by_both(duplicate, into):
        Note.objects.filter(enrolment=theirs).update(enrolment=staying)
    goals = WeeklyGoal.objects.filter(person=duplicate)
    if not WeeklyGoal.objects.filter(person=into).exists():
        goals.update(person=into)
    goals.delete()
