"""Suggested scores for everyone: a range of people at a time, each range in one statement and one transaction; and who
would change, and by how much, if a draft were in force, calculated for everyone before anybody is.

The rows are the record: no entries in the audit log. All of it can be made again from evidence and criteria.
"""

import datetime
from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.bulk import Program, Range, people_in_sets, program_of, scored
from evaluation.criteria.bulk.sql import is_postgresql
from evaluation.criteria.bulk.target import differences, gone, insert, only, upsert
from evaluation.criteria.models import CriteriaSet, Preview, PreviewLine, ScoringRun, SuggestedScores
from membership.models import Person, User
from membership.policy import Action, require

BATCH = 25_000  # people
# Everything comes in the order of the people, so that nothing is gathered before it is counted; and no time goes into
# compiling a statement that is over in half a second.
STREAMING = (
    "SET LOCAL enable_hashagg = off; SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"
)


def standing_programs(day: datetime.date) -> list[tuple[Program, list[CriteriaSet]]]:
    """What holds on the day, sets of the same rules together."""
    found: dict[Program, list[CriteriaSet]] = {}
    for criteria_set in CriteriaSet.objects.in_force(day).exclude(group="").select_related("unit"):
        found.setdefault(program_of(criteria_set), []).append(criteria_set)
    return list(found.items())


@transaction.atomic
def score_people(*, year: int, day: datetime.date, people: Range, path: str = "") -> int:
    """Writes what evidence suggests for everyone in the range (at the path or beneath it); gives how many changed.

    Idempotent. Who no longer belongs anywhere loses the row.
    """
    return _score_range(standing_programs(day), year, day, people, path)


@transaction.atomic
def begin_scoring(*, year: int, day: datetime.date, parts: int, at: datetime.datetime) -> list[ScoringRun]:
    """The parts in which everyone is scored. What was begun for the same day and did not finish goes on."""
    runs = list(ScoringRun.objects.select_for_update().filter(year=year).order_by("part"))
    if runs and any(run.finished_at is None for run in runs) and all(run.day == day for run in runs):
        return runs
    ScoringRun.objects.filter(year=year).delete()
    keys = Person.objects.aggregate(first=Min("pk"), last=Max("pk"))
    ranges = _split(keys["first"], keys["last"], parts) if keys["first"] is not None else []
    return ScoringRun.objects.bulk_create(
        ScoringRun(
            year=year,
            day=day,
            part=number,
            first=one.first,
            last=one.last,
            reached=one.first - 1,
            started_at=at,
            finished_at=None,
        )
        for number, one in enumerate(ranges, start=1)
    )


def continue_scoring(
    *,
    run: ScoringRun,
    clock: Callable[[], datetime.datetime],
    batch: int = BATCH,
    tell: Callable[[ScoringRun], None] = lambda _run: None,
) -> ScoringRun:
    """Scores the part from where it stands to its end. Each batch is one transaction with the note of how far it
    came: a stop anywhere loses at most the batch in hand, and starting again goes on from there."""
    programs = standing_programs(run.day)
    while run.finished_at is None:
        with transaction.atomic():
            standing = ScoringRun.objects.select_for_update().get(pk=run.pk)
            until = min(standing.reached + batch, standing.last)
            count = _score_range(programs, run.year, run.day, Range(standing.reached + 1, until), "")
            standing.reached = until
            standing.finished_at = clock() if until == standing.last else None
            standing.rows = F("rows") + count
            standing.save(update_fields=["reached", "finished_at", "rows"])
        run.refresh_from_db()
        tell(run)
    return run


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


def follow_objection(person: Person) -> None:
    """What was suggested goes; once the objection is lifted the next run suggests anew."""
    SuggestedScores.objects.filter(person=person).delete()


@transaction.atomic
def erase_scores(*, person_ids: list[int]) -> None:
    """Part of an erasure. The summary of a preview stays as it was calculated. Run twice it finds nothing left."""
    SuggestedScores.objects.filter(person__in=person_ids).delete()
    PreviewLine.objects.filter(person__in=person_ids).delete()


def _score_range(
    programs: Sequence[tuple[Program, list[CriteriaSet]]], year: int, day: datetime.date, people: Range, path: str
) -> int:
    sets = [one for _program, own in programs for one in own]
    placed = people_in_sets(sets, day, people, path)
    standing = SuggestedScores.objects.of_year(year).filter(person__gte=people.first, person__lte=people.last)
    write = upsert if standing.exists() else insert
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(STREAMING)
        count = 0
        for program, own in programs:
            of_program = placed if len(programs) == 1 else only(placed, own)
            statement = write(scored(program, year, of_program, people), year)
            cursor.execute(statement.text, statement.params)
            count += cursor.rowcount
        # where everything was written anew nobody can have gone, and who belongs where need not be asked again
        if not path and write is upsert and standing.count() != count:
            removal = gone(placed, year, people)
            cursor.execute(removal.text, removal.params)
    return count


def _split(first: int, last: int, parts: int) -> list[Range]:
    size = -(-(last - first + 1) // parts)
    return [Range(start, min(start + size - 1, last)) for start in range(first, last + 1, size)]


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
