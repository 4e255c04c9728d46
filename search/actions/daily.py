"""What a day brings that no change of a page tells: how many enrolled, and practice that opened by its date."""

import datetime

from django.db import transaction
from django.db.models import Count

from assessments.models import QuizPage
from learning.tracking.models import Enrolment
from search.actions.outbox import note
from search.models import SearchDocument
from search.sources import source_for
from training_materials.models import CoursePage

_SINCE = datetime.timedelta(days=3)  # a day that was left out is made up for
_TELLING = 0.05  # of what was counted last: less changes no rank


@transaction.atomic
def note_the_day(*, at: datetime.datetime) -> int:
    """Has read anew what is more or less popular than its document says, and what practice has opened.

    Tells how many places in the page tree. Twice does no harm.
    """
    opened = QuizPage.objects.live().filter(opens_at__gt=at - _SINCE, opens_at__lte=at).values_list("path", flat=True)
    paths = [*_courses_counted_otherwise(), *opened]
    note([f"tree:{path}" for path in paths])
    return len(paths)


def _courses_counted_otherwise() -> list[str]:
    """Numbers alone, of nobody in particular."""
    source = source_for(CoursePage)
    assert source
    courses = list(CoursePage.objects.live().values_list("pk", "path", "translation_key"))
    known = SearchDocument.objects.filter(key__in=[source.key_of(pk) for pk, _path, _key in courses])
    told = dict(known.values_list("key", "popularity"))
    enrolled = dict(Enrolment.objects.order_by().values_list("course_key").annotate(Count("pk")))
    found = []
    for pk, path, course_key in courses:
        before, now = told.get(source.key_of(pk)), enrolled.get(course_key, 0)
        if before is not None and abs(now - before) > before * _TELLING:
            found.append(path)
    return found
