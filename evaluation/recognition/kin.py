"""Who is of whose family, from the learning families that are kept here."""

import datetime
from collections.abc import Collection, Iterable

from evaluation.recognition.models import Grouping, GroupingMember


def family_of(people: Collection[int], day: datetime.date) -> Iterable[tuple[int, int]]:
    """Pairs of one of these people and another of the same family of the day. One query."""
    theirs = GroupingMember.objects.on(day).filter(grouping__kind=Grouping.Kind.FAMILY, person__in=people)
    with_all = theirs.filter(grouping__members__in=GroupingMember.objects.on(day))
    pairs = with_all.values_list("person", "grouping__members__person")
    return [(person, other) for person, other in pairs if person != other]
