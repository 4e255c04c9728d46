"""Who would change, and by how much, if a draft were in force: calculated for everyone before anybody is."""

import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.actions.scoring import BATCH, STREAMING, standing_programs
from evaluation.criteria.bulk import Range, people_in_sets, program_of
from evaluation.criteria.bulk.differences import differences
from evaluation.criteria.bulk.sql import is_postgresql
from evaluation.criteria.models import CriteriaSet, Preview
from membership.models import Person, User
from membership.policy import Action, require


@transaction.atomic
def ask_preview(*, criteria_set: CriteriaSet, by: User, at: datetime.datetime) -> Preview:
    """Notes that the draft is to be tried out; what was calculated before goes. A task calculates."""
    require(by, Action.MANAGE_CRITERIA, criteria_set.unit)
    if not criteria_set.is_draft or criteria_set.is_frame:
        raise ValidationError(_("Only the draft of a group's set can be tried out."))
    Preview.objects.filter(criteria_set=criteria_set).delete()
    preview = Preview.objects.create(
        criteria_set=criteria_set,
        compared_with=CriteriaSet.objects.superseded_by(criteria_set, timezone.localdate(at)),
        fingerprint=program_of(criteria_set).fingerprint,
        year=timezone.localdate(at).year,
        asked_at=at,
    )
    log(instance=criteria_set, action="criteria.preview", user=by, data={})
    return preview


@transaction.atomic
def calculate_preview(*, preview: Preview, at: datetime.datetime) -> Preview:
    """Calculates both sides for everyone to whom the draft would apply, on this year's evidence. Idempotent."""
    current = Preview.objects.select_for_update().get(pk=preview.pk)
    if current.finished_at is not None:
        return current
    day = timezone.localdate(at)
    keys = Person.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if keys["first"] is not None:
        for start in range(keys["first"], keys["last"] + 1, BATCH):
            current.people += _calculate(current, day, Range(start, min(start + BATCH - 1, keys["last"])))
    summary = current.lines.aggregate(
        raised=Count("pk", filter=Q(difference_tenths__gt=0)),
        lowered=Count("pk", filter=Q(difference_tenths__lt=0)),
        moved_between=Count("pk", filter=Q(difference_tenths=0)),
        sum_tenths=Sum("difference_tenths", default=0),
    )
    for name, value in summary.items():
        setattr(current, name, value)
    current.finished_at = at
    current.save()
    return current


def _calculate(preview: Preview, day: datetime.date, people: Range) -> int:
    """Writes the lines of one range; gives to how many people in it the draft would apply."""
    draft = preview.criteria_set
    programs = standing_programs(day)
    standing = [one for _program, own in programs for one in own]
    others = [one for one in standing if (one.group, one.unit_id) != (draft.group, draft.unit_id)]
    concerned = people_in_sets([*others, draft], day, people)
    before = [(program, own) for program, own in programs if any(one.group == draft.group for one in own)]
    statement, number = differences(
        preview, program_of(draft), concerned, before, people_in_sets(standing, day, people), people
    )
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(STREAMING)
        cursor.execute(number.text, number.params)
        count = int(cursor.fetchone()[0])
        cursor.execute(statement.text, statement.params)
    return count
