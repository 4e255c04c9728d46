"""Who lacks an indicator: to whom no evidence of the year suggests a point for it, by the set in force that judges
them. It is a group that offices call, invite and write to; who objected to being suggested anything is in none."""

import datetime
from collections.abc import Sequence

from django.db.models import Max, Min
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.actions.scoring import standing_programs
from evaluation.criteria.bulk import Program, Range, people_in_sets, scored
from evaluation.criteria.bulk.sql import Sql, joined, tenths_at
from evaluation.criteria.bulk.target import only
from evaluation.criteria.models import CriteriaSet, Indicator
from membership.models import Unit
from membership.policy import Action, AnyUser
from membership.querysets import PersonQuerySet
from membership.registries.groups import Group, register


def connect() -> None:
    register(
        Group(
            "lacking",
            _("No evidence yet for an indicator"),
            _offered,
            _narrowed,
            needs=(Action.VIEW_DOSSIERS,),
        )
    )


def _offered(_user: AnyUser) -> Sequence[tuple[str, str]]:
    """By number, called as a national set calls it: those that evidence can serve."""
    national = CriteriaSet.objects.in_force(timezone.localdate()).filter(unit=None)
    served = Indicator.objects.filter(criteria_set__in=national, rules__isnull=False).order_by("number", "criteria_set")
    names: dict[int, str] = {}
    for number, name in served.values_list("number", "name"):
        names.setdefault(number, name)
    return [(str(number), f"{number}. {name}") for number, name in names.items()]


def _narrowed(people: PersonQuerySet, which: str, day: datetime.date, unit: Unit) -> PersonQuerySet:
    """One statement for each program in force, over the evidence of these people alone."""
    keys = people.aggregate(first=Min("pk"), last=Max("pk"))
    if keys["first"] is None:
        return people.none()
    programs, within = standing_programs(day), Range(keys["first"], keys["last"])
    placed = people_in_sets([one for _program, own in programs for one in own], day, within, unit.path)
    found = [_without(program, only(placed, own), int(which), day.year, within) for program, own in programs]
    lacking = joined(" UNION ALL ", [sql for sql in found if sql.text])
    return people.filter(pk__in=RawSQL(lacking.text, lacking.params)) if lacking.text else people.none()


def _without(program: Program, placed: Sql, number: int, year: int, within: Range) -> Sql:
    """The keys of those to whom the program suggests nothing; empty where it has no such indicator."""
    place = next((place for place, (one, _maximum) in enumerate(program.maxima) if one == number), None)
    if place is None:
        return Sql("")
    return (
        "SELECT suggested.person_id FROM ("
        + scored(program, year, placed, within)
        + f") suggested WHERE {tenths_at('suggested.tenths', place)} = 0"
    )
