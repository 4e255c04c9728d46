"""Whom a province's scoring is about: each person once, in their unit of a day, with the set of their group there.

The same answers as ``membership.belonging`` and ``CriteriaSet.objects.for_person`` give for one person.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.criteria.bulk.sql import Sql, day, joined
from evaluation.criteria.models import CriteriaSet
from membership.models import TargetGroup


@dataclass(frozen=True)
class Range:
    """People by their keys, both ends included."""

    first: int
    last: int


def people_in_sets(sets: Sequence[CriteriaSet], on: datetime.date, people: Range, path: str = "") -> Sql:
    """Rows of person_id, unit_id, set_id: everyone on record who belongs at the path or beneath it on the day,
    but for who objected to being suggested anything or withdrew their consent."""
    placed = (
        "SELECT home.person_id, home.unit_id, u.path, "
        + Sql('COALESCE(own."group", %s) AS "group" FROM (', (TargetGroup.RESIDENTS.value,))
        + _homes(on, people)
        + ") home JOIN membership_unit u ON u.id = home.unit_id"
        + " JOIN membership_person p ON p.id = home.person_id LEFT JOIN ("
        + _groups(on, people)
        + ") own ON own.person_id = home.person_id AND own.place = 1"
        + Sql(
            " WHERE home.place = 1 AND p.merged_into_id IS NULL AND p.erased_at IS NULL AND p.objected_at IS NULL"
            " AND p.withdrawn_at IS NULL AND p.id BETWEEN %s AND %s",
            (people.first, people.last),
        )
        + (Sql(" AND u.path LIKE %s", (f"{path}%",)) if path else "")
    )
    return "SELECT placed.person_id, placed.unit_id, " + _set_of(sets) + " AS set_id FROM (" + placed + ") placed"


def _homes(on: datetime.date, people: Range) -> Sql:
    return Sql(
        "SELECT m.person_id, m.unit_id, ROW_NUMBER() OVER (PARTITION BY m.person_id ORDER BY"
        " CASE WHEN m.role = 'member' THEN 0 ELSE 1 END, m.valid_from, m.id) AS place"
        " FROM membership_membership m WHERE m.person_id BETWEEN %s AND %s"
        " AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to > %s)",
        (people.first, people.last, day(on), day(on)),
    )


def _groups(on: datetime.date, people: Range) -> Sql:
    return Sql(
        'SELECT g.person_id, g."group", ROW_NUMBER() OVER (PARTITION BY g.person_id ORDER BY g.valid_from, g.id)'
        " AS place FROM membership_targetgroupperiod g WHERE g.person_id BETWEEN %s AND %s"
        " AND g.valid_from <= %s AND (g.valid_to IS NULL OR g.valid_to > %s)",
        (people.first, people.last, day(on), day(on)),
    )


def _set_of(sets: Sequence[CriteriaSet]) -> Sql:
    """The nearest set: those of deeper units are asked first, the later of two before the earlier."""
    nearest = sorted(sets, key=lambda one: (len(_path(one)), one.valid_from, one.pk), reverse=True)
    cases = [_case(one) for one in nearest if one.group]
    return "CASE" + joined("", cases) + " END" if cases else Sql("NULL")


def _case(criteria_set: CriteriaSet) -> Sql:
    asked = Sql(' WHEN placed."group" = %s', (criteria_set.group,))
    if path := _path(criteria_set):
        asked += Sql(" AND placed.path LIKE %s", (f"{path}%",))
    return asked + f" THEN {criteria_set.pk:d}"


def _path(criteria_set: CriteriaSet) -> str:
    return criteria_set.unit.path if criteria_set.unit else ""
