"""The demo's registrations to strive: most on signed lists, some by themselves; of last year and of this."""

import datetime
import random

from evaluation.registrations.actions import note, register
from evaluation.registrations.models import Registration
from home.demo.people import Population, person_of
from membership.models import Person, Role

_BY_THEMSELVES = ("hoa",)
_SHARE = 0.5


def register_some(population: Population, now: datetime.datetime, chance: random.Random) -> None:
    for name in _BY_THEMSELVES:
        user = population.users[name]
        register(person=person_of(user), year=now.year, by=user, at=now)
    for commune in population.communes:
        officer = commune.officer(Role.COMMUNE_OFFICER, commune.association)
        for at in (now.replace(year=now.year - 1, month=12, day=2), now):
            chosen = chance.sample(commune.members, int(_SHARE * len(commune.members)))
            people = Person.objects.filter(pk__in=[person.pk for person in chosen])
            note(people=people, year=at.year, way=Registration.Way.PAPER, by=officer, at=at)
