"""The units into which the rows of one file may go, found by their codes or by their names."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from interface.vietnamese import fold
from membership.models import Role, Unit, User
from membership.policy import UNIT_KINDS_OF_ROLE, Action, reach

_COMMUNE_DEPTH = 2
_MOST_PARTS = 20  # of a name with those above it: a cell full of commas is none


@dataclass(frozen=True)
class Place:
    pk: int
    path: str
    code: str
    name: str
    can_have_members: bool

    @property
    def commune(self) -> str:
        """The path of the commune in which it is; of the province, its own."""
        return self.path[: _COMMUNE_DEPTH * Unit.steplen]


@dataclass
class Places:
    """``chosen``: the unit into which the file goes. Rows may name it and what is beneath it, as far as it is within
    the user's reach; ``reached`` are all units within that.
    """

    chosen: Place | None
    by_pk: dict[int, Place]
    reached: frozenset[int]
    _by_code: dict[str, Place] = field(default_factory=dict)
    _by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[str, str] = field(default_factory=dict)

    def find(self, code: str, name: str) -> Place:
        """Raises ValueError in words."""
        if code:
            place = self._by_code.get(fold(code))
            if place is None:
                raise ValueError(_("No unit of yours has the code “%(code)s”.") % {"code": code[:40]})
        elif name:
            place = self._named(name)
        else:
            place = self.chosen
        if place is None or not place.can_have_members:
            raise ValueError(_("Say which chapter or association: nobody is a member of the province itself."))
        return place

    def _named(self, name: str) -> Place:
        """By its name, and where several bear it by that of a unit above, behind a comma; names hold commas too."""
        parts = _parts(name)
        found: list[Place] = []
        for end in range(len(parts) if len(parts) <= _MOST_PARTS else 0, 0, -1):
            own, above = ", ".join(parts[:end]), set(parts[end:])
            found = found or [place for place in self._by_name.get(own, []) if above <= self._names_above(place)]
        if not found:
            raise ValueError(_("No unit of yours is called “%(name)s”.") % {"name": name[:80]})
        if len(found) > 1:
            raise ValueError(
                _("Several units are called “%(name)s”: add the commune, or the code.") % {"name": name[:80]}
            )
        return found[0]

    def _names_above(self, place: Place) -> set[str]:
        ends = range(Unit.steplen, len(place.path), Unit.steplen)
        return {self._names[place.path[:end]] for end in ends if place.path[:end] in self._names}


def places_of(user: User, unit_id: int, day: datetime.date) -> Places:
    """Two queries. ``chosen`` is None where the unit is none of theirs."""
    standing = Unit.objects.on(day)
    with_members = UNIT_KINDS_OF_ROLE[Role.MEMBER]
    rows = standing.filter(reach(user, Action.MANAGE_PEOPLE)).values_list("pk", "path", "code", "name", "kind")
    own = [Place(pk, path, code, name, kind in with_members) for pk, path, code, name, kind in rows]
    chosen = next((place for place in own if place.pk == unit_id), None)
    beneath = [place for place in own if chosen and place.path.startswith(chosen.path)]
    places = Places(chosen, {place.pk: place for place in beneath}, frozenset(place.pk for place in own))
    places._names.update((path, fold(name)) for path, name in standing.values_list("path", "name"))
    for place in beneath:
        places._by_code[fold(place.code)] = place
        places._by_name[", ".join(_parts(place.name))].append(place)
    return places


def _parts(name: str) -> list[str]:
    return [fold(part) for part in name.split(",")]
