"""Who lacks an indicator: to whom no evidence of the year suggests a point for it, by the set in force that judges
them. It is a group that offices call, invite and write to; who objected to being suggested anything is in none."""

import datetime
from collections.abc import Sequence

from django.db.models import Max, Min
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.actions.scoring import standing_programs
from evaluation.criteria.bulk import Range, people_in_sets, without
from evaluation.criteria.bulk.sql import joined
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
    found = [without(program, only(placed, own), int(which), day.year, within) for program, own in programs]
    lacking = joined(" UNION ALL ", [sql for sql in found if sql.text])
    if not lacking.text:
        return people.none()
    return people.filter(pk__in=RawSQL(lacking.text, lacking.params))  # noqa: S611 (what comes from outside: parameters)
