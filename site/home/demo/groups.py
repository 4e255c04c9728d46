"""Families, a clan, a community and learning units of the demo's first two communes, by what their members hold."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import islice

from evaluation.recognition.actions import add_members, open_grouping, set_rule
from home.demo.people import Commune, Population
from membership.models import Person, Role

_SAMPLE = "Mức dùng thử, không phải văn bản chính thức"
_FAMILIES = ("Gia đình bà Hoa", "Gia đình ông Phúc", "Gia đình bà Liên")


def group_everyone(population: Population, now: datetime.datetime) -> None:
    since = datetime.date(now.year - 1, 1, 1)
    for kind, percent in (("family", 60), ("clan", 40), ("community", 40)):
        giang = population.users["giang"]
        set_rule(kind=kind, percent=Decimal(percent), source=_SAMPLE, valid_from=since, by=giang, at=now)
    for commune in population.communes[:2]:
        _group(commune, since, now)


def _group(commune: Commune, since: datetime.date, now: datetime.datetime) -> None:
    by = commune.officer(Role.COMMUNE_OFFICER, commune.association)
    people = iter(sorted(commune.members, key=lambda person: -person.titles.count()))
    groups = [*(("family", name, 3) for name in _FAMILIES), ("clan", "Tộc Trần", 9), ("community", "Tổ dân phố 4", 12)]
    for kind, name, size in groups:
        members: list[Person] = list(islice(people, size))
        if members:
            made = open_grouping(kind=kind, name=name, place=commune.association, valid_from=since, by=by, at=now)
            codes = [person.code for person in members]
            add_members(grouping=made, codes=codes, valid_from=since, by=by, at=now)
    for chapter in commune.chapters:
        open_grouping(kind="unit", name=chapter.name, place=chapter, valid_from=since, by=by, at=now)
