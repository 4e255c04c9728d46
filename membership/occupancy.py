"""What stands in a unit, in words with names: why it cannot be closed, go elsewhere or become of another kind yet."""

import datetime

from django.utils.translation import gettext as _

from membership.models import PARENTS_OF, Membership, Role, Unit, UnitKind
from membership.policy import UNIT_KINDS_OF_ROLE
from membership.querysets import ending_after
from membership.registries import occupancy
from membership.registries.occupancy import named


def against_closing(unit: Unit, day: datetime.date) -> list[str]:
    """Roles and units that go on beyond the day, and what the apps above have there."""
    roles = Membership.objects.filter(ending_after(day), unit=unit).for_administration()
    children = unit.get_children().filter(ending_after(day))
    reasons = [
        (_("Units beneath it: %(names)s."), [child.name for child in children]),
        (_("Roles that go on: %(names)s."), [_held(role) for role in roles]),
    ]
    found = [sentence % {"names": named(names)} for sentence, names in reasons if names]
    return found + occupancy.told(occupancy.against_closing, [unit], day)


def against_leaving(unit: Unit, parent: Unit, day: datetime.date) -> list[str]:
    """Nothing within a commune. To another: what was counted there in years before, and what was judged there."""
    if _commune_of(unit) == _commune_of(parent):
        return []
    units = list(Unit.objects.below(unit))
    counted = Membership.objects.filter(unit__in=units, valid_from__lt=day.replace(month=1, day=1))
    found = []
    if counted.exists():
        found.append(_("Its people count in the figures of earlier years where it stands. Close it, and add it there."))
    return found + occupancy.told(occupancy.against_leaving, units, day)


def against_kind(unit: Unit, kind: UnitKind) -> list[str]:
    """Units beneath that could not stand under that kind, and roles that could not be held there."""
    children = [child.name for child in unit.get_children() if kind not in PARENTS_OF[UnitKind(child.kind)]]
    roles = Membership.objects.filter(unit=unit, valid_to=None).for_administration()
    held = [_held(role) for role in roles if kind not in UNIT_KINDS_OF_ROLE[Role(role.role)]]
    reasons = [(_("Units beneath it: %(names)s."), children), (_("Roles that go on: %(names)s."), held)]
    return [sentence % {"names": named(names)} for sentence, names in reasons if names]


def _held(role: Membership) -> str:
    """Only the first letter is lowered: “cán bộ Hội Khuyến học”."""
    called = role.get_role_display()
    return f"{role.person.full_name} ({called[:1].lower()}{called[1:]})"


def _commune_of(unit: Unit) -> Unit | None:
    """The commune in which it stands; what belongs to none, stands in its province."""
    places = Unit.objects.filter(path__in=unit.paths_up, kind__in=[UnitKind.COMMUNE, UnitKind.PROVINCE])
    return places.order_by("-depth").first()
