"""Why a dossier cannot stand on a list for recognition, in words that say what to do; nothing means it can."""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.dossiers.models import Dossier
from evaluation.dossiers.readiness import standing_against
from evaluation.recognition.models import Title
from membership.likeness.reasons import reasons_told
from membership.models import PossibleDouble, Unit, User

LIST_DIFFERS = gettext_lazy(
    "This is not the list that you saw: meanwhile people came onto it or were taken off, or other people cannot be "
    "issued now. Look at the list again, then issue it."
)


def with_scores(dossiers: Iterable[int]) -> list[Dossier]:
    """The dossiers with all that is asked here and of the decision, in a bounded number of queries."""
    return list(
        Dossier.objects.filter(pk__in=list(dossiers))
        .select_related("person", "unit", "current_step", "current_unit", "criteria_set")
        .prefetch_related("scores__indicator")
        .order_by("person__sort_key", "person_id")
    )


def problems(
    dossiers: Iterable[Dossier], *, unit: Unit, year: int, by: User, on: datetime.date | None = None
) -> dict[int, str]:
    """By dossier, each read with its person, the first thing that stands against recognising it in this unit and year
    by this user, today or on that day."""
    listed = list(dossiers)
    found = standing_against(listed, by, on or timezone.localdate())
    titled = Title.objects.holders(year, [dossier.person.identity_id for dossier in listed])
    for dossier in listed:
        if dossier.pk not in found and (misplaced := _misplaced(dossier, unit, year)):
            found[dossier.pk] = misplaced
        elif dossier.pk not in found and dossier.person.identity_id in titled:
            found[dossier.pk] = _("Holds the title of this year already.")
    return found


def _misplaced(dossier: Dossier, unit: Unit, year: int) -> str:
    if dossier.current_step is None or not dossier.current_step.recognises:
        return _("This dossier is not waiting for recognition.")
    if dossier.year != year or dossier.current_unit_id != unit.pk:
        return _("This dossier belongs to another year or another unit.")
    return ""


def suspicions(dossiers: Iterable[Dossier], year: int) -> dict[int, str]:
    """By dossier, each read with its person: what suggests that the person has another record, the surest of all."""
    listed = {dossier.person.identity_id: dossier for dossier in dossiers}
    pairs = list(PossibleDouble.objects.of_people(listed).for_queue())
    titled = Title.objects.holders(year, {key for pair in pairs for key in (pair.one_id, pair.other_id)})
    found: dict[int, str] = {}
    for pair in pairs:
        for own, other in ((pair.one_id, pair.other_id), (pair.other_id, pair.one_id)):
            if own in listed:
                found.setdefault(listed[own].pk, _suspicion(pair, other in listed, other in titled))
    return found


def _suspicion(pair: PossibleDouble, is_listed: bool, is_titled: bool) -> str:
    about = {"likelihood": f"{pair.probability:.0%}", "reasons": reasons_told(pair.reasons)}
    if is_titled:
        return _("Perhaps on record twice (%(likelihood)s: %(reasons)s). The other record holds this title.") % about
    if is_listed:
        return _("Perhaps on record twice (%(likelihood)s: %(reasons)s). Both are on this list.") % about
    return _("Perhaps on record twice (%(likelihood)s: %(reasons)s).") % about
