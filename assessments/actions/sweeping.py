"""What is taken away: copies of files that nothing names any more, attempts of a person who is erased, what a
merged record held."""

import datetime

from django.core.files.storage import storages
from django.db import transaction
from wagtail.log_actions import log

from assessments.actions.importing import QuestionFile
from assessments.models import Attempt, ExtraTime, Figure, QuestionVersion, Response
from assessments.models.bank import FOLDER
from intake.models import ImportLine
from membership.models import Person, User

# A copy is kept before the version that names it is committed: what is younger may still get one.
GRACE = datetime.timedelta(days=1)


@transaction.atomic
def sweep_figures(*, at: datetime.datetime) -> int:
    """Deletes copies older than a day that no version and no open dry run names; gives how many files.

    Whoever keeps such a copy again waits for the lock, or makes it young before. Run twice it finds none.
    """
    old = Figure.objects.select_for_update().filter(kept_at__lt=at - GRACE).order_by("pk")
    figures = {figure.name: figure for figure in old}
    named = QuestionVersion.objects.media_names() | _waiting() if figures else set()
    unused = [figure for name, figure in figures.items() if name not in named]
    for figure in unused:
        log(instance=figure, action="assessments.sweep_figure", title=figure.name, deleted=True)
    Figure.objects.filter(pk__in=[figure.pk for figure in unused]).delete()
    strays = _strays(at)
    transaction.on_commit(lambda: _delete(strays, at))
    return len(strays)


@transaction.atomic
def erase_attempts(*, person_ids: list[int]) -> None:
    """Part of an erasure: attempts and answers go, and who needed more time. Run twice it finds nothing left."""
    Response.objects.filter(attempt__enrolment__person_id__in=person_ids).delete()
    Attempt.objects.filter(enrolment__person_id__in=person_ids).delete()
    ExtraTime.objects.filter(person_id__in=person_ids).delete()


def move_extra_time(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Part of merging two records of one person: of the time granted to each the longer holds. The merge writes the
    log."""
    granted = ExtraTime.objects.filter(person__in=[duplicate, into]).order_by("-percent", "pk")
    for longest in granted[:1]:
        granted.exclude(pk=longest.pk).delete()
        ExtraTime.objects.filter(pk=longest.pk).update(person=into)


def _waiting() -> set[str]:
    """Pictures and sounds of dry runs that are open."""
    media = ImportLine.objects.of_kind(QuestionFile.key).contents("media")
    return {each["name"] for some in media for each in some or ()}


def _strays(at: datetime.datetime) -> list[str]:
    """Files without a row: those just deleted, and any whose row was never committed."""
    storage = storages["private"]
    names = storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []
    strays = set(names) - set(Figure.objects.values_list("name", flat=True))
    return [path for name in sorted(strays) if _is_old(path := f"{FOLDER}/{name}", at)]


def _delete(paths: list[str], at: datetime.datetime) -> None:
    """What was written again in the meantime stays."""
    for path in paths:
        if _is_old(path, at):
            storages["private"].delete(path)


def _is_old(path: str, at: datetime.datetime) -> bool:
    storage = storages["private"]
    return storage.exists(path) and storage.get_modified_time(path) < at - GRACE
